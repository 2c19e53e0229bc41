import type { CueKind, Level, StateEvent } from '../events.ts';

/** How often each kind and level began; plain data, bounded by the kinds there are. */
export type Tally = Map<string, number>;

export interface Tallied {
  readonly kind: CueKind;
  readonly level: Level;
  readonly times: number;
}

/** Counts a start. */
export function tally(counts: Tally, { kind, level }: Pick<StateEvent, 'kind' | 'level'>): void {
  const key = `${kind} ${level}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Adds `more` to `sum` and returns it. */
export function addTally(sum: Tally, more: Tally): Tally {
  for (const [key, times] of more) sum.set(key, (sum.get(key) ?? 0) + times);
  return sum;
}

/** In the order in which they first began. */
export const viewTally = (counts: Tally): Tallied[] =>
  [...counts].map(([key, times]) => {
    const [kind, level] = key.split(' ') as [CueKind, string];
    return { kind, level: Number(level) as Level, times };
  });
