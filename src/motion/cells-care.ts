import type { RollerGeometry } from './block.ts';
import { followCreep } from './cells-creep.ts';
import type { CellsState } from './cells.ts';
import { judgeForce, lookAtCells } from './cells-health.ts';
import { learnZero } from './cells-zero.ts';

/** Cells are looked after so often: a body changes no faster, and forces are read at every reading. */
const LOOK_S = 0.1;
/** At the first look, and after a gap, no more than a look's time is known to have passed. */
const LONGEST_S = 0.5;
/** Session time is kept in whole microseconds. */
const ROUNDING_S = 1e-6;

export const isLookDue = ({ lookedS }: CellsState, tS: number): boolean => tS - lookedS >= LOOK_S - ROUNDING_S;

/** What is known at a reading, beside what the cells read. */
export interface Circumstances {
  readonly tS: number;
  /** Up in the plane of rotation, rad, and how fast it turns, rad/s. */
  readonly phase: number;
  readonly rate: number;
  readonly contact: boolean;
  /** What a saturated cell reads; Infinity where none is. */
  readonly endKpa: number;
  /** Sum of the cells, N; null where it is not calibrated. */
  readonly forceN: number | null;
  readonly massKg: number | null;
}

/** Looks after the cells: learns their zero at rest, and which of them are not to be trusted. */
export function careForCells(state: CellsState, geometry: RollerGeometry, readKpa: Float32Array, at: number, now: Circumstances): void {
  const { tS, phase, rate, contact, endKpa, forceN, massKg } = now;
  const sinceS = tS - state.lookedS;
  const dtS = sinceS > LONGEST_S ? LOOK_S : sinceS;
  state.lookedS = tS;
  lookAtCells(state, geometry, readKpa, at, { phase, turnedRad: Math.abs(rate) * dtS, contact, endKpa }, dtS);
  followCreep(state, geometry, readKpa, at, { phase, rate, contact, sinceS, dtS });
  learnZero(state, geometry, readKpa, at, phase, rate, contact, dtS);
  if (forceN !== null) judgeForce(state, forceN, massKg, dtS);
}
