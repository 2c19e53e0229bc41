import { dot, normalize, setVector } from './vectors.ts';

/**
 * The roller frame seen from the sensor: two directions in the plane of rotation, then the axis, row by row. For an axis of the
 * sensor they are cyclic, so that a right-hand turn about it raises atan2(first, second) of up.
 */
export type Frame = Float64Array;

const SENSOR_AXES = ['x', 'y', 'z'] as const;

export const frameOf = (axis: 'x' | 'y' | 'z'): Frame => {
  const along = new Float64Array(3);
  along[SENSOR_AXES.indexOf(axis)] = 1;
  return frameAbout(along);
};

/** About any direction: its first direction is as near as can be to the sensor axis that follows the one nearest to `axis`. */
export function frameAbout(axis: Float64Array): Frame {
  const frame = new Float64Array(9);
  const [x, y, z] = [Math.abs(axis[0]!), Math.abs(axis[1]!), Math.abs(axis[2]!)];
  const nearest = x >= y && x >= z ? 0 : y >= z ? 1 : 2;
  frame[(nearest + 1) % 3] = 1;
  turnFrame(frame, axis);
  return frame;
}

/** Leans the frame so that it turns about `axis`, by the smallest turn of its first direction. */
export function turnFrame(frame: Frame, axis: Float64Array): void {
  const first = frame.subarray(0, 3);
  const second = frame.subarray(3, 6);
  const share = dot(first, axis);
  setVector(first, first[0]! - share * axis[0]!, first[1]! - share * axis[1]!, first[2]! - share * axis[2]!);
  normalize(first);
  frame.set(axis, 6);
  setVector(
    second,
    axis[1]! * first[2]! - axis[2]! * first[1]!,
    axis[2]! * first[0]! - axis[0]! * first[2]!,
    axis[0]! * first[1]! - axis[1]! * first[0]!,
  );
}

/** A vector of the sensor in the roller frame, from `at` on. */
export function toFrame(frame: Frame, values: Float32Array | Float64Array, at: number, unit: number, out: Float64Array): void {
  const x = values[at]! * unit;
  const y = values[at + 1]! * unit;
  const z = values[at + 2]! * unit;
  out[0] = frame[0]! * x + frame[1]! * y + frame[2]! * z;
  out[1] = frame[3]! * x + frame[4]! * y + frame[5]! * z;
  out[2] = frame[6]! * x + frame[7]! * y + frame[8]! * z;
}

/** A vector of one frame in another. */
export function reframe(from: Frame, to: Frame, v: Float64Array): void {
  const [v0, v1, v2] = [v[0]!, v[1]!, v[2]!];
  const inSensor = Float64Array.from([0, 1, 2], (i) => from[i]! * v0 + from[3 + i]! * v1 + from[6 + i]! * v2);
  toFrame(to, inSensor, 0, 1, v);
}
