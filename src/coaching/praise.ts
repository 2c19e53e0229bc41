import { reached } from './time.ts';

/** When a correction was praised; plain data. */
export interface Praise {
  /** Session time of the latest praise, s; null before the first. */
  lastS: number | null;
  wasRelieved: boolean;
}

export const createPraise = (): Praise => ({ lastS: null, wasRelieved: false });

/** Praise is due the moment a cue is heeded, where that earns it, and at most once in 20 s. */
export function stepPraise(
  praise: Praise,
  { isRelieved, isEarned }: { readonly isRelieved: boolean; readonly isEarned: boolean },
  tS: number,
  config: { readonly cuePraiseEveryS: number },
): void {
  const isNew = isRelieved && !praise.wasRelieved;
  praise.wasRelieved = isRelieved;
  if (isNew && isEarned && (praise.lastS === null || reached(tS - praise.lastS, config.cuePraiseEveryS))) praise.lastS = tS;
}
