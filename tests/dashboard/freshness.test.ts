import { describe, expect, test } from 'vitest';
import { FRESH_MS, freshnessOf } from '../../src/dashboard/state/freshness.ts';
import { snapshot } from './snapshot.ts';

const open = { at: 'open' } as const;

describe('freshness', () => {
  test('a frame is fresh for half a second, wherever the time was lost', () => {
    expect(freshnessOf({ socket: open, snapshot: snapshot({ ageMs: FRESH_MS }), sinceSnapshotMs: 0 })).toEqual({ at: 'fresh' });
    expect(freshnessOf({ socket: open, snapshot: snapshot({ ageMs: FRESH_MS + 1 }), sinceSnapshotMs: 0 })).toEqual({ at: 'old', ageMs: 501 });
    expect(freshnessOf({ socket: open, snapshot: snapshot({ ageMs: 100 }), sinceSnapshotMs: 401 })).toEqual({ at: 'old', ageMs: 501 });
  });

  test('a roller that never sent is old without an age', () => {
    expect(freshnessOf({ socket: open, snapshot: snapshot({ ageMs: null }), sinceSnapshotMs: 0 })).toEqual({ at: 'old', ageMs: null });
  });

  test('no link is told before no frame, no page before no link', () => {
    const lost = snapshot({ link: 'lost', ageMs: 3000 });
    expect(freshnessOf({ socket: open, snapshot: lost, sinceSnapshotMs: 0 })).toEqual({ at: 'unlinked', ageMs: 3000 });
    expect(freshnessOf({ socket: { at: 'waiting', retryAtMs: 0 }, snapshot: lost, sinceSnapshotMs: 500 })).toEqual({ at: 'gone', ageMs: 3500 });
    expect(freshnessOf({ socket: { at: 'connecting' }, snapshot: null, sinceSnapshotMs: 0 })).toEqual({ at: 'none' });
  });
});
