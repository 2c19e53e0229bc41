import type { Stroke } from '../../motion/tick.ts';
import { TICK_S } from '../ticks.ts';

/** Strokes whose median is judged: one that was cut short does not count. */
const JUDGED = 3;

/** How long the last strokes took; plain data. */
export interface StrokePace {
  /** Latest last, s. */
  readonly seconds: number[];
  /** Since the last one ended, s. */
  sinceS: number;
}

export const createStrokePace = (): StrokePace => ({ seconds: [], sinceS: 0 });

export function clearStrokePace(pace: StrokePace): void {
  pace.seconds.length = 0;
}

/** Takes the strokes that ended in a tick. Who takes longer than `slowS` over the next one is in no hurry: it begins anew. */
export function stepStrokePace(pace: StrokePace, strokes: readonly Stroke[], slowS: number): void {
  pace.sinceS = strokes.length > 0 ? 0 : pace.sinceS + TICK_S;
  for (const { startS, endS } of strokes) pace.seconds.push(endS - startS);
  if (pace.seconds.length > JUDGED) pace.seconds.splice(0, pace.seconds.length - JUDGED);
  if (pace.sinceS > slowS) clearStrokePace(pace);
}

/** Strokes a minute by the median of the last three; null until there are three. */
export function strokesPerMin({ seconds }: StrokePace): number | null {
  const median = [...seconds].sort((a, b) => a - b)[1];
  return seconds.length < JUDGED || median === undefined ? null : 60 / median;
}
