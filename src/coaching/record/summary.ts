import type { MuscleGroup, Side } from '../../guide/groups.ts';
import { pctOfBodyWeight } from '../rules/over-pressure.ts';
import type { CoachingState } from '../state.ts';
import { exceeded, reached } from '../time.ts';
import { meanCounted, quantile, type Histogram } from './histogram.ts';
import { coverageOfLedger, pathLengthCm, type Ledger } from './ledger.ts';
import type { PainRecord, PainSaid } from './pain-record.ts';
import { isUneven, viewPath, type PathView } from './path.ts';
import { greenPct } from './speed-bands.ts';
import { addTally, viewTally, type Tallied } from './tally.ts';

export interface LoadSummary {
  readonly meanN: number | null;
  readonly p95N: number | null;
  readonly peakN: number | null;
  /** % of body weight; null where the mass is not known. */
  readonly meanPctBw: number | null;
  readonly p95PctBw: number | null;
  readonly peakPctBw: number | null;
  /** Of the mean over the loaded cells. */
  readonly meanKpa: number | null;
  readonly p95Kpa: number | null;
  readonly peakKpa: number | null;
  /** Time over the limit, s. */
  readonly overS: number;
}

/** What was done with one group and side. */
export interface GroupSummary {
  readonly group: MuscleGroup;
  readonly side: Side;
  /** Time in contact, s. */
  readonly activeS: number;
  /** Against the recommended 30 to 90 s a set. */
  readonly dose: 'under' | 'in-range' | 'over';
  readonly sets: number;
  readonly strokes: number;
  /** Mean over the strokes one way, cm and s; null without any. */
  readonly strokeCm: number | null;
  readonly strokeS: number | null;
  readonly speed: SpeedSummary;
  readonly longestDwellS: number;
  /** null without calibrated cells. */
  readonly load: LoadSummary | null;
  /** Length of the path as this person rolls it, cm; null until two turns at each end agree. */
  readonly pathCm: number | null;
  /** Part of that path, or of the expected one, 0 to 1; null until both ends have been seen, and where no path is expected. */
  readonly coverage: number | null;
  /** One place had far more than its share of the time. */
  readonly uneven: boolean;
  /** Seconds of contact on each centimetre of the path. */
  readonly path: PathView;
  /** How often each rule's levels began, and how often the person was told. */
  readonly states: readonly Tallied[];
  readonly cues: readonly Tallied[];
  readonly pain: PainSummary;
}

export interface SpeedSummary {
  /** Of |v| in contact. */
  readonly meanCmS: number;
  readonly medianCmS: number;
  readonly p95CmS: number;
  /** Time with the 3 s mean above the limit. */
  readonly tooFastS: number;
  /** Time with the 3 s mean in the recommended band, and its part of the time in which there is such a mean. */
  readonly greenS: number;
  readonly greenPct: number | null;
}

/** Pain as the person reported it, 0 to 10; null: not reported. */
export interface PainSummary {
  /** The last before the first contact. */
  readonly beforeNrs: number | null;
  /** The highest at any time. */
  readonly worstNrs: number | null;
  /** The last since the last contact. */
  readonly afterNrs: number | null;
  readonly reports: number;
}

export interface SessionSummary {
  /** The groups that had any contact, in the order in which they were first rolled. */
  readonly groups: readonly GroupSummary[];
  /** Every group and side that was chosen while the session ran, whether rolled or not. */
  readonly chosen: readonly { readonly group: MuscleGroup; readonly side: Side }[];
  /** What the person was told in the whole session. */
  readonly cues: readonly Tallied[];
  readonly pain: PainSummary;
}

export function summarize({ ledgers, massKg, config }: CoachingState): SessionSummary {
  const all = [...ledgers.values()];
  const rolled = all.filter(({ activeS }) => activeS > 0);
  return {
    groups: rolled.map((ledger) => summarizeGroup(ledger, massKg, config)),
    chosen: all.filter(({ group, activeS }) => group !== 'unknown' || activeS > 0).map(({ group, side }) => ({ group, side })),
    cues: viewTally(all.reduce((sum, { cues }) => addTally(sum, cues), new Map<string, number>())),
    pain: sessionPain(all),
  };
}

const summarizeGroup = (ledger: Ledger, massKg: number | null, config: CoachingState['config']): GroupSummary => ({
  group: ledger.group,
  side: ledger.side,
  activeS: ledger.activeS,
  dose: doseBand(ledger, config),
  sets: ledger.sets,
  strokes: ledger.strokes,
  strokeCm: ledger.strokes === 0 ? null : ledger.strokesCm / ledger.strokes,
  strokeS: ledger.strokes === 0 ? null : ledger.strokesS / ledger.strokes,
  speed: {
    meanCmS: meanCounted(ledger.speed) ?? 0,
    medianCmS: quantile(ledger.speed, 0.5) ?? 0,
    p95CmS: quantile(ledger.speed, 0.95) ?? 0,
    tooFastS: ledger.bands.tooFastS,
    greenS: ledger.bands.greenS,
    greenPct: greenPct(ledger.bands),
  },
  longestDwellS: ledger.longestDwellS,
  load: summarizeLoad(ledger, massKg),
  pathCm: pathLengthCm(ledger),
  coverage: coverageOfLedger(ledger),
  uneven: isUneven(ledger.path),
  path: viewPath(ledger.path),
  states: viewTally(ledger.states),
  cues: viewTally(ledger.cues),
  pain: painOf(ledger.pain),
});

function doseBand({ activeS, sets }: Ledger, { doseMinS, doseMaxS }: CoachingState['config']): GroupSummary['dose'] {
  if (!reached(activeS, doseMinS)) return 'under';
  return exceeded(activeS, doseMaxS * sets) ? 'over' : 'in-range';
}

function summarizeLoad({ forceN, pressureKpa, overLoadS, ...ledger }: Ledger, massKg: number | null): LoadSummary | null {
  if (forceN.total === 0 && pressureKpa.total === 0) return null;
  const meanN = meanCounted(forceN);
  const peakN = forceN.total === 0 ? null : ledger.peakN;
  const p95N = p95Of(forceN, ledger.peakN);
  return {
    meanN,
    p95N,
    peakN,
    meanPctBw: pctOfBodyWeight(meanN, massKg),
    p95PctBw: pctOfBodyWeight(p95N, massKg),
    peakPctBw: pctOfBodyWeight(peakN, massKg),
    meanKpa: meanCounted(pressureKpa),
    p95Kpa: p95Of(pressureKpa, ledger.peakKpa),
    peakKpa: pressureKpa.total === 0 ? null : ledger.peakKpa,
    overS: overLoadS,
  };
}

/** Within its bin it is not known how far it goes, but nothing is above the peak. */
function p95Of(histogram: Histogram, peak: number): number | null {
  const p95 = quantile(histogram, 0.95);
  return p95 === null ? null : Math.min(p95, peak);
}

const painOf = ({ before, worst, after, reports }: PainRecord): PainSummary => ({
  beforeNrs: before?.nrs ?? null,
  worstNrs: worst?.nrs ?? null,
  afterNrs: after?.nrs ?? null,
  reports,
});

/** Before the first contact with any group, and since the last with any: between two groups is during the session. */
function sessionPain(ledgers: readonly Ledger[]): PainSummary {
  const firstS = Math.min(...ledgers.map(({ firstContactS }) => firstContactS ?? Infinity));
  const lastS = Math.max(...ledgers.map(({ lastContactS }) => lastContactS ?? -Infinity));
  // The worst first: of what was said at the same moment it was not the last.
  const said = ledgers.flatMap(({ pain: { before, after, worst } }) => [worst, before, after].filter((report) => report !== null));
  const latest = (reports: readonly PainSaid[]): number | null => reports.toSorted((a, b) => a.tS - b.tS).at(-1)?.nrs ?? null;
  return {
    beforeNrs: latest(said.filter(({ tS }) => tS <= firstS)),
    worstNrs: said.length === 0 ? null : Math.max(...said.map(({ nrs }) => nrs)),
    afterNrs: latest(said.filter(({ tS }) => tS >= lastS && tS > firstS)),
    reports: ledgers.reduce((sum, { pain: { reports } }) => sum + reports, 0),
  };
}
