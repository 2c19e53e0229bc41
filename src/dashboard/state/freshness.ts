import type { SnapshotMessage } from '../../server/wire.ts';
import type { SocketState } from './socket.ts';

/** A value older than this is not shown as live, ms: half a second is the longest gap that motion bridges. */
export const FRESH_MS = 500;

/** `gone`: the page has no connection; `unlinked`: the roller has none; `old`: both stand, and nothing is heard. */
export type Freshness =
  | { readonly at: 'none' }
  | { readonly at: 'fresh' }
  | { readonly at: 'old' | 'unlinked' | 'gone'; readonly ageMs: number | null };

export function freshnessOf(input: {
  readonly socket: SocketState;
  readonly snapshot: Pick<SnapshotMessage, 'ageMs' | 'link'> | null;
  readonly sinceSnapshotMs: number;
}): Freshness {
  const { socket, snapshot, sinceSnapshotMs } = input;
  const ageMs = snapshot?.ageMs == null ? null : snapshot.ageMs + sinceSnapshotMs;
  if (socket.at !== 'open') return snapshot === null ? { at: 'none' } : { at: 'gone', ageMs };
  if (snapshot === null) return { at: 'none' };
  if (snapshot.link !== 'streaming') return { at: 'unlinked', ageMs };
  if (ageMs === null || ageMs > FRESH_MS) return { at: 'old', ageMs };
  return { at: 'fresh' };
}
