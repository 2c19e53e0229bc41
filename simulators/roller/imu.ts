import { createRandom, type Random } from '../random.ts';
import type { BodyState } from '../body/body.ts';
import type { RollerBuild, Tool } from './build.ts';
import { createCylinder } from './cylinder.ts';
import type { Kinematics } from './kinematics.ts';
import { TEMPERATURE_STEP_S, WARM_UP_S, type SensorProfile } from './sensors.ts';
import { createTumbling } from './tumbling.ts';

const RAW_FULL_SCALE = 32_768;

/** What a haptic motor does to the readings while it runs (estimates). */
const HAPTIC = { gyroDps: 25, accelG: 0.6 } as const;

export interface Imu {
  /** Samples come at this rate from now on: the faster, the noisier each. */
  setRate(rateHz: number): void;
  /** Writes the six raw values of a sample taken at `tS` with the body in this state; `shake`: how hard the haptic motor runs, 0 to 1. */
  sample(tS: number, body: BodyState, shake: number, out: Int16Array, at: number): void;
}

const KINEMATICS: Readonly<Record<Tool, (build: RollerBuild, seed: number) => Kinematics>> = { roller: createCylinder, stick: createCylinder, ball: createTumbling };

/** The IMU of a tool: what it would feel, with the errors of its parts. */
export function createImu(build: RollerBuild, sensors: SensorProfile, seed: number): Imu {
  const kinematics = KINEMATICS[build.tool](build, seed);
  const motor = createRandom(seed, 'haptic');

  const parts = createRandom(seed, 'imu-part');
  const gyro = errorsOf(sensors.gyro.biasDps, sensors.gyro.warmUpDps, sensors.gyro.scale, parts);
  const accel = errorsOf(sensors.accel.biasG, sensors.accel.warmUpG, sensors.accel.scale, parts);
  const steps = createRandom(seed, 'temperature');
  const stepDps = threeOf(() => steps.between(-sensors.gyro.stepDps, sensors.gyro.stepDps));
  let gyroNoise = 0;
  let accelNoise = 0;
  const noise = createRandom(seed, 'imu-noise');

  const rate = new Float64Array(3);
  const force = new Float64Array(3);

  return {
    setRate(rateHz) {
      // White noise of density D has the standard deviation D * sqrt(rate / 2) in samples at that rate.
      gyroNoise = sensors.gyro.noiseDps * Math.sqrt(rateHz / 2);
      accelNoise = sensors.accel.noiseG * Math.sqrt(rateHz / 2);
    },
    sample(tS, body, shake, out, at) {
      kinematics.at(tS, body, rate, force);
      // Up, and down again.
      const step = Math.floor(tS / TEMPERATURE_STEP_S) % 2;
      const warm = 1 - Math.exp(-tS / WARM_UP_S);
      for (let axis = 0; axis < 3; axis++) {
        let dps = rate[axis]! * gyro.gain[axis]! + gyro.bias[axis]! + gyro.warmUp[axis]! * warm + stepDps[axis]! * step;
        let g = force[axis]! * accel.gain[axis]! + accel.bias[axis]! + accel.warmUp[axis]! * warm;
        if (gyroNoise > 0) dps += gyroNoise * noise.gauss();
        if (accelNoise > 0) g += accelNoise * noise.gauss();
        if (shake > 0) {
          dps += shake * HAPTIC.gyroDps * motor.gauss();
          g += shake * HAPTIC.accelG * motor.gauss();
        }
        out[at + axis] = quantized(dps, build.gyroRangeDps);
        out[at + 3 + axis] = quantized(g, build.accelRangeG);
      }
    },
  };
}

interface AxisErrors {
  readonly bias: readonly number[];
  readonly warmUp: readonly number[];
  readonly gain: readonly number[];
}

const threeOf = (draw: () => number): readonly number[] => [draw(), draw(), draw()];

const errorsOf = ([low, high]: readonly [number, number], warmUp: number, scale: number, random: Random): AxisErrors => ({
  bias: threeOf(() => random.between(low, high) * (random.next() < 0.5 ? -1 : 1)),
  warmUp: threeOf(() => random.between(-warmUp, warmUp)),
  gain: threeOf(() => 1 + random.between(-scale, scale)),
});

const quantized = (value: number, range: number): number =>
  Math.max(-RAW_FULL_SCALE, Math.min(RAW_FULL_SCALE - 1, Math.round((value * RAW_FULL_SCALE) / range)));
