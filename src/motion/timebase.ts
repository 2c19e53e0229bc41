import { observeArrival, type ArrivalClock, createArrivalClock } from './arrival.ts';
import type { DeviceBlock, SampleBlock } from './block.ts';

const WRAP_S = 2 ** 32 / 1e6;
/** A frame may not be further ahead of the arrival clock than this: the device clock has jumped. */
const AHEAD_S = 0.5;
/** Nor later than this: longer than any queue of a radio holds on (the supervision timeout is at most 32 s). */
const BEHIND_S = 40;
/** A copy of an old frame comes soon after it; what comes later is a roller that counts from 0 again. */
const STALE_S = 1;
/** But a few frames back, and as far back in time as in count, it is a copy all the same, out of a queue that outlived a lost link. */
const QUEUED_FRAMES = 64;
/** Sensors without a clock: how fast the sample count follows the arrival times, and when they are no longer believed to join. */
const FOLLOW_S = 5;
const SILENCE_S = 1;
const PERIOD_ERROR = 0.05;
/** Clocks tell whole microseconds. */
const CLOCK_HZ = 1e6;

/** Where the session is in time. Plain data. */
export interface TimebaseState {
  /** Device clock and session time at the start of the last block. */
  lastUs: number;
  lastS: number;
  /** Session time at which the next block is due; null before the first. */
  nextS: number | null;
  lastSequence: number | null;
  /** Arrival of the first block, from which those after it count; NaN before. */
  firstArrivalS: number;
  lastArrivalS: number;
  arrival: ArrivalClock;
  /** Latest answer of `sessionTimeS`, which never goes back. */
  toldS: number;
  /** True sample period over the nominal one, learned where the sensor has no clock. */
  periodRatio: number;
  lostFrames: number;
  /** Copies and frames that came after a later one: dropped. */
  staleFrames: number;
  /** Times the device clock jumped (the roller started anew) and was set again by arrival. */
  clockJumps: number;
}

export function createTimebase(): TimebaseState {
  return {
    lastUs: 0, lastS: 0, nextS: null, lastSequence: null, firstArrivalS: Number.NaN, lastArrivalS: 0,
    arrival: createArrivalClock(), toldS: 0, periodRatio: 1, lostFrames: 0, staleFrames: 0, clockJumps: 0,
  };
}

/** Places a block on the session's time axis. Null: a frame that is older than one already placed, counted in `staleFrames`. */
export function placeBlock(state: TimebaseState, block: DeviceBlock): SampleBlock | null {
  if (state.nextS === null) state.firstArrivalS = block.arrivalS;
  const arrivalS = sinceFirst(state, block.arrivalS);
  const step = sequenceStep(state, block);
  const placed =
    block.deviceTimeUs === null ? placeByCount(state, block, arrivalS, step) : placeByClock(state, block, block.deviceTimeUs, arrivalS, step);
  if (placed === null) {
    state.staleFrames++;
    return null;
  }
  const { imuPeriodS, lostFrames } = placed;
  const tS = Math.round(placed.tS * 1e6) / 1e6;
  const gapS = state.nextS === null ? 0 : tS - state.nextS;
  state.lastUs = block.deviceTimeUs ?? 0;
  state.lastS = tS;
  state.nextS = tS + block.imuCount * imuPeriodS;
  state.lastSequence = block.sequence;
  state.lastArrivalS = arrivalS;
  state.lostFrames += lostFrames;
  observeArrival(state.arrival, arrivalS, state.nextS);
  return sampleBlock(block, tS, imuPeriodS, gapS > imuPeriodS / 2 ? gapS : 0, lostFrames);
}

/** Field by field: spreading the block here took as long as half of the decoding. */
const sampleBlock = (block: DeviceBlock, tS: number, imuPeriodS: number, gapS: number, lostFrames: number): SampleBlock => ({
  arrivalS: block.arrivalS,
  deviceTimeUs: block.deviceTimeUs,
  sequence: block.sequence,
  imuCount: block.imuCount,
  imuPeriodS,
  gyroDps: block.gyroDps,
  accelG: block.accelG,
  readingCount: block.readingCount,
  readingPeriodS: block.readingPeriodS,
  cellKpa: block.cellKpa,
  saturatedCells: block.saturatedCells,
  disturbed: block.disturbed,
  tS,
  gapS,
  lostFrames,
});

/** Session time of something that happened at `arrivalS`, never going back; null before the first frame. */
export function sessionTimeS(state: TimebaseState, arrivalS: number): number | null {
  if (state.nextS === null) return null;
  state.toldS = Math.max(state.toldS, sinceFirst(state, arrivalS) - state.arrival.offsetS);
  return state.toldS;
}

/** To the last digit the same of a clock that ran for days before, and of the recording that was made by it. */
const sinceFirst = ({ firstArrivalS }: TimebaseState, arrivalS: number): number => Math.round((arrivalS - firstArrivalS) * CLOCK_HZ) / CLOCK_HZ;

/** Frames from the last one to this, modulo 2^16: 1 is the next, 0 a copy; null where nobody counts. */
function sequenceStep(state: TimebaseState, block: DeviceBlock): number | null {
  if (block.sequence === null || state.lastSequence === null) return null;
  return (block.sequence - state.lastSequence) & 0xffff;
}

interface Placed {
  readonly tS: number;
  readonly imuPeriodS: number;
  readonly lostFrames: number;
}

/** By the device's own clock, unwrapped; by arrival where that clock has jumped. */
function placeByClock(state: TimebaseState, block: DeviceBlock, deviceUs: number, arrivalS: number, step: number | null): Placed | null {
  const { imuPeriodS } = block;
  if (state.nextS === null) return { tS: 0, imuPeriodS, lostFrames: 0 };
  const spanS = block.imuCount * imuPeriodS;
  const arrivedS = arrivalS - state.lastArrivalS;
  const wrappedS = (deviceUs - state.lastUs) / 1e6;
  const elapsedS = wrappedS + WRAP_S * Math.round((arrivedS - wrappedS) / WRAP_S);
  const tS = state.lastS + elapsedS;

  const behind = step !== null && (step === 0 || step >= 0x8000);
  if (elapsedS <= 0 && behind) {
    if (arrivedS < STALE_S) return null;
    const framesBack = -step & 0xffff;
    if (framesBack <= QUEUED_FRAMES && Math.abs(elapsedS + framesBack * spanS) < spanS / 2) return null;
  }

  const latenessS = arrivalS - state.arrival.offsetS - (tS + spanS);
  const overlaps = state.nextS - tS > imuPeriodS;
  if (overlaps || latenessS < -AHEAD_S || latenessS > BEHIND_S) {
    state.clockJumps++;
    return { tS: Math.max(state.nextS, arrivalS - state.arrival.offsetS - spanS), imuPeriodS, lostFrames: 0 };
  }
  return { tS, imuPeriodS, lostFrames: lostBetween(block, step, elapsedS / spanS) };
}

/** Frames missing by the count: since the one before, or since a start at 0. A count that the time between cannot hold is neither. */
function lostBetween({ sequence, restarts }: DeviceBlock, step: number | null, frameTimes: number): number {
  const sinceLast = step === null || step === 0 || step >= 0x8000 ? Infinity : step - 1;
  const sinceStart = sequence !== null && restarts ? sequence : Infinity;
  const lost = Math.min(sinceLast, sinceStart);
  return lost <= 1.5 * frameTimes ? lost : 0;
}

/**
 * Without a clock the samples are taken to be evenly spaced: their count runs on, and follows the arrival
 * times slowly in place and in rate, so that bursts of notifications do not show as motion.
 */
function placeByCount(state: TimebaseState, block: DeviceBlock, arrivalS: number, step: number | null): Placed | null {
  if (state.nextS === null) return { tS: 0, imuPeriodS: block.imuPeriodS, lostFrames: 0 };
  if (step !== null && (step === 0 || step >= 0x8000) && arrivalS - state.lastArrivalS < STALE_S) return null;
  const nominalS = block.imuCount * block.imuPeriodS;
  const lostFrames = lostBetween(block, step, (arrivalS - state.lastArrivalS) / nominalS + 1);
  const dueS = state.nextS + lostFrames * nominalS * state.periodRatio;
  const lateS = arrivalS - state.arrival.firstS - (dueS + nominalS * state.periodRatio);
  if (lateS > SILENCE_S || (block.restarts && lateS > 0)) return { tS: dueS + lateS, imuPeriodS: block.imuPeriodS * state.periodRatio, lostFrames };
  const gain = nominalS / FOLLOW_S;
  state.periodRatio = Math.min(1 + PERIOD_ERROR, Math.max(1 - PERIOD_ERROR, state.periodRatio + (gain * lateS) / (4 * FOLLOW_S)));
  const imuPeriodS = block.imuPeriodS * (state.periodRatio + lateS / FOLLOW_S);
  return { tS: dueS, imuPeriodS: Math.max(0.5 * block.imuPeriodS, imuPeriodS), lostFrames };
}
