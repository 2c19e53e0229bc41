import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withChanged, withFirst, withMore, without, type Pages } from '../../../src/dashboard/history/pages.ts';
import type { SessionLine } from '../../../src/server/api/schemas.ts';

const line = (id: string, name: string | null = null): SessionLine => ({
  id, name, startedUtcMs: 0, personId: null, rollerId: null, source: 'live', durationS: 0, activeS: 0, rolled: [], cueCount: 0,
  starred: false, file: null, bytes: 0, software: '', state: 'whole',
});
const pages = (ids: string, next: string | null): Pages => ({ sessions: ids.split('').map((id) => line(id)), next });
const idsOf = ({ sessions, next }: Pages): string => `${sessions.map(({ id }) => id).join('')}|${next ?? ''}`;

const ALL = 'hgfedcba'.split('');

describe('the pages of the list', () => {
  it('keep what was loaded below when the first one is asked for again, and let go of what is no more', () => {
    const known = pages('fedcba', 'a');
    expect(idsOf(withFirst(null, pages('fed', 'd')))).toBe('fed|d');
    expect(idsOf(withFirst(known, pages('fed', 'd')))).toBe('fedcba|a');
    expect(idsOf(withFirst(known, pages('gfe', 'e')))).toBe('gfedcba|a');
    expect(idsOf(withFirst(known, pages('fdc', 'c')))).toBe('fdcba|a');
    // So much is new that the two do not meet.
    expect(idsOf(withFirst(known, pages('xyz', 'z')))).toBe('xyz|z');
    expect(idsOf(withFirst(known, pages('f', null)))).toBe('f|');
  });

  it('begin the next page where the shown one ends', () => {
    expect(idsOf(withFirst(pages('fed', null), pages('fed', 'd')))).toBe('fed|d');
    expect(idsOf(withMore(pages('fed', 'd'), pages('cb', null)))).toBe('fedcb|');
  });

  it('show a change, and let a deleted session go', () => {
    expect(withChanged(pages('ba', null), line('a', 'Evening')).sessions.map(({ name }) => name)).toEqual([null, 'Evening']);
    expect(idsOf(without(pages('cba', 'a'), 'b'))).toBe('ca|a');
  });

  it('never show a session twice, whatever came and went meanwhile', () =>
    fc.assert(
      fc.property(fc.subarray(ALL), fc.subarray(ALL), fc.integer({ min: 1, max: 8 }), (before, now, size) => {
        const first: Pages = { sessions: now.slice(0, size).map((id) => line(id)), next: now.length > size ? 'more' : null };
        const { sessions } = withFirst(pages(before.join(''), null), first);
        expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
        expect(sessions.slice(0, first.sessions.length)).toEqual(first.sessions);
      }),
    ));
});
