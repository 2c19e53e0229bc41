import type { Stroke } from './tick.ts';

/** A run begins above this speed held for `BEGIN_S`, and rests below the other held for `REST_S`. */
const BEGIN_CM_S = 1;
const BEGIN_S = 0.15;
const REST_CM_S = 0.5;
const REST_S = 1;
/** Shorter runs are no strokes: a reversal within them belongs to the stroke around it. */
const LEAST_CM = 2;
const LEAST_S = 0.2;
const LOW_PASS_HZ = 3;
const LOW_PASS_S = 1 / (2 * Math.PI * LOW_PASS_HZ);

/** Plain data. Paths in cm. */
export interface StrokesState {
  /** Low-passed speed, cm/s. */
  speedCmS: number;
  /** The way of the present run, 0 at rest. */
  way: -1 | 0 | 1;
  /** Where the run began, and the furthest it has got. */
  startS: number;
  startCm: number;
  turnS: number;
  turnCm: number;
  peakCmS: number;
  /** Way of the speed now (0: slow), when and where that began, and since when it has been fast enough to begin a run. */
  onsetWay: -1 | 0 | 1;
  onsetS: number;
  onsetCm: number;
  fastS: number | null;
  /** Since when it has been slow. */
  slowS: number | null;
  /** Peak since the furthest point: that of the run back, if it becomes one. */
  backPeakCmS: number;
}

export const createStrokes = (): StrokesState => ({
  speedCmS: 0, way: 0, startS: 0, startCm: 0, turnS: 0, turnCm: 0, peakCmS: 0,
  onsetWay: 0, onsetS: 0, onsetCm: 0, fastS: null, slowS: null, backPeakCmS: 0,
});

/** Takes the path at `tS`, `dtS` after the last; gives the stroke that is known to have ended, or null. */
export function stepStrokes(state: StrokesState, tS: number, dtS: number, pathCm: number, speedCmS: number): Stroke | null {
  state.speedCmS += (speedCmS - state.speedCmS) * (dtS / (LOW_PASS_S + dtS));
  const way = watchOnset(state, tS, pathCm);
  if (state.way === 0) {
    if (way !== 0) beginAt(state, way, state.onsetS, state.onsetCm, tS, pathCm, Math.abs(state.speedCmS));
    return null;
  }
  const size = Math.abs(state.speedCmS);
  if ((pathCm - state.turnCm) * state.way >= 0) {
    state.turnS = tS;
    state.turnCm = pathCm;
    state.backPeakCmS = 0;
  }
  if (Math.sign(state.speedCmS) === state.way) state.peakCmS = Math.max(state.peakCmS, size);
  else state.backPeakCmS = Math.max(state.backPeakCmS, size);

  const rested = state.slowS !== null && tS - state.slowS >= REST_S;
  const turned = way === -state.way && Math.abs(pathCm - state.turnCm) >= LEAST_CM;
  if (!rested && !turned) return null;
  if (rested && state.onsetS < state.turnS) {
    // Creeping on after it became slow is no part of it.
    state.turnS = state.onsetS;
    state.turnCm = state.onsetCm;
  }
  const ended = strokeOf(state);
  if (turned) beginAt(state, way, state.turnS, state.turnCm, tS, pathCm, state.backPeakCmS);
  else state.way = 0;
  return ended;
}

/** Follows the speed from its last slow moment; the way it goes once it has been fast for long enough, else 0. */
function watchOnset(state: StrokesState, tS: number, pathCm: number): -1 | 0 | 1 {
  const { speedCmS } = state;
  const size = Math.abs(speedCmS);
  const way = size < REST_CM_S ? 0 : speedCmS > 0 ? 1 : -1;
  if (way !== state.onsetWay) {
    state.onsetWay = way;
    state.onsetS = tS;
    state.onsetCm = pathCm;
    state.fastS = null;
  }
  state.slowS = way === 0 ? (state.slowS ?? tS) : null;
  state.fastS = size > BEGIN_CM_S ? (state.fastS ?? tS) : null;
  return state.fastS !== null && tS - state.fastS >= BEGIN_S ? way : 0;
}

function beginAt(state: StrokesState, way: -1 | 0 | 1, startS: number, startCm: number, tS: number, pathCm: number, peakCmS: number): void {
  state.way = way;
  state.startS = startS;
  state.startCm = startCm;
  state.turnS = tS;
  state.turnCm = pathCm;
  state.peakCmS = peakCmS;
  state.backPeakCmS = 0;
}

function strokeOf({ startS, startCm, turnS, turnCm, peakCmS }: StrokesState): Stroke | null {
  const lengthCm = turnCm - startCm;
  const durationS = turnS - startS;
  if (Math.abs(lengthCm) < LEAST_CM || durationS < LEAST_S) return null;
  return { startS, endS: turnS, lengthCm, meanCmS: Math.abs(lengthCm) / durationS, peakCmS };
}

/** Frames have stopped: the run is over where it was last seen. */
export function breakStrokes(state: StrokesState): Stroke | null {
  const ended = state.way === 0 ? null : strokeOf(state);
  Object.assign(state, createStrokes());
  return ended;
}
