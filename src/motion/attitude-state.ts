import { ATTITUDE_PARAMETERS, type AttitudeParameters } from './attitude-parameters.ts';
import type { RollerGeometry } from './block.ts';
import { createCovariance, createMeasurement, forget, type Covariance, type Measurement } from './covariance.ts';

const DEG = Math.PI / 180;
export const GRAVITY_MS2 = 9.80665;

/**
 * Errors about the axis: of the phase; of the accelerometer (g; share by which it says too much, and by which it says more along 1
 * than along 0) and of its place off the axis (m); these are what gravity answers. Then those of the angle rolled, which begins at 0,
 * so that a wrong first guess of up is put right without counting as motion, and of the gyroscope (rad/s, share by which it says too much).
 */
export const TURN = { angle: 0, offset0: 1, offset1: 2, gain: 3, gainApart: 4, mount0: 5, mount1: 6, path: 7, bias: 8, scale: 9 } as const;
/** How many of them, from the first, gravity answers. */
const ANSWERED = TURN.mount1 + 1;
/** Errors across the axis: of its tilt, and of the two gyroscopes there (rad/s). */
export const TILT = { angle: 0, bias0: 1, bias1: 2 } as const;
export const TURN_ERRORS = Object.keys(TURN).length;
export const TILT_ERRORS = Object.keys(TILT).length;

/** Nor is a sensor believed to be worse than so many. */
const ABSURD_LEARNED_SIGMAS = 4;

/** What is learned about one kind of error. */
export interface Learning {
  readonly cov: Covariance;
  readonly learned: Float64Array;
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
}

/** What there was since the last correction, summed up over time. */
export interface Since {
  /** Time, s. */
  s: number;
  /** Angle turned about the axis, rad. */
  turned: number;
  /** Time by how much each gyroscope across the axis tilts it, s. */
  across0: number;
  across1: number;
  /** Variances of the angle: of bridging samples, rad^2; and of turning that is seen across the axis, rad^2/s. */
  bridged: number;
  crossed: number;
  /** For how long the accelerometer could be believed, s; over this time, by how much gravity was too large, g, its square, and by how much up was off, rad. */
  seenS: number;
  odd: number;
  oddSquared: number;
  turnedBy: number;
  tiltedBy: number;
}

export const createSince = (): Since => ({
  s: 0, turned: 0, across0: 0, across1: 0, bridged: 0, crossed: 0, seenS: 0, odd: 0, oddSquared: 0, turnedBy: 0, tiltedBy: 0,
});

/** A correction has been made, or cannot be. Field by field: this is done fifty times a second. */
export function forgetSince(since: Since): void {
  since.s = 0;
  since.turned = 0;
  since.across0 = 0;
  since.across1 = 0;
  since.bridged = 0;
  since.crossed = 0;
  since.seenS = 0;
  since.odd = 0;
  since.oddSquared = 0;
  since.turnedBy = 0;
  since.tiltedBy = 0;
}

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
  readonly turn: Learning;
  readonly tilt: Learning;
  /** What the accelerometer tells: the size of gravity, the rotation of up about the axis, and across it. */
  readonly size: Measurement;
  readonly turned: Measurement;
  readonly tilted: Measurement;
  readonly since: Since;
  /** Last reading of the gyroscope, rad/s. */
  readonly gyro: Float64Array;
  /** Angular acceleration about the axis, rad/s^2. */
  spinUp: number;
  /** How long the accelerometer has not been believed, s. */
  refusedS: number;
  /** Mean surprise of late, rad; and whether it is one. */
  surprise: number;
  suspect: boolean;
  /** What it reads beside up, g. */
  readonly explained: Float64Array;
}

export function createAttitude(
  { radiusCm, mountCm, gyroRangeDps }: Pick<RollerGeometry, 'radiusCm' | 'mountCm' | 'gyroRangeDps'>,
  parameters: AttitudeParameters = ATTITUDE_PARAMETERS,
): AttitudeState {
  const { upSigma, biasSigma, scaleSigma, offsetSigma, gainSigma, mountSigma, mountToldSigma } = parameters;
  const mount = mountCm ? mountToldSigma : mountSigma;
  const turnGuess = new Float64Array(TURN_ERRORS);
  if (mountCm) turnGuess.set([mountCm[0] / 100, mountCm[1] / 100], TURN.mount0);
  return {
    parameters,
    radiusM: radiusCm / 100,
    gyroRange: 0.999 * gyroRangeDps * DEG,
    sampled: 0,
    started: false,
    up: Float64Array.of(0, 1, 0),
    rolled: 0,
    turn: learning(turnGuess, [upSigma, offsetSigma, offsetSigma, gainSigma, gainSigma, mount, mount, 0, biasSigma, scaleSigma]),
    tilt: learning(new Float64Array(TILT_ERRORS), [upSigma, biasSigma, biasSigma]),
    size: createMeasurement(ANSWERED, TURN_ERRORS),
    turned: createMeasurement(ANSWERED, TURN_ERRORS),
    tilted: createMeasurement(1, TILT_ERRORS),
    since: createSince(),
    gyro: new Float64Array(3),
    spinUp: 0,
    refusedS: 0,
    surprise: 0,
    suspect: false,
    explained: new Float64Array(3),
  };
}

const learning = (guess: Float64Array, sigmas: readonly number[]): Learning => ({
  cov: createCovariance(sigmas),
  learned: guess,
  lowest: guess.map((value, i) => value - ABSURD_LEARNED_SIGMAS * sigmas[i]!),
  highest: guess.map((value, i) => value + ABSURD_LEARNED_SIGMAS * sigmas[i]!),
});

/** Samples are missing for too long: up has to be found anew; what is known of the sensors stays. */
export function loseAttitude(state: AttitudeState): void {
  forgetSince(state.since);
  state.sampled = 0;
  state.started = false;
  state.refusedS = 0;
  state.surprise = 0;
  state.suspect = false;
}

/** The angle rolled counts from here: what it was wrong by before is no correction of what comes. */
export const beginPath = ({ turn: { cov } }: AttitudeState): void => forget(cov, TURN_ERRORS, TURN.path, 0);

/** Rate about the axis at the last sample, rad/s. */
export const rateOf = (state: AttitudeState): number => trueRate(state, state.gyro[2]!);

/** Angle of up in the plane of rotation, rad within -pi to pi. */
export const phaseOf = (state: AttitudeState): number => Math.atan2(state.up[0]!, state.up[1]!);

/** Rate about the axis, freed of what is known of the gyroscope. */
export const trueRate = ({ turn: { learned } }: AttitudeState, gyro2: number): number =>
  (gyro2 - learned[TURN.bias]!) * (1 - learned[TURN.scale]!);
/** What the accelerometer reads beside up: its offset, the centre's way over the floor, and the sensor's around the centre. */
export function explain({ explained, up, turn: { learned }, spinUp, radiusM }: AttitudeState, rate: number): void {
  const tangential = spinUp / GRAVITY_MS2;
  const centripetal = (rate * rate) / GRAVITY_MS2;
  const centre = radiusM * tangential;
  const m0 = learned[TURN.mount0]!;
  const m1 = learned[TURN.mount1]!;
  const gain = learned[TURN.gain]!;
  const apart = learned[TURN.gainApart]! / 2;
  explained[0] = learned[TURN.offset0]! + (gain - apart) * up[0]! - centre * up[1]! - tangential * m1 - centripetal * m0;
  explained[1] = learned[TURN.offset1]! + (gain + apart) * up[1]! + centre * up[0]! + tangential * m0 - centripetal * m1;
  explained[2] = gain * up[2]!;
}
