/**
 * What a driver makes of one notification: physical units in typed arrays, still in the device's own time. The arrays are its driver's, who
 * may write over them for the next one.
 */
export interface DeviceBlock {
  /** Monotonic arrival time, s. */
  readonly arrivalS: number;
  /** Device clock at the first IMU sample, us, wrapping at 2^32; null where the sensor stamps no time. */
  readonly deviceTimeUs: number | null;
  /** Frame counter, wrapping at 2^16; null where there is none. */
  readonly sequence: number | null;
  readonly imuCount: number;
  readonly imuPeriodS: number;
  /** imuCount * 3, deg/s, sensor frame. */
  readonly gyroDps: Float32Array;
  /** imuCount * 3, g of specific force (+1 along the axis that points up at rest). */
  readonly accelG: Float32Array;
  readonly readingCount: number;
  readonly readingPeriodS: number;
  /** readingCount * cells, kPa; NaN: the cell is faulty. A saturated cell reads its largest value. */
  readonly cellKpa: Float32Array;
  readonly saturatedCells: number;
  /** The first of a connection: the count may begin at 0 again, and without one only the arrival tells how long ago the samples before were taken. */
  readonly restarts?: boolean;
  /** The haptic motor shook the sensors, or the cells were being tared. */
  readonly disturbed: boolean;
}

/** A block placed on the session's time axis. */
export interface SampleBlock extends DeviceBlock {
  /** Session time of the first IMU sample, s: unwrapped device time since the first frame. */
  readonly tS: number;
  /** Time between the end of the block before and the start of this one, s; 0 where they join. */
  readonly gapS: number;
  /** Frames missing before this one, by their sequence numbers. */
  readonly lostFrames: number;
}

/** A pressure cell. */
export interface Cell {
  /** Middle along the axis, from the middle of the roller, mm. */
  readonly axialMm: number;
  /** Direction in the sensor's plane of rotation, rad, as atan2(first, second); null: always under the body. */
  readonly angleRad: number | null;
  readonly areaCm2: number;
}

/**
 * What motion has to know of a roller. In-plane sensor axes follow the axis of rotation cyclically: x -> (y, z),
 * y -> (z, x), z -> (x, y); the phase is atan2(up along the first, up along the second), so that a right-hand turn counts up.
 */
export interface RollerGeometry {
  readonly tool: 'roller' | 'stick' | 'ball';
  readonly texture: 'soft' | 'firm' | 'textured';
  readonly radiusCm: number;
  readonly axis: 'x' | 'y' | 'z' | 'unknown';
  /** Place of the IMU off the axis along the two in-plane axes, cm; null: not known. */
  readonly mountCm: readonly [number, number] | null;
  readonly cells: readonly Cell[];
  /** Cells give kPa, not counts. */
  readonly pressureCalibrated: boolean;
  readonly gyroRangeDps: number;
  readonly accelRangeG: number;
}
