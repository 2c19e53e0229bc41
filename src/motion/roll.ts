import { TOOLS, type Follows } from '../guide/tools.ts';
import { beginPath, createAttitude, loseAttitude, phaseOf, rateOf, TURN, TURN_ERRORS, type AttitudeState } from './attitude-state.ts';
import { stepAttitude } from './attitude.ts';
import { createAxisSearch, stepAxisSearch, type AxisSearch } from './axis-search.ts';
import { createBall, loseBall, stepBall, type BallState } from './ball.ts';
import type { RollerGeometry, SampleBlock } from './block.ts';
import { frameAbout, frameOf, reframe, toFrame, turnFrame, type Frame } from './frame.ts';

const DEG = Math.PI / 180;
/** The frame follows the axis that is found by steps of this; a change of more than the second is another axis. Cosines. */
const FOLLOW = Math.cos(0.5 * DEG);
const ANOTHER = Math.cos(20 * DEG);
/** A place on the path that may be wrong by more than this is no place: half the width of an area. */
const LOST_CM = 2.5;

/** How the surface of the tool rolls, as its motion sensor tells. Plain data. */
export interface Roll {
  readonly follows: Follows;
  radiusCm: number;
  readonly gyroRangeDps: number;
  frame: Frame;
  /** Null where the roller says which axis it turns about. */
  readonly search: AxisSearch | null;
  attitude: AttitudeState;
  /** Null unless the tool is a ball. */
  readonly ball: BallState | null;
  /** Time and angle between the last two samples, s and rad, and the rate at each of them, rad/s. */
  spanS: number;
  turned: number;
  rateBefore: number;
  rate: number;
  /** A sample in the frame of the tool: rad/s, g. */
  readonly gyro: Float64Array;
  readonly accel: Float64Array;
}

export function createRoll(geometry: RollerGeometry): Roll {
  const { follows } = TOOLS[geometry.tool];
  return {
    follows,
    radiusCm: geometry.radiusCm,
    gyroRangeDps: geometry.gyroRangeDps,
    frame: frameOf(geometry.axis === 'unknown' ? 'x' : geometry.axis),
    search: geometry.axis === 'unknown' && follows === 'path' ? createAxisSearch() : null,
    attitude: createAttitude(geometry),
    ball: follows === 'speed' ? createBall() : null,
    spanS: 0,
    turned: 0,
    rateBefore: 0,
    rate: 0,
    gyro: new Float64Array(3),
    accel: new Float64Array(3),
  };
}

const SENSOR: Frame = frameOf('z');

/** Takes a sample `dtS` after the last. */
export function stepRoll(roll: Roll, { gyroDps, accelG, disturbed }: SampleBlock, sample: number, dtS: number, contact: boolean): void {
  const { gyro, accel, search, ball } = roll;
  roll.spanS = dtS;
  roll.rateBefore = roll.rate;
  if (ball !== null || search !== null) {
    toFrame(SENSOR, gyroDps, 3 * sample, DEG, gyro);
    toFrame(SENSOR, accelG, 3 * sample, 1, accel);
  }
  if (ball !== null) {
    stepBall(ball, gyro, accel, dtS, !disturbed);
    roll.rate = ball.rollRate;
    roll.turned = ((roll.rateBefore + roll.rate) / 2) * dtS;
    return;
  }
  if (search !== null) {
    if (!disturbed) stepAxisSearch(search, gyro, accel, dtS, contact);
    if (!search.found) return;
    followAxis(roll, search.axis);
  }
  toFrame(roll.frame, gyroDps, 3 * sample, DEG, gyro);
  toFrame(roll.frame, accelG, 3 * sample, 1, accel);
  const { attitude } = roll;
  const before = attitude.rolled;
  stepAttitude(attitude, gyro[0]!, gyro[1]!, gyro[2]!, accel[0]!, accel[1]!, accel[2]!, dtS, !disturbed);
  if (roll.follows === 'nothing') return;
  roll.turned = attitude.rolled - before;
  roll.rate = rateOf(attitude);
}

/** What was learned about an axis is of no use for quite another one; a better direction of the same one moves nothing. */
function followAxis(roll: Roll, axis: Float64Array): void {
  const { frame, attitude } = roll;
  const alike = axis[0]! * frame[6]! + axis[1]! * frame[7]! + axis[2]! * frame[8]!;
  if (alike > FOLLOW) return;
  if (attitude.sampled === 0 || alike < ANOTHER) {
    roll.frame = frameAbout(axis);
    roll.attitude = createAttitude({ radiusCm: roll.radiusCm, mountCm: null, gyroRangeDps: roll.gyroRangeDps });
    return;
  }
  const better = frame.slice();
  turnFrame(better, axis);
  reframe(frame, better, attitude.up);
  reframe(frame, better, attitude.gyro);
  roll.frame = better;
}

/** Angle turned within the first `sinceS` of the last interval: the cubic with the rates of both its ends. */
export function turnedBy({ spanS, turned, rateBefore, rate }: Roll, sinceS: number): number {
  if (sinceS <= 0) return 0;
  if (sinceS >= spanS) return turned;
  const s = sinceS / spanS;
  const rest = 1 - s;
  return s * s * (1 + 2 * rest) * turned + s * rest * spanS * (rest * rateBefore - s * rate);
}

/** Contact begins: the way from here on is what counts. */
export const beginRolling = (roll: Roll): void => beginPath(roll.attitude);

/** Samples are missing for too long. */
export function loseRoll(roll: Roll): void {
  loseAttitude(roll.attitude);
  if (roll.ball !== null) loseBall(roll.ball);
}

export const hasStarted = ({ attitude, ball, search }: Roll): boolean => ball !== null || search !== null || attitude.sampled > 0;

/** The radius under a body may be another than that of the roller alone. */
export function calibrateRoll(roll: Roll, radiusCm: number): void {
  roll.radiusCm = radiusCm;
  roll.attitude = { ...roll.attitude, radiusM: radiusCm / 100 };
}

/** Phase of up at the last sample. */
export const rollPhase = ({ attitude }: Roll): number => phaseOf(attitude);

/** Whether the angle rolled is a place on the path: of a roller, whose axis is known, as far as its errors are known to go. */
export function isPlace({ follows, search, attitude, radiusCm }: Roll): boolean {
  if (follows !== 'path' || (search !== null && !search.found)) return false;
  return radiusCm * Math.sqrt(attitude.turn.cov[TURN.path * (TURN_ERRORS + 1)]!) < LOST_CM;
}
