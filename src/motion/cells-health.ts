import type { RollerGeometry } from './block.ts';
import { awayFromUp, carriedKpa, FAULT_BIT, LOADED_KPA, type CellsState } from './cells.ts';

const DEG = Math.PI / 180;
/** A pass: from under the body (nearer to up than this) to a side, where neither body nor floor reaches, or back. */
const UP_RAD = 15 * DEG;
const SIDE_RAD = [75 * DEG, 105 * DEG] as const;
const SEEN_UP = 1;
const SEEN_SIDE = 2;
const SEEN_ALL = SEEN_UP | SEEN_SIDE;
/** A cell that turning does not reach is judged by whole turns; it has to be as constant as a number, because a body may be. */
const TURN_RAD = 2 * Math.PI;
const CONSTANT_KPA = 0.05;
/** A pass changes a cell by more than this, and by more than this share of what passes change the others in its band. */
const LEAST_CHANGE_KPA = 0.5;
const LEAST_SHARE = 0.1;
/** Where the others are hardly loaded, an unloaded cell is nothing special. */
const OTHERS_KPA = 10;
const SAME_BAND_MM = 1;
/** Passes in a row: a person may lift just then. */
const STILL_PASSES = 3;

/** Loaded, alone and unchanged for longer than this: a body breathes, and lies on more than one cell. */
const LONE_S = 600;
const UNCHANGED_KPA = 1;
/** Cells nearer to down than this may carry the roller's own weight. */
const FLOOR_RAD = (2 * Math.PI) / 3;

const SILENT_S = 1;
/** Saturated is said from and until this share of the loaded time, over about ten seconds of it. */
const SATURATED = { on: 0.2, off: 0.05, overS: 10 };

/** No person puts more than this on a roller for longer than a moment; where the mass is not known, a heavy one's. */
const MOST_BODY_WEIGHTS = 1.2;
const HEAVY_KG = 150;
const STANDARD_GRAVITY = 9.81;
const IMPLAUSIBLE = { onS: 1, offS: 5 };

/** What is known at a reading, beside the cells. */
export interface Standing {
  readonly phase: number;
  /** Turned since the cells were looked at last, rad. */
  readonly turnedRad: number;
  readonly contact: boolean;
  /** What a saturated cell reads; Infinity where none is. */
  readonly endKpa: number;
}

/** Looks at every cell, `dtS` after the last time. */
export function lookAtCells(
  state: CellsState, { cells }: RollerGeometry, readKpa: Float32Array, at: number, standing: Standing, dtS: number,
): void {
  const loaded = countLoaded(state, cells, readKpa, at, standing.phase);
  for (let i = 0; i < cells.length; i++) {
    const kpa = readKpa[at + i]!;
    const away = awayFromUp(cells[i]!, standing.phase);
    listen(state, i, kpa, dtS);
    if (Number.isNaN(kpa)) continue;
    followPass(state, cells, i, kpa, away, standing);
    waitForChange(state, i, kpa, away, loaded, dtS);
    if (standing.contact && kpa > LOADED_KPA) countSaturated(state, i, kpa >= standing.endKpa, dtS);
  }
}

/** Whether the force is one a body can have; `state.tooHigh` says so at once, `state.implausible` when it is not just a moment. */
export function judgeForce(state: CellsState, forceN: number, massKg: number | null, dtS: number): void {
  state.tooHigh = forceN > MOST_BODY_WEIGHTS * (massKg ?? HEAVY_KG) * STANDARD_GRAVITY;
  if (state.tooHigh === state.implausible) {
    state.tooHighS = 0;
    return;
  }
  state.tooHighS += dtS;
  if (state.tooHighS < (state.implausible ? IMPLAUSIBLE.offS : IMPLAUSIBLE.onS)) return;
  state.implausible = state.tooHigh;
  state.implausibleEver ||= state.tooHigh;
}

function setFault(state: CellsState, cell: number, fault: keyof typeof FAULT_BIT, stands: boolean): void {
  const bit = FAULT_BIT[fault];
  state.faults[cell] = stands ? state.faults[cell]! | bit : state.faults[cell]! & ~bit;
  if (stands) state.faultsEver[cell]! |= bit;
}

/** Cells loaded by a body, as far as they are trusted. */
function countLoaded(state: CellsState, cells: RollerGeometry['cells'], readKpa: Float32Array, at: number, phase: number): number {
  let loaded = 0;
  for (let i = 0; i < cells.length; i++) {
    if (carriedKpa(state, i, readKpa[at + i]!) > LOADED_KPA && awayFromUp(cells[i]!, phase) <= FLOOR_RAD) loaded++;
  }
  return loaded;
}

function listen(state: CellsState, cell: number, kpa: number, dtS: number): void {
  const isFaulty = (state.faults[cell]! & FAULT_BIT.faulty) !== 0;
  if (Number.isNaN(kpa) === isFaulty) state.silentS[cell] = 0;
  else state.silentS[cell]! += dtS;
  if (state.silentS[cell]! >= SILENT_S) {
    setFault(state, cell, 'faulty', !isFaulty);
    state.silentS[cell] = 0;
  }
}

/** The way of a cell from under the body to a side, or back, changes what it reads; one that never does is stuck. */
function followPass(
  state: CellsState, cells: RollerGeometry['cells'], i: number, kpa: number, away: number, { contact, turnedRad }: Standing,
): void {
  if (!contact) return beginPass(state, i);
  state.lowKpa[i] = Math.min(state.lowKpa[i]!, kpa);
  state.highKpa[i] = Math.max(state.highKpa[i]!, kpa);
  const fixed = cells[i]!.angleRad === null;
  if (fixed) state.turnedRad[i]! += turnedRad;
  else if (away <= UP_RAD) state.seen[i]! |= SEEN_UP;
  else if (away >= SIDE_RAD[0] && away <= SIDE_RAD[1]) state.seen[i]! |= SEEN_SIDE;
  if (fixed ? state.turnedRad[i]! < TURN_RAD : state.seen[i] !== SEEN_ALL) return;

  const change = state.highKpa[i] - state.lowKpa[i];
  const others = changeOfOthers(state, cells, i);
  const isStill = fixed
    ? change <= CONSTANT_KPA && kpa > LOADED_KPA && others > LOADED_KPA
    : change < Math.max(LEAST_CHANGE_KPA, LEAST_SHARE * others) && (kpa > LOADED_KPA || others > OTHERS_KPA);
  state.changeKpa[i] = change;
  state.stillPasses[i] = isStill ? Math.min(STILL_PASSES, state.stillPasses[i]! + 1) : 0;
  if (state.stillPasses[i] === 0 || state.stillPasses[i] === STILL_PASSES) setFault(state, i, 'stuck', isStill);
  beginPass(state, i);
}

function beginPass(state: CellsState, i: number): void {
  state.lowKpa[i] = Infinity;
  state.highKpa[i] = -Infinity;
  state.seen[i] = 0;
  state.turnedRad[i] = 0;
}

/** Mean change over the last pass of the other cells in a band; 0 where none has made one. */
function changeOfOthers(state: CellsState, cells: RollerGeometry['cells'], cell: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < cells.length; i++) {
    const change = state.changeKpa[i]!;
    const fixed = cells[cell]!.angleRad === null;
    if (i === cell || Number.isNaN(change) || (!fixed && Math.abs(cells[i]!.axialMm - cells[cell]!.axialMm) > SAME_BAND_MM)) continue;
    sum += change;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** A cell that stays loaded for minutes while no other is, and does not even change, is loaded by nobody. */
function waitForChange(state: CellsState, i: number, kpa: number, away: number, loaded: number, dtS: number): void {
  if (away > FLOOR_RAD) return;
  const isOut = (state.faults[i]! & FAULT_BIT['stays-loaded']) !== 0;
  const carried = (kpa - state.zeroKpa[i]!) * state.scale;
  if (carried <= LOADED_KPA) {
    setFault(state, i, 'stays-loaded', false);
    state.loneS[i] = 0;
    return;
  }
  if (isOut) return;
  if (loaded > 1 || state.loneS[i] === 0 || Math.abs(kpa - state.loneKpa[i]!) > UNCHANGED_KPA) {
    state.loneKpa[i] = kpa;
    state.loneS[i] = loaded > 1 ? 0 : dtS;
    return;
  }
  state.loneS[i]! += dtS;
  if (state.loneS[i]! > LONE_S) setFault(state, i, 'stays-loaded', true);
}

function countSaturated(state: CellsState, i: number, atEnd: boolean, dtS: number): void {
  state.saturatedShare[i]! += ((atEnd ? 1 : 0) - state.saturatedShare[i]!) * (dtS / (SATURATED.overS + dtS));
  const share = state.saturatedShare[i]!;
  if (share > SATURATED.on) setFault(state, i, 'saturated', true);
  else if (share < SATURATED.off) setFault(state, i, 'saturated', false);
}
