import type { PlaybackMessage, SnapshotMessage } from '../../server/wire.ts';

export type Rate = PlaybackMessage['rate'];

/** When and where a snapshot was taken. */
export interface Moment {
  readonly tS: SnapshotMessage['tS'];
  /** By the page's clock. */
  readonly atMs: number;
}

/** More than the snapshots that a slow page is spared make, recorded seconds beyond what the rate explains. */
const LEEWAY_S = 2;

/**
 * Whether session time has leapt: it runs backwards, or further ahead than time has passed. What was drawn before a jump is of another
 * place, and does not lead to this one. As fast as possible, ahead is no jump.
 */
export function isJump(before: Moment | null, now: Moment, rate: Rate): boolean {
  if (before === null) return false;
  const aheadS = now.tS - before.tS;
  if (aheadS < 0) return true;
  return rate !== 'max' && aheadS > (rate * (now.atMs - before.atMs)) / 1000 + LEEWAY_S;
}
