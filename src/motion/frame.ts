/** Sensor axes in the order of the roller frame: the two in the plane of rotation, then the axis. */
export type Axes = readonly [first: number, second: number, axis: number];

/** Cyclic, so that a right-hand turn about the axis raises atan2(first, second) of up. */
export const AXES = { x: [1, 2, 0], y: [2, 0, 1], z: [0, 1, 2] } as const satisfies Record<string, Axes>;

/** A sensor axis is taken for the axis of rotation when it has turned by this much more than the one thought so far. */
const CLEARLY = 4;
const LEAST_RAD2_S = 0.5;
/** Rates are judged against their mean over this time, so that a zero-rate offset is no turning. */
const MEAN_S = 5;

/** Finds the axis of rotation where nobody says which it is. Plain data. */
export interface AxisSearch {
  /** Running mean of each sensor axis' rate, rad/s, and the integral of the square of what is beyond it, rad^2/s. */
  readonly mean: Float64Array;
  readonly turned: Float64Array;
  started: boolean;
}

export const createAxisSearch = (): AxisSearch => ({ mean: new Float64Array(3), turned: new Float64Array(3), started: false });

/** Takes the rates of a sample, rad/s, from `at` on; gives the axes when others than `axes` fit clearly better, else null. */
export function searchAxis(search: AxisSearch, axes: Axes, rates: Float32Array, at: number, unit: number, dtS: number): Axes | null {
  const { mean, turned } = search;
  for (let i = 0; i < 3; i++) {
    const rate = rates[at + i]! * unit;
    if (!search.started) mean[i] = rate;
    mean[i]! += (rate - mean[i]!) * (dtS / (MEAN_S + dtS));
    turned[i]! += (rate - mean[i]!) ** 2 * dtS;
  }
  search.started = true;
  const best = turned[0]! >= turned[1]! && turned[0]! >= turned[2]! ? AXES.x : turned[1]! >= turned[2]! ? AXES.y : AXES.z;
  const clear = turned[best[2]]! > LEAST_RAD2_S && turned[best[2]]! > CLEARLY * turned[axes[2]]!;
  return clear ? best : null;
}
