import { createRest, stepRest, type Rest } from './rest.ts';
import { dot, normalize, rotate, setVector } from './vectors.ts';

/** Shares by which the accelerometer corrects up and the zero-rate offset, 1/s and 1/s^2: slow beside a stroke, so that its accelerations do not count. */
const CORRECTS = 0.7;
const TEACHES = 0.1;
/** A wrong first guess of up and a large first offset are put right this much faster, fading over so many seconds. */
const HASTE = 5;
const HASTE_S = 2;
/** Beyond these the accelerometer says nothing of up: a fall, a knock. */
const LEAST_G = 0.5;
const MOST_G = 1.5;

/** A ball turns about any axis: what turns it about a level one moves it, what spins it about the vertical does not. Plain data, sensor frame. */
export interface BallState {
  readonly rest: Rest;
  readonly up: Float64Array;
  readonly bias: Float64Array;
  /** Last rates, freed of the offset, rad/s. */
  readonly rates: Float64Array;
  /** Rate about a level axis, rad/s. */
  rollRate: number;
  ageS: number;
}

export const createBall = (): BallState => ({
  rest: createRest(), up: new Float64Array(3), bias: new Float64Array(3), rates: new Float64Array(3), rollRate: 0, ageS: 0,
});

/** Where up is has to be found anew; what is known of the gyroscope stays. */
export function loseBall(ball: BallState): void {
  ball.up.fill(0);
}

/** Takes a sample `dtS` after the last, rad/s and g: an explicit complementary filter (Mahony et al. 2008, 10.1109/TAC.2008.923738). */
export function stepBall(ball: BallState, g: Float64Array, a: Float64Array, dtS: number, accelTrusted: boolean): void {
  const { up, bias, rates } = ball;
  if (stepRest(ball.rest, g, a, dtS)) bias.set(ball.rest.gyro);
  const [b0, b1, b2] = [rates[0]!, rates[1]!, rates[2]!];
  setVector(rates, g[0]! - bias[0]!, g[1]! - bias[1]!, g[2]! - bias[2]!);
  const size = Math.hypot(a[0]!, a[1]!, a[2]!);
  const believed = accelTrusted && size > LEAST_G && size < MOST_G;
  if (dot(up, up) === 0) {
    if (!believed) return;
    up.set(a);
    normalize(up);
  } else {
    rotate(up, (-(b0 + rates[0]!) / 2) * dtS, (-(b1 + rates[1]!) / 2) * dtS, (-(b2 + rates[2]!) / 2) * dtS);
    if (believed) correct(ball, a, size, dtS);
  }
  const upright = dot(rates, up);
  ball.rollRate = Math.sqrt(Math.max(0, dot(rates, rates) - upright * upright));
}

function correct(ball: BallState, a: Float64Array, size: number, dtS: number): void {
  const { up, bias } = ball;
  ball.ageS += dtS;
  const haste = 1 + HASTE * Math.exp(-ball.ageS / HASTE_S);
  const e0 = (up[1]! * a[2]! - up[2]! * a[1]!) / size;
  const e1 = (up[2]! * a[0]! - up[0]! * a[2]!) / size;
  const e2 = (up[0]! * a[1]! - up[1]! * a[0]!) / size;
  const by = Math.min(1, CORRECTS * haste * dtS);
  rotate(up, e0 * by, e1 * by, e2 * by);
  const teach = TEACHES * haste * dtS;
  setVector(bias, bias[0]! + e0 * teach, bias[1]! + e1 * teach, bias[2]! + e2 * teach);
}
