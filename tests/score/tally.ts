/** Counts of what was due and what was reported; sums of several are sums of their parts. */
export interface Tally {
  hits: number;
  missed: number;
  false: number;
  /** Distance of each hit from the time due, s; and of its end, where that is known. */
  readonly onsetsS: number[];
  readonly releasesS: number[];
}

/** Sum of squared errors. */
export interface Errors {
  sum: number;
  count: number;
}

export const emptyTally = (): Tally => ({ hits: 0, missed: 0, false: 0, onsetsS: [], releasesS: [] });

export function addTally(into: Tally, { hits, missed, false: wrong, onsetsS, releasesS }: Tally): void {
  into.hits += hits;
  into.missed += missed;
  into.false += wrong;
  for (const onsetS of onsetsS) into.onsetsS.push(onsetS);
  for (const releaseS of releasesS) into.releasesS.push(releaseS);
}

/** 1 where there was nothing to find or nothing was reported. */
export const precisionOf = ({ hits, false: wrong }: Tally): number => (hits + wrong === 0 ? 1 : hits / (hits + wrong));
export const recallOf = ({ hits, missed }: Tally): number => (hits + missed === 0 ? 1 : hits / (hits + missed));

export const rmsOf = ({ sum, count }: Errors): number => (count === 0 ? Number.NaN : Math.sqrt(sum / count));

/** The value below which such a share of all lies; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
