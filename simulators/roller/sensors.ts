/** How far a kind of part may be from ideal. A seed draws one part of the kind. */
export interface SensorProfile {
  readonly gyro: {
    /** White noise, dps/sqrt(Hz). */
    readonly noiseDps: number;
    /** Size of the zero-rate offset, drawn between these, either sign, each axis for itself. */
    readonly biasDps: readonly [number, number];
    /** Largest change of the offset as the part warms up. */
    readonly warmUpDps: number;
    /** Largest jump of the offset when the part is heated or cooled; one comes every `TEMPERATURE_STEP_S`. */
    readonly stepDps: number;
    /** Largest error of the scale, as a share. */
    readonly scale: number;
  };
  readonly accel: {
    /** White noise, g/sqrt(Hz). */
    readonly noiseG: number;
    readonly biasG: readonly [number, number];
    readonly warmUpG: number;
    readonly scale: number;
  };
  readonly cells: {
    /** Noise of a reading, rms. */
    readonly noisePa: number;
    /** Largest reading of an unloaded cell that was not tared. */
    readonly offsetPa: number;
    /** Largest error of the gain, as a share. */
    readonly gain: number;
    /** Share by which a reading has crept up after minutes under a constant load, and by which it does not come back at once. */
    readonly creep: number;
  };
  /** Size of the error of the clock, drawn between these, either sign. */
  readonly clockPpm: readonly [number, number];
}

const IDEAL_CELLS = { noisePa: 0, offsetPa: 0, gain: 0, creep: 0 };
/** Piezoresistive cells, each calibrated (estimates). */
const FAIR_CELLS = { noisePa: 80, offsetPa: 150, gain: 0.02, creep: 0.01 };
const CHEAP_CELLS = { noisePa: 200, offsetPa: 400, gain: 0.06, creep: 0.03 };
/** Thin force sensing resistors at their worst: 5 % in each decade of time (Interlink FSR 400 data sheet), over three decades. */
const CREEPING_CELLS = { ...FAIR_CELLS, creep: 0.15 };

/**
 * Gyro and accelerometer figures are those of the data sheets (InvenSense PS-MPU-6000A, Bosch BST-BMI270); the changes
 * on warming up are estimates.
 */
export const SENSORS = {
  clean: {
    gyro: { noiseDps: 0, biasDps: [0, 0], warmUpDps: 0, stepDps: 0, scale: 0 },
    accel: { noiseG: 0, biasG: [0, 0], warmUpG: 0, scale: 0 },
    cells: IDEAL_CELLS,
    clockPpm: [0, 0],
  },
  bmi270: {
    gyro: { noiseDps: 0.007, biasDps: [0, 0.5], warmUpDps: 0.05, stepDps: 0, scale: 0.004 },
    accel: { noiseG: 160e-6, biasG: [0, 0.02], warmUpG: 0.001, scale: 0.004 },
    cells: FAIR_CELLS,
    clockPpm: [0, 20],
  },
  mpu6050: {
    gyro: { noiseDps: 0.005, biasDps: [0, 20], warmUpDps: 0.3, stepDps: 0, scale: 0.03 },
    accel: { noiseG: 400e-6, biasG: [0, 0.05], warmUpG: 0.005, scale: 0.03 },
    cells: CHEAP_CELLS,
    clockPpm: [0, 40],
  },
} as const satisfies Record<string, SensorProfile>;

/** A good motion sensor beside cells that creep. */
export const CREEPING: SensorProfile = { ...SENSORS.bmi270, cells: CREEPING_CELLS };

/** From one step of the temperature to the next (estimate: carried from a cold car into a room, then lain upon). */
export const TEMPERATURE_STEP_S = 15;

/** Time constant of the warming up. */
export const WARM_UP_S = 120;
