import type { MuscleGroup, Side } from '../../guide/groups.ts';
import { pctOfBodyWeight } from '../rules/over-pressure.ts';
import type { CoachingState } from '../state.ts';
import { exceeded, reached } from '../time.ts';
import { meanCounted, quantile } from './histogram.ts';
import { coverageOfLedger, pathLengthCm, type Ledger } from './ledger.ts';
import { isUneven } from './path.ts';

export interface LoadSummary {
  readonly meanN: number | null;
  readonly p95N: number | null;
  /** % of body weight; null where the mass is not known. */
  readonly meanPctBw: number | null;
  readonly p95PctBw: number | null;
  readonly meanKpa: number | null;
  readonly p95Kpa: number | null;
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
  /** Of |v| in contact; `tooFastS`: time with the 3 s mean above the limit. */
  readonly speed: { readonly meanCmS: number; readonly p95CmS: number; readonly tooFastS: number };
  readonly longestDwellS: number;
  /** null without calibrated cells. */
  readonly load: LoadSummary | null;
  /** Length of the path as this person rolls it, cm; null until two turns at each end agree. */
  readonly pathCm: number | null;
  /** Part of that path, or of the expected one, 0 to 1; null until both ends have been seen, and where no path is expected. */
  readonly coverage: number | null;
  /** One place had far more than its share of the time. */
  readonly uneven: boolean;
}

export interface SessionSummary {
  readonly groups: readonly GroupSummary[];
}

/** The groups that had any contact, in the order in which they were first rolled. */
export const summarize = ({ ledgers, massKg, config }: CoachingState): SessionSummary => ({
  groups: [...ledgers.values()]
    .filter(({ activeS }) => activeS > 0)
    .map((ledger) => ({
      group: ledger.group,
      side: ledger.side,
      activeS: ledger.activeS,
      dose: doseBand(ledger, config),
      sets: ledger.sets,
      strokes: ledger.strokes,
      speed: { meanCmS: meanCounted(ledger.speed) ?? 0, p95CmS: quantile(ledger.speed, 0.95) ?? 0, tooFastS: ledger.tooFastS },
      longestDwellS: ledger.longestDwellS,
      load: summarizeLoad(ledger, massKg),
      pathCm: pathLengthCm(ledger),
      coverage: coverageOfLedger(ledger),
      uneven: isUneven(ledger.path),
    })),
});

function doseBand({ activeS, sets }: Ledger, { doseMinS, doseMaxS }: CoachingState['config']): GroupSummary['dose'] {
  if (!reached(activeS, doseMinS)) return 'under';
  return exceeded(activeS, doseMaxS * sets) ? 'over' : 'in-range';
}

function summarizeLoad({ forceN, pressureKpa, overLoadS }: Ledger, massKg: number | null): LoadSummary | null {
  if (forceN.total === 0 && pressureKpa.total === 0) return null;
  const [meanN, p95N] = [meanCounted(forceN), quantile(forceN, 0.95)];
  return {
    meanN,
    p95N,
    meanPctBw: pctOfBodyWeight(meanN, massKg),
    p95PctBw: pctOfBodyWeight(p95N, massKg),
    meanKpa: meanCounted(pressureKpa),
    p95Kpa: quantile(pressureKpa, 0.95),
    overS: overLoadS,
  };
}
