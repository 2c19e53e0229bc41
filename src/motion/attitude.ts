import type { RollerGeometry } from './block.ts';
import { absorb, createCovariance, errorCount, ERRORS, forget, propagate, weigh, type Covariance } from './covariance.ts';

/**
 * Which way is up, seen from the sensor, and how far the roller has turned: gyroscope and accelerometer fused by an
 * error-state Kalman filter.
 *
 * Between samples the unit vector `up` is turned by the gyroscope's rate. At each sample the accelerometer, freed of what the
 * turning itself explains, says where up seems to be, and the small rotation from one to the other corrects `up`, the angle rolled, and what
 * is known of the sensors' errors. The gains are those of the rotation about the axis; the two other components of `up` and of
 * the bias are corrected by the same gains.
 *
 * Roller frame: 0 and 1 lie in the plane of rotation, 2 along the axis, so that a right-hand turn raises the phase
 * atan2(up0, up1).
 */

const DEG = Math.PI / 180;
const GRAVITY_MS2 = 9.80665;

/** Figures of parts and of people; none is fitted to a recording, and none may matter by its last factor of two. */
export interface AttitudeParameters {
  /** First guess of up, rad: a roller that turns around at 50 cm/s^2 leans the accelerometer by as much. */
  readonly upSigma: number;
  /** Zero-rate offset before anything is known, rad/s: an MPU6050 starts within 20 deg/s. */
  readonly biasSigma: number;
  /** How it wanders as the part warms up, rad/s per root s. */
  readonly biasWander: number;
  /** Angle random walk, rad per root s: MPU6050 0.005 deg/s per root Hz, BMI270 0.007. */
  readonly gyroNoise: number;
  /** Share by which the gyroscope's scale may be off: 3 % at the worst in an MPU6050. */
  readonly scaleSigma: number;
  /** Zero-g offset of the accelerometer, g: 50 mg in an MPU6050, 20 in a BMI270; and how it wanders, per root s. */
  readonly offsetSigma: number;
  readonly offsetWander: number;
  /** Place of the sensor off the axis where it is not told, and where it is, m. */
  readonly mountSigma: number;
  readonly mountToldSigma: number;
  /** Noise of the accelerometer and of a body that lies still, g per root Hz. */
  readonly accelNoise: number;
  /** Acceleration of a body that moves, g, and how long it keeps its sign, s. */
  readonly bodyG: number;
  readonly bodyS: number;
  /** Rate from which on a body counts as moving, rad/s. */
  readonly movingRate: number;
  /** Change of angular acceleration when a hand turns around, rad/s^3: the error of bridging lost samples. */
  readonly jerk: number;
}

export const ATTITUDE_PARAMETERS: AttitudeParameters = {
  upSigma: 0.05,
  biasSigma: 10 * DEG,
  biasWander: 0.02 * DEG,
  gyroNoise: 0.01 * DEG,
  scaleSigma: 0.015,
  offsetSigma: 0.025,
  offsetWander: 0.0002,
  mountSigma: 0.03,
  mountToldSigma: 0.002,
  accelNoise: 0.002,
  bodyG: 0.02,
  bodyS: 0.3,
  movingRate: 5 * DEG,
  jerk: 100,
};

/** Below and above this the accelerometer says nothing of up: free fall, a knock. */
const FREE_FALL_G = 0.5;
const KNOCK_G = 1.5;
/** A surprise of so many standard deviations is not believed; one that lasts means that up is lost. */
const ABSURD_SIGMAS = 6;
const LOST_S = 0.5;
/** Nor is a sensor believed to be worse than so many standard deviations. */
const ABSURD_LEARNED = 3;
/** Time constants of the angular acceleration and of the accelerometer's idea of 1 g, s. */
const SPIN_UP_S = 0.02;
const MAGNITUDE_S = 3;

/** Plain data; vectors in the roller frame. */
export interface AttitudeState {
  readonly parameters: AttitudeParameters;
  readonly radiusM: number;
  /** The gyroscope cannot tell a faster turn than this, rad/s. */
  readonly gyroRange: number;
  /** Samples from which up may be found; two are needed. */
  sampled: number;
  started: boolean;
  readonly up: Float64Array;
  /** Angle rolled since the beginning, rad. */
  rolled: number;
  /** What is known of the sensors, by the indices of `ERRORS` (rad/s, share, g, m; the share by which the gyroscope says too much). */
  readonly learned: Float64Array;
  /** None is believed to be further than this from what was thought at first. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  /** Zero-rate offset of the two gyroscopes across the axis, rad/s. */
  readonly biasAcross: Float64Array;
  readonly cov: Covariance;
  /** Last reading of the gyroscope, rad/s. */
  readonly gyro: Float64Array;
  /** Angular acceleration about the axis, rad/s^2. */
  spinUp: number;
  /** What the accelerometer reads as 1 g. */
  magnitude: number;
  /** How long the accelerometer has not been believed, s. */
  refusedS: number;
  readonly explained: Float64Array;
  readonly response: Float64Array;
  readonly gains: Float64Array;
}

export function createAttitude(
  { radiusCm, mountCm, gyroRangeDps }: Pick<RollerGeometry, 'radiusCm' | 'mountCm' | 'gyroRangeDps'>,
  parameters: AttitudeParameters = ATTITUDE_PARAMETERS,
): AttitudeState {
  const { upSigma, biasSigma, scaleSigma, offsetSigma, mountSigma, mountToldSigma } = parameters;
  const mount = mountCm ? mountToldSigma : mountSigma;
  const sigma = { angle: upSigma, path: 0, bias: biasSigma, scale: scaleSigma, offset0: offsetSigma, offset1: offsetSigma, mount0: mount, mount1: mount };
  const learned = new Float64Array(errorCount);
  if (mountCm) learned.set([mountCm[0] / 100, mountCm[1] / 100], ERRORS.mount0);
  const furthest = Float64Array.from(Object.values(sigma), (each) => ABSURD_LEARNED * each);
  return {
    parameters,
    radiusM: radiusCm / 100,
    gyroRange: 0.999 * gyroRangeDps * DEG,
    sampled: 0,
    started: false,
    up: Float64Array.of(0, 1, 0),
    rolled: 0,
    learned,
    lowest: learned.map((value, i) => value - furthest[i]!),
    highest: learned.map((value, i) => value + furthest[i]!),
    biasAcross: new Float64Array(2),
    cov: createCovariance(sigma),
    gyro: new Float64Array(3),
    spinUp: 0,
    magnitude: 1,
    refusedS: 0,
    explained: new Float64Array(2),
    response: new Float64Array(errorCount),
    gains: new Float64Array(errorCount),
  };
}

/** Samples are missing for too long: up has to be found anew; what is known of the sensors stays. */
export function loseAttitude(state: AttitudeState): void {
  state.sampled = 0;
  state.started = false;
  state.refusedS = 0;
}

/** Angle of up in the plane of rotation, rad within -pi to pi. */
export const phaseOf = (state: AttitudeState): number => Math.atan2(state.up[0]!, state.up[1]!);

/**
 * Takes a sample `dtS` after the one before: rates in rad/s, specific force in g. Without `accelTrusted` (the haptic motor
 * is on) only the gyroscope is heard.
 */
export function stepAttitude(
  state: AttitudeState, g0: number, g1: number, g2: number, a0: number, a1: number, a2: number, dtS: number, accelTrusted = true,
): void {
  if (Math.abs(g2) >= state.gyroRange) loseAttitude(state);
  if (state.started) turn(state, g0, g1, g2, dtS);
  if (state.started && accelTrusted) correct(state, a0, a1, a2, dtS);
  else if (!state.started) start(state, g0, g1, g2, a0, a1, a2, dtS, accelTrusted);
}

/** Two samples tell the angular acceleration, and so what of the acceleration the turning itself explains; the rest is up. */
function start(
  state: AttitudeState, g0: number, g1: number, g2: number, a0: number, a1: number, a2: number, dtS: number, accelTrusted: boolean,
): void {
  const { gyro, up, explained } = state;
  const faster = g2 - gyro[2]!;
  const rate = trueRate(state, (g2 + gyro[2]!) / 2);
  state.rolled += rate * dtS;
  setVector(gyro, g0, g1, g2);
  const size = Math.hypot(a0, a1, a2);
  if (!accelTrusted || size < FREE_FALL_G) return;
  setVector(up, a0 / size, a1 / size, a2 / size);
  state.sampled++;
  if (state.sampled < 2) return;
  state.spinUp = faster / dtS;
  explain(state, rate);
  const f0 = a0 - explained[0]!;
  const f1 = a1 - explained[1]!;
  const magnitude = Math.hypot(f0, f1, a2);
  if (magnitude < FREE_FALL_G || magnitude > KNOCK_G) return;
  setVector(up, f0 / magnitude, f1 / magnitude, a2 / magnitude);
  state.started = true;
  state.magnitude = Math.min(1.1, Math.max(0.9, magnitude));
  forget(state.cov, ERRORS.angle, state.parameters.upSigma);
  forget(state.cov, ERRORS.path, 0);
}

/** Turns `up` by the mean of two rates (trapezoid rule, exact rotation). */
function turn(state: AttitudeState, g0: number, g1: number, g2: number, dtS: number): void {
  const { up, biasAcross, gyro, cov, parameters: p } = state;
  const w0 = (g0 + gyro[0]!) / 2 - biasAcross[0]!;
  const w1 = (g1 + gyro[1]!) / 2 - biasAcross[1]!;
  const w2 = trueRate(state, (g2 + gyro[2]!) / 2);
  state.spinUp += ((g2 - gyro[2]!) / dtS - state.spinUp) * (dtS / (SPIN_UP_S + dtS));
  setVector(gyro, g0, g1, g2);

  const before0 = up[0]!;
  const before1 = up[1]!;
  rotate(up, w0, w1, w2, -Math.sqrt(w0 * w0 + w1 * w1 + w2 * w2) * dtS);
  state.rolled += Math.atan2(up[0]! * before1 - up[1]! * before0, up[1]! * before1 + up[0]! * before0);
  const bridge = (p.jerk * dtS ** 3) / 12;
  propagate(cov, w2, dtS, p.gyroNoise ** 2 * dtS + bridge * bridge, p.biasWander ** 2 * dtS, p.offsetWander ** 2 * dtS);
}

/** Lets the accelerometer correct what is thought by as much as it is to be believed. */
function correct(state: AttitudeState, a0: number, a1: number, a2: number, dtS: number): void {
  const { up, learned, lowest, highest, biasAcross, gains, response, explained, parameters: p } = state;
  const u0 = up[0]!;
  const u1 = up[1]!;
  const u2 = up[2]!;
  const rate = trueRate(state, state.gyro[2]!);
  explain(state, rate);
  const f0 = a0 - explained[0]!;
  const f1 = a1 - explained[1]!;
  const size = Math.sqrt(f0 * f0 + f1 * f1 + a2 * a2);
  if (size < FREE_FALL_G || size > KNOCK_G) return;

  const odd = size - state.magnitude;
  state.magnitude += odd * (dtS / (MAGNITUDE_S + dtS));
  const body = p.bodyG * Math.min(1, Math.abs(rate) / p.movingRate);
  const tangential = state.spinUp / GRAVITY_MS2;
  const centripetal = (rate * rate) / GRAVITY_MS2;
  // In a hand instead of on a floor the centre does not move like that.
  const centre = state.radiusM * tangential;
  const doubt = odd * odd + centre * centre + body * body;
  // What keeps its sign for a while is no white noise: it counts as the noise that would blur a slow filter as much.
  const white = p.accelNoise ** 2 / dtS;
  const noise = white + (2 * p.bodyS * doubt) / dtS;

  // The rotation from where up was thought to be to where the accelerometer has it, and what each error adds to it about the axis.
  const r0 = (u1 * a2 - u2 * f1) / size;
  const r1 = (u2 * f0 - u0 * a2) / size;
  const r2 = (u0 * f1 - u1 * f0) / size;
  const level = u0 * u0 + u1 * u1;
  response[ERRORS.angle] = level;
  response[ERRORS.offset0] = -u1;
  response[ERRORS.offset1] = u0;
  response[ERRORS.mount0] = u0 * tangential + u1 * centripetal;
  response[ERRORS.mount1] = u1 * tangential - u0 * centripetal;
  const expected = weigh(state.cov, response, noise, gains);
  if (r2 * r2 > ABSURD_SIGMAS ** 2 * (expected - noise + white + doubt)) {
    state.refusedS += dtS;
    if (state.refusedS > LOST_S) loseAttitude(state);
    return;
  }
  state.refusedS = 0;
  absorb(state.cov, gains, expected);

  rotate(up, r0, r1, r2, gains[ERRORS.angle]! * level * Math.sqrt(r0 * r0 + r1 * r1 + r2 * r2));
  state.rolled -= gains[ERRORS.path]! * r2;
  biasAcross[0]! += gains[ERRORS.bias]! * r0;
  biasAcross[1]! += gains[ERRORS.bias]! * r1;
  for (let i = ERRORS.bias; i < errorCount; i++) {
    learned[i] = Math.max(lowest[i]!, Math.min(highest[i]!, learned[i]! + gains[i]! * r2));
  }
}

/** Rate about the axis, freed of what is known of the gyroscope. */
const trueRate = ({ learned }: AttitudeState, gyro2: number): number => (gyro2 - learned[ERRORS.bias]!) * (1 - learned[ERRORS.scale]!);

/** What the accelerometer reads beside up: its offset, the centre's way over the floor, and the sensor's around the centre. */
function explain({ explained, up, learned, spinUp, radiusM }: AttitudeState, rate: number): void {
  const tangential = spinUp / GRAVITY_MS2;
  const centripetal = (rate * rate) / GRAVITY_MS2;
  const centre = radiusM * tangential;
  const m0 = learned[ERRORS.mount0]!;
  const m1 = learned[ERRORS.mount1]!;
  explained[0] = learned[ERRORS.offset0]! - centre * up[1]! - tangential * m1 - centripetal * m0;
  explained[1] = learned[ERRORS.offset1]! + centre * up[0]! + tangential * m0 - centripetal * m1;
}

/** Rotates a unit vector by `angle` about (x, y, z), which need not be of unit length (Rodrigues). */
function rotate(v: Float64Array, x: number, y: number, z: number, angle: number): void {
  const length = Math.sqrt(x * x + y * y + z * z);
  if (length === 0) return;
  const k0 = x / length;
  const k1 = y / length;
  const k2 = z / length;
  const v0 = v[0]!;
  const v1 = v[1]!;
  const v2 = v[2]!;
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const rest = (1 - cos) * (k0 * v0 + k1 * v1 + k2 * v2);
  const n0 = v0 * cos + (k1 * v2 - k2 * v1) * sin + k0 * rest;
  const n1 = v1 * cos + (k2 * v0 - k0 * v2) * sin + k1 * rest;
  const n2 = v2 * cos + (k0 * v1 - k1 * v0) * sin + k2 * rest;
  // Rounding would let the length walk away over hours.
  const unit = (3 - (n0 * n0 + n1 * n1 + n2 * n2)) / 2;
  setVector(v, n0 * unit, n1 * unit, n2 * unit);
}

function setVector(v: Float64Array, v0: number, v1: number, v2: number): void {
  v[0] = v0;
  v[1] = v1;
  v[2] = v2;
}
