import type { PlaybackMessage, SnapshotMessage } from '../../server/wire.ts';

/**
 * Where a recording is now, s of session time: the last snapshot, what was silent before it, and what has passed since. A pause, the end and a
 * service that has fallen silent hold it still; as fast as possible it is where the last snapshot says.
 */
export function placeS(
  { playing, rate, durationS }: Pick<PlaybackMessage, 'playing' | 'rate' | 'durationS'>,
  { tS, ageMs }: Pick<SnapshotMessage, 'tS' | 'ageMs'>,
  sinceSnapshotMs: number,
): number {
  const sinceMs = playing && rate !== 'max' ? Math.min(sinceSnapshotMs, LONGEST_MS) * rate : 0;
  return Math.min(durationS, tS + ((ageMs ?? 0) + sinceMs) / 1000);
}

/** Snapshots come every 50 ms: after this the service is late, and nobody knows how far it is. */
const LONGEST_MS = 500;
