import type { CueMessage } from '../../server/wire.ts';
import type { Rate } from './jump.ts';

/** `now`: seen and heard; `missed`: in writing only; `not`: it belongs to another place of a recording. */
export type Telling = 'now' | 'missed' | 'not';

/** A cue that came this long after its time is no longer an order. */
const LATE_S = 2;

/** How a cue is to be told; `rate` is that of a recording that is played, null where the roller is there. */
export function tellingOf({ tS }: Pick<CueMessage, 'tS'>, nowS: number, rate: Rate | null): Telling {
  if (rate === null) return nowS - tS > LATE_S ? 'missed' : 'now';
  // What is played faster than it can be said stays unsaid, as does what comes between two places: nobody can have missed it.
  return rate !== 'max' && Math.abs(nowS - tS) <= LATE_S * Math.max(1, rate) ? 'now' : 'not';
}
