import { ONSET_LIMIT_S, type Grade } from './judge.ts';
import type { RealDataScore } from './real-data.ts';
import { precisionOf, quantile, recallOf, rmsOf, type Tally } from './tally.ts';
import type { GoodRolling, KindTotal, ScenarioTotal } from './totals.ts';

export interface Bounds {
  /** Least share of what is reported that is due, and of what is due that is reported. */
  readonly found: number;
  readonly speedCmS: number;
  readonly positionCm: number;
}

export const BOUNDS: Readonly<Record<Exclude<Grade, 'reported'>, Bounds>> = {
  clean: { found: 0.99, speedCmS: 0.1, positionCm: 0.3 },
  worst: { found: 0.97, speedCmS: 0.3, positionCm: 0.8 },
};

export const FALSE_PER_90_S = 0.02;

export interface Score {
  readonly seeds: number;
  readonly kinds: readonly KindTotal[];
  readonly scenarios: readonly ScenarioTotal[];
  readonly good: readonly GoodRolling[];
  readonly realData: RealDataScore;
}

/** What does not reach its bound, in words; nothing: the score is passed. */
export function failuresOf({ kinds, scenarios, good, realData }: Score): string[] {
  return [
    ...kinds.flatMap(({ grade, what, kind, tally }) => (grade === 'reported' ? [] : faultsOf(`${kind} (${what}, ${grade})`, tally, BOUNDS[grade]))),
    ...scenarios.flatMap((total) => (total.grade === 'reported' ? [] : scenarioFaults(total, BOUNDS[total.grade]))),
    ...good.filter(({ falsePer90S }) => falsePer90S > FALSE_PER_90_S).map(({ scenario, falsePer90S }) => `${scenario}: ${falsePer90S.toFixed(3)} false cues in 90 s`),
    ...realData.rows.filter(({ value, limit }) => value !== null && !(value <= limit)).map(({ what, value, limit }) => `real data, ${what}: ${value!.toFixed(3)}, not ${limit}`),
  ];
}

export function scenarioFaults({ scenario, states, cues, speed, position }: ScenarioTotal, bounds: Bounds): string[] {
  const faults = [...faultsOf(`${scenario} (states)`, states, bounds), ...faultsOf(`${scenario} (cues)`, cues, bounds)];
  if (rmsOf(speed) > bounds.speedCmS) faults.push(`${scenario}: speed off by ${rmsOf(speed).toFixed(3)} cm/s rms, not ${bounds.speedCmS}`);
  if (rmsOf(position) > bounds.positionCm) faults.push(`${scenario}: position off by ${(10 * rmsOf(position)).toFixed(2)} mm rms, not ${10 * bounds.positionCm}`);
  return faults;
}

function faultsOf(what: string, tally: Tally, { found }: Bounds): string[] {
  const faults: string[] = [];
  if (precisionOf(tally) < found) faults.push(`${what}: precision ${precisionOf(tally).toFixed(3)}, not ${found}`);
  if (recallOf(tally) < found) faults.push(`${what}: recall ${recallOf(tally).toFixed(3)}, not ${found}`);
  for (const [instant, offS] of [['onset', tally.onsetsS], ['end', tally.releasesS]] as const) {
    const p95S = quantile(offS, 0.95);
    if (p95S > ONSET_LIMIT_S + 1e-9) faults.push(`${what}: ${instant} off by ${p95S.toFixed(2)} s (p95), not ${ONSET_LIMIT_S}`);
  }
  return faults;
}
