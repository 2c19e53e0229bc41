import type { InfoCell, RollerInfo } from '../../firmware-protocol/info.ts';
import { createRandom } from '../random.ts';

export type Axis = 'x' | 'y' | 'z';
export type Texture = 'soft' | 'firm' | 'textured';

/** How a virtual roller is made. */
export interface RollerBuild {
  readonly tool: 'roller';
  readonly texture: Texture;
  readonly radiusCm: number;
  readonly lengthCm: number;
  readonly massKg: number;
  /** Sensor axis along the axis of rotation, pointing the same way. */
  readonly axis: Axis;
  /** Place of the IMU off the axis, along the two in-plane sensor axes. */
  readonly mountCm: readonly [number, number];
  /** How far the axis is from level. */
  readonly axisTiltDeg: number;
  readonly gyroRangeDps: number;
  readonly accelRangeG: number;
  /** Two bands around the middle, on which the roller bears, each cut into so many cells. */
  readonly cellsAround: number;
  readonly bandWidthCm: number;
}

/** A hollow roller of 15 cm diameter with 2 x 16 cells of about 3 x 6 cm. */
export const STANDARD_ROLLER: RollerBuild = {
  tool: 'roller',
  texture: 'firm',
  radiusCm: 7.5,
  lengthCm: 33,
  massKg: 1.2,
  axis: 'x',
  mountCm: [1.2, -0.8],
  axisTiltDeg: 0,
  gyroRangeDps: 1000,
  accelRangeG: 4,
  cellsAround: 16,
  bandWidthCm: 6,
};

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

export const cellAreaCm2 = ({ radiusCm, cellsAround, bandWidthCm }: RollerBuild): number =>
  ((2 * Math.PI * radiusCm) / cellsAround) * bandWidthCm;

/** Angle of the middle of a cell in the sensor frame, rad: atan2(first, second) of its direction. */
export const cellAngleRad = ({ cellsAround }: RollerBuild, around: number): number => (2 * Math.PI * around) / cellsAround;

/** Cells in the order of the info value and of the readings: one band, then the other. */
export const cellsOf = (build: RollerBuild): readonly InfoCell[] =>
  BANDS.flatMap((side) =>
    Array.from({ length: build.cellsAround }, (_, around) => ({
      axialMm: side * build.bandWidthCm * 5,
      angleDeg: (360 * around) / build.cellsAround,
      areaMm2: Math.round(cellAreaCm2(build) * 100),
    })),
  );

/** Pressure of one raw step, Pa. */
export const CELL_STEP_PA = 10;

/** Rates of the stream, in the protocol's unit. */
export type StreamRates = Pick<RollerInfo, 'imuRateMilliHz' | 'pressureRateMilliHz' | 'samplesPerFrame'>;

export const DEFAULT_RATES: StreamRates = { imuRateMilliHz: 100_000, pressureRateMilliHz: 50_000, samplesPerFrame: 2 };

export const infoOf = (build: RollerBuild, deviceId: string, rates: StreamRates): RollerInfo => ({
  ...rates,
  tool: build.tool,
  texture: build.texture,
  axis: build.axis,
  deviceId,
  radiusMm: build.radiusCm * 10,
  lengthMm: build.lengthCm * 10,
  gyroRangeDps: build.gyroRangeDps,
  accelRangeG: build.accelRangeG,
  mountFirstMm: build.mountCm[0] * 10,
  mountSecondMm: build.mountCm[1] * 10,
  pressureUnit: 'pascal',
  pressureScalePa: CELL_STEP_PA,
  cells: cellsOf(build),
});
