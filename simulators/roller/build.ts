import type { InfoCell, RollerInfo } from '../../firmware-protocol/info.ts';
import { createRandom } from '../random.ts';

export type Axis = 'x' | 'y' | 'z';
export type Tool = 'roller' | 'ball' | 'stick';
export type Texture = 'soft' | 'firm' | 'textured';

/** How a virtual roller is made. */
export interface RollerBuild {
  readonly tool: Tool;
  readonly texture: Texture;
  readonly radiusCm: number;
  /** By how much the load shortens the radius: soft foam gives way, a hollow core does not. */
  readonly giveMmPerN: number;
  readonly lengthCm: number;
  readonly massKg: number;
  /** Sensor axis along the axis of rotation, pointing the same way. */
  readonly axis: Axis;
  /** Place of the IMU off the axis, along the two in-plane sensor axes. */
  readonly mountCm: readonly [number, number];
  /** How far the axis is from level. */
  readonly axisTiltDeg: number;
  /** How far the sensor is turned away from the axis, about its second in-plane axis. */
  readonly skewDeg: number;
  /** What the info value keeps to itself: where the IMU is, or which axis the roller turns about (and so where the IMU and the cells are). */
  readonly untold: 'nothing' | 'mount' | 'axis';
  readonly gyroRangeDps: number;
  readonly accelRangeG: number;
  /** Two bands around the middle, on which a roller bears, each cut into so many cells; 0: it has none. A ball and a stick have one cell a band. */
  readonly cellsAround: number;
  readonly bandWidthCm: number;
  /** What the info value says of the cells: `counts` where nobody has calibrated them. */
  readonly cellsIn: 'pascal' | 'counts';
}

/** A hollow roller of 15 cm diameter with 2 x 16 cells of about 3 x 6 cm. */
export const STANDARD_ROLLER: RollerBuild = {
  tool: 'roller',
  texture: 'firm',
  radiusCm: 7.5,
  giveMmPerN: 0,
  lengthCm: 33,
  massKg: 1.2,
  axis: 'x',
  mountCm: [1.2, -0.8],
  axisTiltDeg: 0,
  skewDeg: 0,
  untold: 'nothing',
  gyroRangeDps: 1000,
  accelRangeG: 4,
  cellsAround: 16,
  bandWidthCm: 6,
  cellsIn: 'pascal',
};

/** A smooth ball of the size of a fist, and a stick; each with two cells that face the body however it turns (sizes are estimates). */
export const BALL: RollerBuild = { ...STANDARD_ROLLER, tool: 'ball', untold: 'axis', radiusCm: 3.3, lengthCm: 6.6, massKg: 0.15, mountCm: [0, 0], cellsAround: 1, bandWidthCm: 3 };
export const STICK: RollerBuild = { ...STANDARD_ROLLER, tool: 'stick', radiusCm: 1.5, lengthCm: 45, massKg: 0.3, mountCm: [0, 0], cellsAround: 1, bandWidthCm: 12 };

/** Angle of the roller before anything moved: it lies as it was put down. */
export const restAngleRad = (seed: number): number => createRandom(seed, 'rest-angle').between(-Math.PI, Math.PI);

/** Bands at -half and +half their width from the middle. */
export const BANDS = [-1, 1] as const;

/**
 * Area under the body, cm2: 68 on a soft and 47 on a firm roller (Curran et al. 2008, 10.1123/jsr.17.4.432); on knobs
 * an estimate. The loaded limb is taken as 10 cm wide.
 */
export const BODY_PATCH_CM2: Readonly<Record<Texture, number>> = { soft: 68, firm: 47, textured: 30 };
export const LIMB_WIDTH_CM = 10;

/** Length of the patch on a hard floor (estimate). */
export const FLOOR_PATCH_CM = 3;

/** Area under a ball and under a stick, cm2 (estimates). */
const FIXED_PATCH_CM2 = { ball: 15, stick: 30 } as const;

export const cellCountOf = ({ cellsAround }: RollerBuild): number => BANDS.length * cellsAround;

export const cellAreaCm2 = ({ tool, radiusCm, cellsAround, bandWidthCm }: RollerBuild): number =>
  tool === 'roller' ? ((2 * Math.PI * radiusCm) / cellsAround) * bandWidthCm : FIXED_PATCH_CM2[tool] / BANDS.length;

/** Angle of the middle of a cell in the sensor frame, rad: atan2(first, second) of its direction. */
export const cellAngleRad = ({ cellsAround }: RollerBuild, around: number): number => (2 * Math.PI * around) / cellsAround;

/** Cells in the order of the info value and of the readings: one band, then the other. */
export const cellsOf = (build: RollerBuild): readonly InfoCell[] =>
  BANDS.flatMap((side) =>
    Array.from({ length: build.cellsAround }, (_, around) => ({
      axialMm: side * build.bandWidthCm * 5,
      angleDeg: build.tool === 'roller' && build.untold !== 'axis' ? (360 * around) / build.cellsAround : null,
      areaMm2: Math.round(cellAreaCm2(build) * 100),
    })),
  );

/** Pressure of one raw step, Pa. */
export const CELL_STEP_PA = 10;

/** Rates of the stream, in the protocol's unit. */
export type StreamRates = Pick<RollerInfo, 'imuRateMilliHz' | 'pressureRateMilliHz' | 'samplesPerFrame'>;

export const DEFAULT_RATES: StreamRates = { imuRateMilliHz: 100_000, pressureRateMilliHz: 50_000, samplesPerFrame: 2 };

export const ratesOf = (build: RollerBuild): StreamRates => (cellCountOf(build) > 0 ? DEFAULT_RATES : { ...DEFAULT_RATES, pressureRateMilliHz: 0 });

export const infoOf = (build: RollerBuild, deviceId: string, rates: StreamRates): RollerInfo => ({
  ...rates,
  tool: build.tool,
  texture: build.texture,
  axis: build.untold === 'axis' ? 'unknown' : build.axis,
  deviceId,
  radiusMm: build.radiusCm * 10,
  lengthMm: build.lengthCm * 10,
  gyroRangeDps: build.gyroRangeDps,
  accelRangeG: build.accelRangeG,
  mountFirstMm: build.untold === 'nothing' ? build.mountCm[0] * 10 : null,
  mountSecondMm: build.untold === 'nothing' ? build.mountCm[1] * 10 : null,
  pressureUnit: build.cellsIn,
  pressureScalePa: CELL_STEP_PA,
  cells: cellsOf(build),
});
