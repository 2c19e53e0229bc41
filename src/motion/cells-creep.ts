import type { RollerGeometry } from './block.ts';
import { awayFromUp, LOADED_KPA, type CellsState } from './cells.ts';
import { hasLeft, judgeCreep, lookAside, residueKpa } from './creep.ts';

const DEG = Math.PI / 180;
/** A cell remembers its load for about this long: between the seconds and the minutes of a creeping cell. */
const REMEMBERED_S = 20;
/** Cells turned to a side, where neither body nor floor reaches, tell what a past load has left. */
const SIDE_RAD = [75 * DEG, 105 * DEG] as const;
/** Only while the roller turns under a body: a cell that stays on a side tells nothing new. */
const TURNING_RAD_S = 3 * DEG;

/** What is known at a reading, beside the cells. */
export interface Turning {
  readonly phase: number;
  readonly rate: number;
  readonly contact: boolean;
  /** How long ago the cells were looked at last, and for how much of it what they carry now is known to have been on them, s. */
  readonly sinceS: number;
  readonly dtS: number;
}

/** Remembers what each cell carries, and learns from those on a side how much of it they keep. */
export function followCreep(
  { creep, zeroKpa, faults, stillPasses }: CellsState, { cells }: RollerGeometry, readKpa: Float32Array, at: number,
  { phase, rate, contact, sinceS, dtS }: Turning,
): void {
  const isTelling = contact && Math.abs(rate) > TURNING_RAD_S;
  const kept = Math.exp(-sinceS / REMEMBERED_S);
  const added = 1 - Math.exp(-dtS / REMEMBERED_S);
  for (let i = 0; i < cells.length; i++) {
    const kpa = readKpa[at + i]! - zeroKpa[i]!;
    if (Number.isNaN(kpa) || faults[i] !== 0) continue;
    const away = awayFromUp(cells[i]!, phase);
    const memoryKpa = creep.memoryKpa[i]!;
    // One that is loaded there and hardly less than before is pressed all the same, or stuck.
    const isFree = stillPasses[i] === 0 && (kpa <= LOADED_KPA || hasLeft(memoryKpa, kpa));
    if (isTelling && isFree && away >= SIDE_RAD[0] && away <= SIDE_RAD[1]) lookAside(creep, memoryKpa, kpa);
    creep.memoryKpa[i] = memoryKpa * kept + Math.max(0, kpa - residueKpa(creep, i, kpa)) * added;
  }
  if (isTelling) judgeCreep(creep);
}
