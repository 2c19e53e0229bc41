import { defer, filter, map, type OperatorFunction } from 'rxjs';
import type { RollerGeometry, SampleBlock } from './block.ts';
import { careForCells, isLookDue } from './cells-care.ts';
import { createCells, isPlausible, type CellsState } from './cells.ts';
import { createContact, judgeContact, loseContact, type ContactState } from './contact.ts';
import { createGauge, stepGauge, type GaugeState } from './gauge.ts';
import { createLoad, readLoad, type Load } from './load.ts';
import { beginRolling, calibrateRoll, createRoll, hasStarted, isPlace, loseRoll, rollPhase, stepRoll, turnedBy, type Roll } from './roll.ts';
import { breakStrokes, createStrokes, stepStrokes, type StrokesState } from './strokes.ts';
import { TICK_HZ, TICK_S, type MotionTick, type Stroke } from './tick.ts';

/** Samples further apart are not joined: frames have stopped. */
export const BRIDGE_S = 0.5;
/** In a stretch without frames that is longer, a body that was already off is not taken to have rolled on. */
const UNSEEN_S = 0.1;
/** Session time is kept in whole microseconds: instants within half of one are the same. */
const SAME_S = 0.5e-6;
/** Of a longer absence only the first hour is given as ticks. */
const LONGEST_GAP_S = 3600;
const NO_TICKS: readonly MotionTick[] = [];
const NO_STROKES: readonly Stroke[] = [];

/** Motion of one roller. Plain data: `structuredClone` makes a checkpoint of it. */
export interface MotionState {
  geometry: RollerGeometry;
  readonly roll: Roll;
  readonly cells: CellsState;
  readonly load: Load;
  readonly contact: ContactState;
  readonly strokes: StrokesState;
  readonly gauge: GaugeState;
  massKg: number | null;
  /** There are no cells, or none has been heard for half a second. */
  contactAssumed: boolean;
  heardS: number;
  /** Time of the last sample; null before the first. */
  sampleS: number | null;
  /** Everything up to here is in the path. */
  cursorS: number;
  /** Path since the beginning, and where on it the group's position is 0: it moves there at the next contact if `restart` is set. */
  pathCm: number;
  originCm: number;
  restart: boolean;
  /** The next tick is due at `nextTick` / 10 s. */
  nextTick: number;
  tickPathCm: number;
  tickContactS: number;
  tickDisturbed: boolean;
  tickStrokes: Stroke[];
}

export function createMotion(geometry: RollerGeometry): MotionState {
  return {
    geometry,
    roll: createRoll(geometry),
    cells: createCells(geometry),
    load: createLoad(),
    contact: createContact(),
    strokes: createStrokes(),
    gauge: createGauge(),
    massKg: null,
    contactAssumed: geometry.cells.length === 0,
    heardS: 0,
    sampleS: null,
    cursorS: 0,
    pathCm: 0,
    originCm: 0,
    restart: false,
    nextTick: 1,
    tickPathCm: 0,
    tickContactS: 0,
    tickDisturbed: false,
    tickStrokes: [],
  };
}

/** Body mass, kg: contact is then judged by % of body weight. */
export function setBodyMass(state: MotionState, massKg: number | null): void {
  state.massKg = massKg;
}

/** The radius to roll by, cm, and the factor on what the cells read, from now on. */
export function calibrateMotion(state: MotionState, radiusCm: number, forceScale: number): void {
  state.geometry = { ...state.geometry, radiusCm };
  calibrateRoll(state.roll, radiusCm);
  state.cells.scale = forceScale;
}

/** Another group: its position is 0 at its first contact, which is now where the roller is being touched. */
export function restartPosition(state: MotionState): void {
  state.restart = true;
  if (state.contact.on) placeOrigin(state);
}

/**
 * Takes a block and gives the ticks that fell due, in order. How the samples were cut into blocks makes no difference:
 * between two samples the phase runs smoothly, and readings and ticks happen in order of time.
 */
export function stepMotion(state: MotionState, block: SampleBlock): readonly MotionTick[] {
  const ticks: MotionTick[] = [];
  let reading = 0;
  for (let i = 0; i < block.imuCount; i++) {
    const tS = block.tS + i * block.imuPeriodS;
    if (state.sampleS === null) begin(state, tS);
    const dtS = tS - state.sampleS!;
    if (dtS > BRIDGE_S) crossGap(state, tS, ticks);
    else if (dtS <= SAME_S && hasStarted(state.roll)) continue;

    stepRoll(state.roll, block, i, dtS, state.contact.on);
    state.tickDisturbed ||= block.disturbed;
    if (tS - state.heardS > BRIDGE_S || state.geometry.cells.length === 0) assumeContact(state);
    const beforeCm = state.pathCm;
    for (; reading < block.readingCount; reading++) {
      const readingS = block.tS + reading * block.readingPeriodS;
      if (readingS > tS + SAME_S && i < block.imuCount - 1) break;
      runTo(state, Math.min(readingS, tS), ticks);
      takeReading(state, block, reading);
    }
    runTo(state, tS, ticks);
    emitDue(state, tS + SAME_S, ticks, false);
    if (dtS > 0 && dtS <= BRIDGE_S && state.roll.follows === 'path') {
      noteStroke(state, stepStrokes(state.strokes, tS, dtS, state.pathCm, (state.pathCm - beforeCm) / dtS));
    }
    state.sampleS = tS;
  }
  return ticks.length > 0 ? ticks : NO_TICKS;
}

/**
 * The stream has ended at `endS`: its last sample stands for a period like every other, so the tick at the very end is due, too. The
 * state is not to be stepped any further.
 */
export function finishMotion(state: MotionState, endS: number): readonly MotionTick[] {
  if (state.sampleS === null) return NO_TICKS;
  const { roll } = state;
  const spanS = endS - state.sampleS;
  Object.assign(roll, { spanS, rateBefore: roll.rate, turned: roll.rate * spanS });
  const ticks: MotionTick[] = [];
  emitDue(state, endS + SAME_S, ticks, false);
  return ticks;
}

/** The first sample: the grid of ticks goes on from here. */
function begin(state: MotionState, tS: number): void {
  state.sampleS = tS;
  state.cursorS = tS;
  state.heardS = tS;
  state.nextTick = Math.floor((tS + SAME_S) * TICK_HZ) + 1;
}

/** Runs the path on to `tS`, giving the ticks on the way; one at `tS` itself waits for what else happens then. */
function runTo(state: MotionState, tS: number, ticks: MotionTick[]): void {
  emitDue(state, tS - SAME_S, ticks, false);
  advance(state, tS);
}

function advance(state: MotionState, tS: number): void {
  const { roll, cursorS, contact } = state;
  if (tS <= cursorS) return;
  state.cursorS = tS;
  if (!contact.on || (contact.sinceS !== null && roll.spanS > UNSEEN_S)) return;
  const sampleS = state.sampleS!;
  state.pathCm += roll.radiusCm * (turnedBy(roll, tS - sampleS) - turnedBy(roll, cursorS - sampleS));
  state.tickContactS += tS - cursorS;
}

/**
 * Reads the cells as of the cursor; the attitude is already that of the sample to come. The haptic motor shakes the cells too: what they
 * said before it holds.
 */
function takeReading(state: MotionState, block: SampleBlock, reading: number): void {
  const { geometry, load, roll } = state;
  if (geometry.cells.length === 0) return;
  const phase = rollPhase(roll) - roll.turned + turnedBy(roll, state.cursorS - state.sampleS!);
  if (!block.disturbed) {
    const at = reading * geometry.cells.length;
    readLoad(load, geometry, state.cells, block.cellKpa, at, phase);
    if (isLookDue(state.cells, state.cursorS)) lookAfterCells(state, block, at, phase);
  }
  if (load.heard === 0) return;
  state.heardS = state.cursorS;
  state.contactAssumed = false;
  const before = state.contact.on;
  judgeContact(state.contact, state.cursorS, load, geometry.pressureCalibrated, state.massKg);
  if (!state.contact.on) return;
  if (!before) beginRolling(roll);
  placeOrigin(state);
}

function lookAfterCells(state: MotionState, { cellKpa, saturatedCells }: SampleBlock, at: number, phase: number): void {
  const { geometry, load, contact, massKg, cells, cursorS, roll } = state;
  const endKpa = saturatedCells > 0 ? cellKpa.reduce((most, kpa) => (kpa > most ? kpa : most), 0) : Infinity;
  const forceN = geometry.pressureCalibrated ? load.forceN : null;
  careForCells(cells, geometry, cellKpa, at, { tS: cursorS, phase, rate: roll.rate, contact: contact.on, endKpa, forceN, massKg });
}

/** No cells, or none that works. */
function assumeContact(state: MotionState): void {
  state.contactAssumed = true;
  state.contact.on = true;
  placeOrigin(state);
}

function placeOrigin(state: MotionState): void {
  if (state.restart) state.originCm = state.pathCm;
  state.restart = false;
}

/** Frames have stopped and are back: the time between is given as a gap, and what was known of the roller's place is not. */
function crossGap(state: MotionState, tS: number, ticks: MotionTick[]): void {
  noteStroke(state, breakStrokes(state.strokes));
  loseContact(state.contact);
  loseRoll(state.roll);
  Object.assign(state.load, createLoad());
  emitDue(state, Math.min(tS + SAME_S, state.sampleS! + LONGEST_GAP_S), ticks, true);
  state.nextTick = Math.floor((tS + SAME_S) * TICK_HZ) + 1;
  state.cursorS = tS;
  state.heardS = tS;
}

function noteStroke(state: MotionState, stroke: Stroke | null): void {
  if (stroke) state.tickStrokes.push(stroke);
}

/** Gives every tick up to `untilS`. */
function emitDue(state: MotionState, untilS: number, ticks: MotionTick[], gap: boolean): void {
  for (; state.nextTick / TICK_HZ <= untilS; state.nextTick++) {
    const tS = state.nextTick / TICK_HZ;
    if (!gap) advance(state, tS);
    ticks.push(tickAt(state, tS, gap));
  }
}

function tickAt(state: MotionState, tS: number, gap: boolean): MotionTick {
  const { load, geometry, contactAssumed } = state;
  const hasLoad = geometry.cells.length > 0 && !contactAssumed && !gap;
  const hasForce = hasLoad && geometry.pressureCalibrated && isPlausible(state.cells);
  const movedCm = state.pathCm - state.tickPathCm;
  const tick: MotionTick = {
    tS,
    positionCm: state.pathCm - state.originCm,
    speedCmS: movedCm / TICK_S,
    contact: state.contact.on,
    contactAssumed,
    contactS: state.tickContactS,
    forceN: hasForce ? load.forceN : null,
    pressureKpa: hasForce ? load.pressureKpa : null,
    relativeLoad: hasLoad && !geometry.pressureCalibrated ? load.forceN : null,
    peakKpa: hasLoad ? load.peakKpa : null,
    balance: hasLoad ? load.balance : null,
    disturbed: state.tickDisturbed,
    gap,
    strokes: state.tickStrokes.length > 0 ? state.tickStrokes : NO_STROKES,
    positionTrusted: isPlace(state.roll),
  };
  stepGauge(state.gauge, movedCm, state.tickContactS, state.tickDisturbed);
  state.tickPathCm = state.pathCm;
  state.tickContactS = 0;
  state.tickDisturbed = false;
  if (state.tickStrokes.length > 0) state.tickStrokes = [];
  return tick;
}

/** Blocks in, ticks out; every subscription has a state of its own. */
export const motionTicks = (geometry: RollerGeometry): OperatorFunction<SampleBlock, readonly MotionTick[]> =>
  (blocks$) =>
    defer(() => {
      const state = createMotion(geometry);
      return blocks$.pipe(map((block) => stepMotion(state, block)), filter((ticks) => ticks.length > 0));
    });
