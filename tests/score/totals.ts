import type { Grade, Verdict } from './judge.ts';
import { addTally, emptyTally, rmsOf, type Errors, type Tally } from './tally.ts';

/** All seeds of one scenario. */
export interface ScenarioTotal {
  readonly scenario: string;
  readonly grade: Grade;
  readonly seeds: number;
  readonly states: Tally;
  readonly cues: Tally;
  /** All runs together, and each. */
  readonly speed: Errors;
  readonly position: Errors;
  readonly speedRuns: readonly number[];
  readonly positionRuns: readonly number[];
  readonly examples: readonly string[];
}

/** One kind over all scenarios of a grade. */
export interface KindTotal {
  readonly grade: Grade;
  readonly what: 'states' | 'cues';
  readonly kind: string;
  readonly tally: Tally;
}

export interface GoodRolling {
  readonly scenario: string;
  readonly falsePer90S: number;
}

export function byScenario(verdicts: readonly Verdict[]): ScenarioTotal[] {
  return grouped(verdicts, ({ scenario }) => scenario).map((all) => ({
    scenario: all[0]!.scenario,
    grade: all[0]!.grade,
    seeds: all.length,
    states: sumOf(all.flatMap(({ states }) => Object.values(states))),
    cues: sumOf(all.flatMap(({ cues }) => Object.values(cues))),
    speed: errorsOf(all.map(({ speed }) => speed)),
    position: errorsOf(all.map(({ position }) => position)),
    speedRuns: runsOf(all.map(({ speed }) => speed)),
    positionRuns: runsOf(all.map(({ position }) => position)),
    examples: all.flatMap(({ examples }) => examples),
  }));
}

export function byKind(verdicts: readonly Verdict[]): KindTotal[] {
  return grouped(verdicts, ({ grade }) => grade).flatMap((all) =>
    (['states', 'cues'] as const).flatMap((what) => {
      const kinds = [...new Set(all.flatMap((verdict) => Object.keys(verdict[what])))].toSorted();
      return kinds.map((kind) => ({ grade: all[0]!.grade, what, kind, tally: sumOf(all.flatMap((verdict) => verdict[what][kind] ?? [])) }));
    }),
  );
}

export function goodRolling(verdicts: readonly Verdict[]): GoodRolling[] {
  return grouped(verdicts.filter((verdict) => verdict.goodRolling !== null), ({ scenario }) => scenario).map((all) => {
    const sum = (valueOf: (good: NonNullable<Verdict['goodRolling']>) => number): number => all.reduce((total, verdict) => total + valueOf(verdict.goodRolling!), 0);
    return { scenario: all[0]!.scenario, falsePer90S: sum(({ falseCues }) => falseCues) / (sum(({ contactS }) => contactS) / 90) };
  });
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return [...groups.values()];
}

function sumOf(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  return sum;
}

const errorsOf = (errors: readonly Errors[]): Errors => ({
  sum: errors.reduce((sum, each) => sum + each.sum, 0),
  count: errors.reduce((sum, each) => sum + each.count, 0),
});

/** Root mean square of each run that has any. */
const runsOf = (errors: readonly Errors[]): number[] => errors.filter(({ count }) => count > 0).map(rmsOf);
