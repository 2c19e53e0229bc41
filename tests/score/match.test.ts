import { describe, expect, it } from 'vitest';
import { match } from './match.ts';

const fast = (tS: number, level = 1) => ({ kind: 'too-fast', level, tS });

describe('match', () => {
  it('pairs by kind and level within a second, the nearest first', () => {
    const score = match([fast(3), fast(15)], [fast(3.2), fast(14.4), fast(15.1)]);
    expect(score.hits.map(({ due, reported }) => [due.tS, reported.tS])).toEqual([[15, 15.1], [3, 3.2]]);
    expect(score.missed).toEqual([]);
    expect(score.false).toEqual([fast(14.4)]);
  });

  it('does not pair another level, another kind or a second too far', () => {
    const score = match([fast(3), fast(9, 2), fast(20)], [fast(4.1), fast(9, 1), { kind: 'too-long', level: 1, tS: 20 }]);
    expect(score.hits).toEqual([]);
    expect(score.missed).toHaveLength(3);
    expect(score.false).toHaveLength(3);
  });

  it('counts a grey one neither as missed nor, when it is reported, as a hit or as false', () => {
    const grey = { ...fast(5), grey: true as const };
    expect(match([grey], [])).toEqual({ hits: [], missed: [], false: [] });
    expect(match([grey], [fast(5.5)])).toEqual({ hits: [], missed: [], false: [] });
  });
});
