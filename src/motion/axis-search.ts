import { createRest, stepRest, type Rest } from './rest.ts';
import { dot, normalize, setVector } from './vectors.ts';

/** Slower turning says little of the axis, rad/s. */
const LEAST_RATE = 0.05;
/** Nor does turning about the vertical: a roller that is turned around on the floor, or in the hands. Cosine. */
const UPRIGHT = 0.5;
/** The axis is found when this much has been turned about it, rad^2/s, and so many times as much as about all others. */
const LEAST_TURNED = 0.005;
const CLEARLY = 4;
/** Turning so long ago is forgotten, s of turning: the handling before the roller lay on the floor. */
const MEMORY_S = 20;
/** While the sensor has not yet lain still its mean rate stands for the zero-rate offset. */
const MEAN_S = 5;
/** Which of the two ways along the axis is positive: x, y, z, and any even mixture of them, lie well on one side. */
const POSITIVE = Float64Array.of(4, 2, 1);

/** Finds the axis of rotation where nobody says which it is, in any direction of the sensor. Plain data. */
export interface AxisSearch {
  readonly rest: Rest;
  readonly bias: Float64Array;
  biasKnown: boolean;
  /** Sum of rate times rate over time, rad^2/s, row by row. */
  readonly scatter: Float64Array;
  /** Its principal direction, with the way along it that was chosen first. */
  readonly axis: Float64Array;
  found: boolean;
}

export const createAxisSearch = (): AxisSearch => ({
  rest: createRest(), bias: new Float64Array(3), biasKnown: false, scatter: new Float64Array(9), axis: new Float64Array(3), found: false,
});

/** Takes a sample in the sensor frame, rad/s and g, with the roller on the floor under a body as far as is known. */
export function stepAxisSearch(search: AxisSearch, g: Float64Array, a: Float64Array, dtS: number, contact: boolean): void {
  const { rest, bias, scatter } = search;
  if (!rest.started) bias.set(g);
  if (stepRest(rest, g, a, dtS)) {
    bias.set(rest.gyro);
    search.biasKnown = true;
  } else if (!search.biasKnown) {
    for (let i = 0; i < 3; i++) bias[i]! += (g[i]! - bias[i]!) * (dtS / (MEAN_S + dtS));
  }
  const [w0, w1, w2] = [g[0]! - bias[0]!, g[1]! - bias[1]!, g[2]! - bias[2]!];
  const square = w0 * w0 + w1 * w1 + w2 * w2;
  const upright = w0 * a[0]! + w1 * a[1]! + w2 * a[2]!;
  if (!contact || square < LEAST_RATE ** 2 || upright ** 2 > UPRIGHT ** 2 * square * dot(a, a)) return;

  // The power method can start anywhere but across the direction sought.
  if (dot(search.axis, search.axis) === 0) setVector(search.axis, w0, w1, w2);
  const kept = 1 - dtS / MEMORY_S;
  for (let i = 0; i < 9; i++) scatter[i]! *= kept;
  addRow(scatter, 0, w0 * dtS, w0, w1, w2);
  addRow(scatter, 3, w1 * dtS, w0, w1, w2);
  addRow(scatter, 6, w2 * dtS, w0, w1, w2);
  followPrincipal(search);
}

function addRow(scatter: Float64Array, at: number, by: number, w0: number, w1: number, w2: number): void {
  scatter[at]! += by * w0;
  scatter[at + 1]! += by * w1;
  scatter[at + 2]! += by * w2;
}

/** A step of the power method: samples come faster than the direction changes. */
function followPrincipal(search: AxisSearch): void {
  const { scatter: s, axis } = search;
  const [x, y, z] = [axis[0]!, axis[1]!, axis[2]!];
  setVector(axis, s[0]! * x + s[1]! * y + s[2]! * z, s[3]! * x + s[4]! * y + s[5]! * z, s[6]! * x + s[7]! * y + s[8]! * z);
  const about = Math.hypot(axis[0]!, axis[1]!, axis[2]!) / Math.hypot(x, y, z);
  normalize(axis);
  if (search.found) return;
  if (dot(axis, POSITIVE) < 0) setVector(axis, -axis[0]!, -axis[1]!, -axis[2]!);
  const others = s[0]! + s[4]! + s[8]! - about;
  search.found = about > LEAST_TURNED && about > CLEARLY * others;
}
