import type { Stroke } from '../../motion/tick.ts';

/** Reversals kept at each end: the furthest, so that short strokes on the way do not count. */
const KEPT = 4;

/** Two reversals this near to each other are the same end, cm: about a patch. */
const SAME_END_CM = 3;

/** A path outside this part of the expected one is taken for a stretch that was worked on, or a slip. */
const PLAUSIBLE = { from: 0.5, to: 1.6 } as const;

/** Where the person turned round, at either end of the path; plain data. */
export interface Ends {
  /** Furthest reversals, outermost first, cm times -1 and 1. */
  readonly low: number[];
  readonly high: number[];
  /** Extremes since the last stroke ended, cm: a stroke is known to have ended only some way back. */
  lowCm: number;
  highCm: number;
  /** Length between the ends when they were last known, cm. */
  lengthCm: number | null;
}

export const createEnds = (): Ends => ({ low: [], high: [], lowCm: Infinity, highCm: -Infinity, lengthCm: null });

/** The place is counted from somewhere else from now on: what was learned of its length stays. */
export function restartEnds(ends: Ends): void {
  Object.assign(ends, { ...createEnds(), lengthCm: ends.lengthCm });
}

/** Takes a place on the path in contact, and the strokes that are known to have ended there. */
export function stepEnds(ends: Ends, positionCm: number, strokes: readonly Stroke[]): void {
  ends.lowCm = Math.min(ends.lowCm, positionCm);
  ends.highCm = Math.max(ends.highCm, positionCm);
  for (const { lengthCm } of strokes) {
    if (lengthCm > 0) keepFurthest(ends.high, ends.highCm);
    else keepFurthest(ends.low, -ends.lowCm);
    ends.lowCm = positionCm;
    ends.highCm = positionCm;
  }
  if (strokes.length === 0) return;
  const [low, high] = [endOf(ends.low), endOf(ends.high)];
  if (low !== null && high !== null) ends.lengthCm = high + low;
}

/** Both ends have been seen: there was a turn at each. */
export const areSeen = ({ low, high }: Ends): boolean => low.length > 0 && high.length > 0;

/** Length of the person's own path; null until two turns at each end agree, and where it cannot be that of the whole muscle. */
export const learnedLengthCm = ({ lengthCm }: Ends, expectedCm: number): number | null =>
  lengthCm !== null && lengthCm >= PLAUSIBLE.from * expectedCm && lengthCm <= PLAUSIBLE.to * expectedCm ? lengthCm : null;

function keepFurthest(turns: number[], cm: number): void {
  turns.push(cm);
  turns.sort((a, b) => b - a);
  turns.length = Math.min(turns.length, KEPT);
}

/** The outermost place at which the person turned twice: a single overshoot is none. */
function endOf(turns: readonly number[]): number | null {
  for (const [index, cm] of turns.entries()) {
    const next = turns[index + 1];
    if (next !== undefined && cm - next <= SAME_END_CM) return (cm + next) / 2;
  }
  return null;
}
