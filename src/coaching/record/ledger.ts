import { GROUPS, type MuscleGroup, type Side } from '../../guide/groups.ts';
import type { MotionTick } from '../../motion/tick.ts';
import { reached } from '../time.ts';
import { TICK_S } from '../ticks.ts';
import { count, createHistogram, type Histogram } from './histogram.ts';
import { areSeen, createEnds, learnedLengthCm, stepEnds, type Ends } from './ends.ts';
import { createPainRecord, rolledOn, type PainRecord } from './pain-record.ts';
import { addToPath, coverageOf, createPath, type Path } from './path.ts';
import { addToBands, createSpeedBands, type GreenBand, type SpeedBands } from './speed-bands.ts';
import type { Tally } from './tally.ts';

/** What a session knows of one group and side: bounded, whatever its length; plain data. */
export interface Ledger {
  readonly group: MuscleGroup;
  readonly side: Side;
  /** Contact with this group and side chosen, s: the dose. */
  activeS: number;
  /** The same of the present set. */
  setS: number;
  sets: number;
  firstContactS: number | null;
  lastContactS: number | null;
  strokes: number;
  /** Length of all strokes, cm, and time in them, s. */
  strokesCm: number;
  strokesS: number;
  readonly ends: Ends;
  /** |v| in contact, 10 a second. */
  readonly speed: Histogram;
  readonly bands: SpeedBands;
  longestDwellS: number;
  readonly forceN: Histogram;
  readonly pressureKpa: Histogram;
  peakN: number;
  peakKpa: number;
  /** Time over the load's limit, s. */
  overLoadS: number;
  readonly path: Path;
  /** What the rules found, and what the person was told. */
  readonly states: Tally;
  readonly cues: Tally;
  readonly pain: PainRecord;
}

export const createLedger = (group: MuscleGroup, side: Side): Ledger => ({
  group,
  side,
  activeS: 0,
  setS: 0,
  sets: 0,
  firstContactS: null,
  lastContactS: null,
  strokes: 0,
  strokesCm: 0,
  strokesS: 0,
  ends: createEnds(),
  speed: createHistogram(0.1, 60),
  bands: createSpeedBands(),
  longestDwellS: 0,
  forceN: createHistogram(5, 2000),
  pressureKpa: createHistogram(1, 400),
  peakN: 0,
  peakKpa: 0,
  overLoadS: 0,
  path: createPath(),
  states: new Map(),
  cues: new Map(),
  pain: createPainRecord(),
});

/** Adds the strokes and the contact of a tick; a rest that is long enough begins a set, while there are sets left. */
export function addActivity(ledger: Ledger, tick: MotionTick, sets: { readonly doseSets: number; readonly doseSetGapS: number }): void {
  for (const { lengthCm, startS, endS } of tick.strokes) {
    ledger.strokes++;
    ledger.strokesCm += Math.abs(lengthCm);
    ledger.strokesS += endS - startS;
  }
  if (tick.contactS <= 0) return;
  const isRested = ledger.lastContactS !== null && reached(tick.tS - tick.contactS - ledger.lastContactS, sets.doseSetGapS);
  if (ledger.sets === 0 || (isRested && ledger.sets < sets.doseSets)) {
    ledger.sets++;
    ledger.setS = 0;
  }
  ledger.activeS += tick.contactS;
  ledger.setS += tick.contactS;
  ledger.firstContactS ??= tick.tS - tick.contactS;
  ledger.lastContactS = tick.tS;
  rolledOn(ledger.pain);
}

/** Rest since the last contact, s; null where no set is to follow: the present one has hardly begun, or it was the last. */
export function restOf({ lastContactS, setS, activeS, sets }: Ledger, tS: number, config: RestConfig): number | null {
  const isSetDone = reached(setS, config.doseMinS) && sets < config.doseSets && !reached(activeS, config.doseSessionCapS);
  return lastContactS === null || !isSetDone ? null : tS - lastContactS;
}

type RestConfig = Readonly<Record<'doseMinS' | 'doseSets' | 'doseSessionCapS', number>>;

/** What was judged at the tick. */
export interface Findings {
  /** The mean that the rules judge, and the limit; null: none yet. */
  readonly speedCmS: number | null;
  readonly warnCmS: number;
  readonly isOverLoad: boolean;
  readonly dwellS: number;
}

/** Keeps what the tick tells for the summary. */
export function keepTick(ledger: Ledger, tick: MotionTick, { speedCmS, warnCmS, isOverLoad, dwellS }: Findings, green: GreenBand): void {
  stepEnds(ledger.ends, tick.positionCm, tick.strokes);
  if (tick.contactS > 0) addToPath(ledger.path, tick.positionCm, tick.contactS);
  if (!tick.contact) return;
  count(ledger.speed, Math.abs(tick.speedCmS));
  addToBands(ledger.bands, speedCmS, warnCmS, green);
  if (tick.forceN !== null) {
    count(ledger.forceN, tick.forceN);
    ledger.peakN = Math.max(ledger.peakN, tick.forceN);
  }
  if (tick.pressureKpa !== null) {
    count(ledger.pressureKpa, tick.pressureKpa);
    ledger.peakKpa = Math.max(ledger.peakKpa, tick.pressureKpa);
  }
  if (isOverLoad) ledger.overLoadS += TICK_S;
  ledger.longestDwellS = Math.max(ledger.longestDwellS, dwellS);
}

/** Length of the path as this person rolls it; null until it is learned, and where no path is expected. */
export function pathLengthCm({ group, ends }: Ledger): number | null {
  const { pathCm } = GROUPS[group];
  return pathCm === null ? null : learnedLengthCm(ends, pathCm);
}

/** Part of the path that was covered, the expected one until the person's own is learned; null until both its ends have been seen. */
export function coverageOfLedger(ledger: Ledger): number | null {
  const lengthCm = pathLengthCm(ledger) ?? GROUPS[ledger.group].pathCm;
  return lengthCm === null || !areSeen(ledger.ends) ? null : coverageOf(ledger.path, lengthCm);
}
