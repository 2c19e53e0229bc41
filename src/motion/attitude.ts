/**
 * Which way is up, seen from the sensor: gyroscope and accelerometer fused by an error-state Kalman filter.
 *
 * State: the unit vector `up` in the roller frame and the zero-rate offset `bias` of the gyroscope. Between samples `up`
 * is turned by the bias-free rate; at each sample the accelerometer, freed of the accelerations that the turning itself
 * explains, says where up seems to be, and the small rotation from one to the other corrects both. Errors are taken as
 * alike in all directions across `up`, so that one 2x2 covariance (angle, bias) gives the gains for the vectors.
 *
 * Roller frame: 0 and 1 lie in the plane of rotation, 2 along the axis, so that a right-hand turn raises the phase
 * atan2(up0, up1).
 */

const DEG = Math.PI / 180;
const GRAVITY_MS2 = 9.80665;

/** Figures of parts and of people; none is fitted to a recording, and none may matter by its last factor of two. */
export interface AttitudeParameters {
  /** Zero-rate offset before anything is known, rad/s: an MPU6050 starts within 20 deg/s. */
  readonly biasSigma: number;
  /** How it wanders as the part warms up, rad/s per root s. */
  readonly biasWander: number;
  /** Angle random walk, rad per root s: MPU6050 0.005 deg/s per root Hz, BMI270 0.007. */
  readonly gyroNoise: number;
  /** Error of the gyroscope's scale, as noise that keeps its sign for `gyroScaleS`. */
  readonly gyroScale: number;
  readonly gyroScaleS: number;
  /** Noise of the accelerometer and of a body that lies still, g per root Hz. */
  readonly accelNoise: number;
  /** Error of the accelerometer that turns with the roller (offset, scale, cross-axis), g, from `turningRate` (rad/s) on. */
  readonly accelOffset: number;
  readonly turningRate: number;
  /** How long an acceleration of the body keeps its sign, s. */
  readonly bodyS: number;
  /** Place of an IMU off the axis where it is not told, m. */
  readonly mountM: number;
  /** Change of angular acceleration when a hand turns around, rad/s^3: the error of bridging lost samples. */
  readonly jerk: number;
}

export const ATTITUDE_PARAMETERS: AttitudeParameters = {
  biasSigma: 10 * DEG,
  biasWander: 0.02 * DEG,
  gyroNoise: 0.01 * DEG,
  gyroScale: 0.01,
  gyroScaleS: 1,
  accelNoise: 0.002,
  accelOffset: 0.02,
  turningRate: 5 * DEG,
  bodyS: 0.2,
  mountM: 0.03,
  jerk: 100,
};

/** Below and above this the accelerometer says nothing of up: free fall, a knock. */
const FREE_FALL_G = 0.3;
const KNOCK_G = 2.5;
/** Time constants of the angular acceleration and of the accelerometer's idea of 1 g, s. */
const SPIN_UP_S = 0.02;
const MAGNITUDE_S = 3;

/** Plain data; vectors in the roller frame. */
export interface AttitudeState {
  readonly parameters: AttitudeParameters;
  readonly radiusM: number;
  /** Place of the IMU off the axis, m. */
  readonly mountM: readonly [number, number];
  readonly mountKnown: boolean;
  started: boolean;
  readonly up: Float64Array;
  /** rad/s. */
  readonly bias: Float64Array;
  /** Last reading of the gyroscope, rad/s. */
  readonly gyro: Float64Array;
  /** Covariance: angle^2, angle * bias, bias^2. */
  readonly cov: Float64Array;
  /** Angular acceleration about the axis, rad/s^2. */
  spinUp: number;
  /** What the accelerometer reads as 1 g. */
  magnitude: number;
}

export function createAttitude(
  radiusCm: number, mountCm: readonly [number, number] | null, parameters: AttitudeParameters = ATTITUDE_PARAMETERS,
): AttitudeState {
  return {
    parameters,
    radiusM: radiusCm / 100,
    mountM: mountCm ? [mountCm[0] / 100, mountCm[1] / 100] : [0, 0],
    mountKnown: mountCm !== null,
    started: false,
    up: Float64Array.of(0, 1, 0),
    bias: new Float64Array(3),
    gyro: new Float64Array(3),
    cov: Float64Array.of(0, 0, parameters.biasSigma ** 2),
    spinUp: 0,
    magnitude: 1,
  };
}

/** Starts anew where samples are missing for too long: up is unknown, the bias stays. */
export function loseAttitude(state: AttitudeState): void {
  state.started = false;
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
  if (!state.started) return start(state, g0, g1, g2, a0, a1, a2);
  turn(state, g0, g1, g2, dtS);
  if (accelTrusted) correct(state, a0, a1, a2, dtS);
}

function start(state: AttitudeState, g0: number, g1: number, g2: number, a0: number, a1: number, a2: number): void {
  const size = Math.hypot(a0, a1, a2);
  setVector(state.gyro, g0, g1, g2);
  if (size < FREE_FALL_G) return;
  state.started = true;
  setVector(state.up, a0 / size, a1 / size, a2 / size);
  state.magnitude = Math.min(1.1, Math.max(0.9, size));
  state.spinUp = 0;
  state.cov[0] = 0.1 ** 2;
  state.cov[1] = 0;
}

/** Turns `up` by the mean of two rates (trapezoid rule, exact rotation). */
function turn(state: AttitudeState, g0: number, g1: number, g2: number, dtS: number): void {
  const { up, bias, gyro, cov, parameters: p } = state;
  const w0 = (g0 + gyro[0]!) / 2 - bias[0]!;
  const w1 = (g1 + gyro[1]!) / 2 - bias[1]!;
  const w2 = (g2 + gyro[2]!) / 2 - bias[2]!;
  state.spinUp += ((g2 - gyro[2]!) / dtS - state.spinUp) * (dtS / (SPIN_UP_S + dtS));
  setVector(gyro, g0, g1, g2);

  const rate = Math.sqrt(w0 * w0 + w1 * w1 + w2 * w2);
  rotate(up, w0, w1, w2, -rate * dtS);

  const [angle, cross, biasVar] = cov as unknown as [number, number, number];
  const scale = p.gyroScale * rate;
  const bridge = (p.jerk * dtS ** 3) / 12;
  cov[0] = angle + dtS * (2 * cross + dtS * biasVar + p.gyroNoise ** 2 + scale * scale * p.gyroScaleS) + bridge * bridge;
  cov[1] = cross + dtS * biasVar;
  cov[2] = biasVar + p.biasWander ** 2 * dtS;
}

/** Lets the accelerometer correct `up` and the bias by as much as it is to be believed. */
function correct(state: AttitudeState, a0: number, a1: number, a2: number, dtS: number): void {
  const { up, bias, gyro, cov, mountM, radiusM, parameters: p } = state;
  const u0 = up[0]!;
  const u1 = up[1]!;
  const u2 = up[2]!;
  const rate = gyro[2]! - bias[2]!;
  const spinUp = state.spinUp / GRAVITY_MS2;
  const spin2 = (rate * rate) / GRAVITY_MS2;
  // The roller's centre moves over the floor by radius * rate; the sensor goes around the centre.
  const e0 = -radiusM * spinUp * u1 - spinUp * mountM[1] - spin2 * mountM[0];
  const e1 = radiusM * spinUp * u0 + spinUp * mountM[0] - spin2 * mountM[1];
  const f0 = a0 - e0;
  const f1 = a1 - e1;
  const size = Math.sqrt(f0 * f0 + f1 * f1 + a2 * a2);
  if (size < FREE_FALL_G || size > KNOCK_G) return;

  const odd = size - state.magnitude;
  state.magnitude += odd * (dtS / (MAGNITUDE_S + dtS));
  const off = state.mountKnown ? 0 : p.mountM * (Math.abs(spinUp) + spin2);
  const turning = p.accelOffset * Math.min(1, Math.abs(rate) / p.turningRate);
  const doubt = odd * odd + e0 * e0 + e1 * e1 + off * off + turning * turning;
  const noise = (p.accelNoise ** 2 + 2 * p.bodyS * doubt) / dtS;

  const [angle, cross, biasVar] = cov as unknown as [number, number, number];
  const gain = angle / (angle + noise);
  const biasGain = cross / (angle + noise);
  cov[0] = angle * (1 - gain);
  cov[1] = cross * (1 - gain);
  cov[2] = biasVar - biasGain * cross;

  // The rotation from where up was thought to be to where the accelerometer has it.
  const r0 = (u1 * a2 - u2 * f1) / size;
  const r1 = (u2 * f0 - u0 * a2) / size;
  const r2 = (u0 * f1 - u1 * f0) / size;
  const turnBy = Math.sqrt(r0 * r0 + r1 * r1 + r2 * r2);
  if (turnBy > 0) rotate(up, r0, r1, r2, gain * turnBy);
  bias[0]! += biasGain * r0;
  bias[1]! += biasGain * r1;
  bias[2]! += biasGain * r2;
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
  const rest = (1 - Math.cos(angle)) * (k0 * v0 + k1 * v1 + k2 * v2);
  const cos = Math.cos(angle);
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
