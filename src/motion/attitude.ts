import {
  forgetSince, explain, GRAVITY_MS2, loseAttitude, rateOf, TILT, TILT_ERRORS, trueRate, TURN, TURN_ERRORS, type AttitudeState, type Learning,
} from './attitude-state.ts';
import { absorb, absorbBoth, after, answerTo, foresee, foreseeBoth, forget, grow, type Measurement } from './covariance.ts';
import { rotate, setVector } from './vectors.ts';

/**
 * Which way is up, seen from the sensor, and how far the roller has turned: gyroscope and accelerometer fused by an
 * error-state Kalman filter.
 *
 * Between samples the unit vector `up` is turned by the gyroscope's rate. At each sample the accelerometer, freed of what the
 * turning itself explains, says where up seems to be. The small rotation from one to the other, meant over some samples, is taken
 * apart: what lies about the axis of rotation corrects the phase, the angle rolled and what is known of the sensors; what lies
 * across it corrects the tilt of the axis and the two other gyroscopes.
 *
 * Roller frame: 0 and 1 lie in the plane of rotation, 2 along the axis, so that a right-hand turn raises the phase
 * atan2(up0, up1).
 */

/** Beyond these the accelerometer says nothing of up: a fall, a knock. */
const LEAST_G = 0.5;
const MOST_G = 1.5;
/** A surprise of so many standard deviations is not believed; one that lasts means that up is lost. */
const ABSURD_SIGMAS = 6;
const LOST_S = 0.5;
/** A surprise whose mean over this time is so many standard deviations away: the gyroscope is no longer what it was. */
const SUSPECT_S = 0.5;
const SUSPECT_SIGMAS = 3;
/** Time constant of the angular acceleration, s. */
const SPIN_UP_S = 0.02;
/**
 * Corrections are at least so far apart, and made of the mean of what the samples since the last have shown: this is where the time goes. A
 * roller turns by at most some 2 degrees in it; from 5 on the mean is not good enough.
 */
const CORRECT_S = 0.015;

/**
 * Takes a sample `dtS` after the one before: rates in rad/s, specific force in g. Without `accelTrusted` (the haptic motor
 * is on) only the gyroscope is heard.
 */
export function stepAttitude(
  state: AttitudeState, g0: number, g1: number, g2: number, a0: number, a1: number, a2: number, dtS: number, accelTrusted = true,
): void {
  if (Math.abs(g2) >= state.gyroRange) loseAttitude(state);
  if (state.started) {
    turn(state, g0, g1, g2, dtS);
    if (accelTrusted) look(state, a0, a1, a2, dtS);
    if (state.since.s >= CORRECT_S) correct(state, dtS);
    return;
  }
  const faster = g2 - state.gyro[2]!;
  state.rolled += trueRate(state, (g2 + state.gyro[2]!) / 2) * dtS;
  setVector(state.gyro, g0, g1, g2);
  if (accelTrusted) findUp(state, a0, a1, a2, faster / dtS);
}

/** Two samples tell the angular acceleration, and so what of the acceleration the turning itself explains; the rest is up. */
function findUp(state: AttitudeState, a0: number, a1: number, a2: number, spinUp: number): void {
  const { gyro, up, explained, turn: about, tilt: across, parameters: p } = state;
  const size = Math.hypot(a0, a1, a2);
  if (size < LEAST_G) return;
  setVector(up, a0 / size, a1 / size, a2 / size);
  state.sampled++;
  if (state.sampled < 2) return;
  state.spinUp = spinUp;
  explain(state, trueRate(state, gyro[2]!));
  const f0 = a0 - explained[0]!;
  const f1 = a1 - explained[1]!;
  const f2 = a2 - explained[2]!;
  const magnitude = Math.hypot(f0, f1, f2);
  if (magnitude < LEAST_G || magnitude > MOST_G) return;
  setVector(up, f0 / magnitude, f1 / magnitude, f2 / magnitude);
  state.started = true;
  forget(about.cov, TURN_ERRORS, TURN.angle, p.upSigma);
  forget(about.cov, TURN_ERRORS, TURN.path, 0);
  forget(across.cov, TILT_ERRORS, TILT.angle, p.upSigma);
}

/** Turns `up` by the mean of two rates (trapezoid rule, exact rotation), and keeps by what the errors grow meanwhile. */
function turn(state: AttitudeState, g0: number, g1: number, g2: number, dtS: number): void {
  const { up, gyro, since, tilt: { learned: acrossLearned }, parameters: p } = state;
  const w0 = (g0 + gyro[0]!) / 2 - acrossLearned[TILT.bias0]!;
  const w1 = (g1 + gyro[1]!) / 2 - acrossLearned[TILT.bias1]!;
  const w2 = trueRate(state, (g2 + gyro[2]!) / 2);
  state.spinUp += ((g2 - gyro[2]!) / dtS - state.spinUp) * (dtS / (SPIN_UP_S + dtS));
  setVector(gyro, g0, g1, g2);

  const u0 = up[0]!;
  const u1 = up[1]!;
  rotate(up, -w0 * dtS, -w1 * dtS, -w2 * dtS);
  state.rolled += Math.atan2(up[0]! * u1 - up[1]! * u0, up[1]! * u1 + up[0]! * u0);

  // Only what turns the axis out of the level shows: the direction across it and across up.
  const inPlane = Math.sqrt(u0 * u0 + u1 * u1) || 1;
  const bridge = (p.jerk * dtS * dtS * dtS) / 12;
  const crossed = p.crossAxis * w2;
  since.s += dtS;
  since.turned += w2 * dtS;
  since.across0 += (dtS * u1) / inPlane;
  since.across1 -= (dtS * u0) / inPlane;
  since.bridged += bridge * bridge;
  since.crossed += crossed * crossed * dtS;
}

/** The errors grow by what has been since the last time: as they depend on each other in one way only, at once is as good as step by step. */
function growErrors({ turn: { cov: about }, tilt: { cov: across }, since, suspect, parameters: p }: AttitudeState): void {
  const { s, turned, across0, across1, bridged, crossed } = since;
  grow(about, TURN_ERRORS, TURN.angle, TURN.bias, s, TURN.scale, turned);
  grow(about, TURN_ERRORS, TURN.path, TURN.bias, s, TURN.scale, turned);
  const added = p.gyroNoise ** 2 * s + bridged;
  const warming = (suspect ? p.biasStep : p.biasWander) ** 2 * s;
  about[TURN.angle * TURN_ERRORS + TURN.angle]! += added;
  about[TURN.angle * TURN_ERRORS + TURN.path]! += added;
  about[TURN.path * TURN_ERRORS + TURN.angle]! += added;
  about[TURN.path * TURN_ERRORS + TURN.path]! += added;
  about[TURN.bias * (TURN_ERRORS + 1)]! += warming;
  about[TURN.offset0 * (TURN_ERRORS + 1)]! += p.offsetWander ** 2 * s;
  about[TURN.offset1 * (TURN_ERRORS + 1)]! += p.offsetWander ** 2 * s;

  grow(across, TILT_ERRORS, TILT.angle, TILT.bias0, across0, TILT.bias1, across1);
  across[TILT.angle]! += added + crossed * 2 * p.bodyS;
  across[TILT.bias0 * (TILT_ERRORS + 1)]! += warming;
  across[TILT.bias1 * (TILT_ERRORS + 1)]! += warming;
}

/** Sees by how much gravity, as a sample has it, is not what was thought: in size, about the axis, and across it. */
function look(state: AttitudeState, a0: number, a1: number, a2: number, dtS: number): void {
  const { up, explained, since } = state;
  const u0 = up[0]!;
  const u1 = up[1]!;
  explain(state, rateOf(state));
  const f0 = a0 - explained[0]!;
  const f1 = a1 - explained[1]!;
  const f2 = a2 - explained[2]!;
  const magnitude = Math.sqrt(f0 * f0 + f1 * f1 + f2 * f2);
  if (magnitude < LEAST_G || magnitude > MOST_G) return;
  const inPlane = Math.sqrt(u0 * u0 + u1 * u1) || 1;
  const share = dtS / magnitude;
  since.seenS += dtS;
  since.odd += (magnitude - 1) * dtS;
  since.oddSquared += (magnitude - 1) ** 2 * dtS;
  since.turnedBy += (u0 * f1 - u1 * f0) * share;
  since.tiltedBy += ((f2 * (u0 * u0 + u1 * u1) - up[2]! * (u0 * f0 + u1 * f1)) / inPlane) * share;
}

/** Lets what was seen of gravity since the last time, in samples `dtS` apart, correct what is thought by as much as it is to be believed. */
function correct(state: AttitudeState, dtS: number): void {
  const { up, turn: about, tilt: across, size, turned, tilted, since, parameters: p } = state;
  const { s: sinceS, seenS, odd: oddS, oddSquared: oddSquaredS, turnedBy: turnedByS, tiltedBy: tiltedByS } = since;
  growErrors(state);
  forgetSince(since);
  if (seenS === 0) return;
  const u0 = up[0]!;
  const u1 = up[1]!;
  const rate = rateOf(state);
  const tangential = state.spinUp / GRAVITY_MS2;
  const centripetal = (rate * rate) / GRAVITY_MS2;
  const level = u0 * u0 + u1 * u1;
  const inPlane = Math.sqrt(level) || 1;

  // Along up, how gravity answers; across up, the rotation from where up was thought to be to where the accelerometer has it.
  const along = size.response;
  along[TURN.offset0] = u0;
  along[TURN.offset1] = u1;
  along[TURN.gain] = 1;
  along[TURN.gainApart] = (u1 * u1 - u0 * u0) / 2;
  along[TURN.mount0] = u1 * tangential - u0 * centripetal;
  along[TURN.mount1] = -u0 * tangential - u1 * centripetal;
  const aside = turned.response;
  aside[TURN.angle] = level;
  aside[TURN.offset0] = -u1;
  aside[TURN.offset1] = u0;
  aside[TURN.gainApart] = u0 * u1;
  aside[TURN.mount0] = u0 * tangential + u1 * centripetal;
  aside[TURN.mount1] = u1 * tangential - u0 * centripetal;
  foreseeBoth(about.cov, size, turned);

  // Gravity is 1 g. What is known to be uncertain is no reason to doubt the rest.
  const odd = oddS / seenS;
  const foreseen = answerTo(size, size);
  const unforeseen = Math.max(0, oddSquaredS / seenS - foreseen);
  const body = p.bodyG * Math.min(1, Math.abs(rate) / p.movingRate);
  // In a hand instead of on a floor the centre does not move like that.
  const centre = state.radiusM * tangential;
  const doubt = unforeseen + centre * centre + body * body;
  // What keeps its sign for a while is no white noise: it counts as the noise that would blur a slow filter as much.
  const white = p.accelNoise ** 2 / seenS;
  const noise = white + (2 * p.bodyS * doubt) / sinceS;
  const sizeVariance = foreseen + noise;
  const sizeNudge = odd / sizeVariance;
  const sizeTurn = hear(state, size, sizeNudge);

  // What the size of gravity has just corrected is no surprise any more.
  const common = answerTo(turned, size);
  const turnedBy = turnedByS / seenS - common * sizeNudge;
  after(turned, size, common, sizeVariance);
  const expected = answerTo(turned, turned);
  // By the noise of one sample: that a mean has less is no reason to take a turn that was not seen, as of a shaken gyroscope, for absurd.
  if (turnedBy * turnedBy > ABSURD_SIGMAS ** 2 * (expected + p.accelNoise ** 2 / dtS + doubt)) {
    absorb(about.cov, size, sizeVariance);
    state.refusedS += sinceS;
    rotate(up, 0, 0, sizeTurn);
    if (state.refusedS > LOST_S) loseAttitude(state);
    return;
  }
  state.refusedS = 0;
  state.surprise += (turnedBy - state.surprise) * (sinceS / (SUSPECT_S + sinceS));
  state.suspect = state.surprise ** 2 > SUSPECT_SIGMAS ** 2 * (expected + (noise * sinceS) / (2 * SUSPECT_S));
  const turnedVariance = expected + noise;
  absorbBoth(about.cov, size, sizeVariance, turned, turnedVariance);
  const turnBy = sizeTurn + hear(state, turned, turnedBy / turnedVariance);

  const h0 = u1 / inPlane;
  const h1 = -u0 / inPlane;
  const tiltedBy = tiltedByS / seenS;
  tilted.response[TILT.angle] = 1;
  const tiltedVariance = foresee(across.cov, tilted) + noise;
  absorb(across.cov, tilted, tiltedVariance);
  learn(across, tilted, TILT.bias0, tiltedBy / tiltedVariance);
  const leanBy = (tilted.shared[TILT.angle]! * tiltedBy) / tiltedVariance;
  rotate(up, leanBy * h0, leanBy * h1, turnBy);
}

/** Takes in what a measurement tells about the axis: all but the phase, whose correction is given back. */
function hear(state: AttitudeState, measurement: Measurement, nudge: number): number {
  learn(state.turn, measurement, TURN.angle + 1, nudge);
  state.rolled -= measurement.shared[TURN.path]! * nudge;
  return measurement.shared[TURN.angle]! * nudge;
}

function learn({ learned, lowest, highest }: Learning, { shared }: Measurement, from: number, nudge: number): void {
  for (let i = from; i < learned.length; i++) {
    learned[i] = Math.max(lowest[i]!, Math.min(highest[i]!, learned[i]! + shared[i]! * nudge));
  }
}
