import type { RollerGeometry } from './block.ts';
import { awayFromUp, carriedKpa, type CellsState } from './cells.ts';
import { residueKpa } from './creep.ts';

/** The zero is learned after the roller has been unloaded and still for this long, and goes to what is read with this time constant. */
const REST_S = 3;
const LEARN_S = 2;
/** Slower is still, rad/s: 3 deg/s, as the protocol has it for the roller's own tare. */
const STILL_RAD_S = (3 * Math.PI) / 180;
/** What may be an offset: below the on threshold of contact. More than this is never taken for zero. */
const UNLOADED_KPA = 3;
const MOST_KPA = 2;
/** Cells nearer to down than this may carry the roller's own weight. */
const FLOOR_RAD = (2 * Math.PI) / 3;

/** Learns what the cells read unloaded, `dtS` after the last time, and only when nothing touches and nothing has moved for 3 s. */
export function learnZero(
  state: CellsState, { cells }: RollerGeometry, readKpa: Float32Array, at: number,
  phase: number, rate: number, contact: boolean, dtS: number,
): void {
  if (contact || Math.abs(rate) > STILL_RAD_S || isTouched(state, cells, readKpa, at, phase)) {
    state.restS = 0;
    return;
  }
  state.restS += dtS;
  if (state.restS <= REST_S) return;
  const pull = dtS / (LEARN_S + dtS);
  for (let i = 0; i < cells.length; i++) {
    const zero = state.zeroKpa[i]!;
    // What a past load has left goes away by itself: it is no zero. Cells read no less than nothing.
    const kpa = Math.max(0, readKpa[at + i]! - residueKpa(state.creep, i, readKpa[at + i]! - zero));
    if (!(kpa <= UNLOADED_KPA) || awayFromUp(cells[i]!, phase) > FLOOR_RAD) continue;
    state.zeroKpa[i] = Math.min(MOST_KPA, zero + (kpa - zero) * pull);
  }
}

/** Whether a cell that can be trusted, and does not lie on the floor, carries more than an offset. */
function isTouched(state: CellsState, cells: RollerGeometry['cells'], readKpa: Float32Array, at: number, phase: number): boolean {
  for (let i = 0; i < cells.length; i++) {
    if (carriedKpa(state, i, readKpa[at + i]!) > UNLOADED_KPA && awayFromUp(cells[i]!, phase) <= FLOOR_RAD) return true;
  }
  return false;
}
