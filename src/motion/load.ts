import type { RollerGeometry } from './block.ts';
import { awayFromUp, carriedKpa, LOADED_KPA, type CellsState } from './cells.ts';

/** A cell counts as facing the body within this angle of up; those further round carry the floor's answer to body and roller. */
const BODY_SIDE_RAD = Math.PI / 3;
/** kPa * cm2 in newtons. */
const N_PER_KPA_CM2 = 0.1;

/** What the cells of the body side say, as of the last reading. Plain data. */
export interface Load {
  /** Sum over the loaded cells, N; nominal where the cells are not calibrated. */
  forceN: number;
  /** Force over their area; 0 when none is loaded. */
  pressureKpa: number;
  /** Highest cell. */
  peakKpa: number;
  /** -1 to 1 along the axis; null when not loaded, or when all cells that are heard lie at one place. */
  balance: number | null;
  /** Cells that gave a value; 0: the reading says nothing. */
  heard: number;
}

export const createLoad = (): Load => ({ forceN: 0, pressureKpa: 0, peakKpa: 0, balance: null, heard: 0 });

/** Reads one set of cells, from `at` on, with up at `phase` in the plane of rotation. Cells that say nothing are left out. */
export function readLoad(load: Load, { cells }: RollerGeometry, state: CellsState, cellKpa: Float32Array, at: number, phase: number): void {
  let forceN = 0;
  let areaCm2 = 0;
  let momentNMm = 0;
  let lowestMm = Infinity;
  let highestMm = -Infinity;
  let peakKpa = 0;
  let heard = 0;
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]!;
    const kpa = carriedKpa(state, i, cellKpa[at + i]!);
    if (Number.isNaN(kpa)) continue;
    heard++;
    lowestMm = Math.min(lowestMm, cell.axialMm);
    highestMm = Math.max(highestMm, cell.axialMm);
    // Most cells are not loaded: where they are makes no difference.
    if ((kpa <= LOADED_KPA && kpa <= peakKpa) || awayFromUp(cell, phase) > BODY_SIDE_RAD) continue;
    peakKpa = Math.max(peakKpa, kpa);
    if (kpa <= LOADED_KPA) continue;
    const cellN = kpa * cell.areaCm2 * N_PER_KPA_CM2;
    forceN += cellN;
    areaCm2 += cell.areaCm2;
    momentNMm += cellN * cell.axialMm;
  }
  load.forceN = forceN;
  load.pressureKpa = areaCm2 > 0 ? forceN / (areaCm2 * N_PER_KPA_CM2) : 0;
  load.peakKpa = peakKpa;
  load.balance = forceN > 0 && highestMm > lowestMm ? momentNMm / (forceN * Math.max(highestMm, -lowestMm)) : null;
  load.heard = heard;
}
