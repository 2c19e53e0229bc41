import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinned } from '../../../src/sessions/library/series.ts';

const tick = fc.record({
  speedCmS: fc.integer({ min: -50, max: 50 }),
  positionCm: fc.integer({ min: -40, max: 40 }),
  contact: fc.boolean(),
  forceN: fc.option(fc.integer({ min: 0, max: 900 })),
});
const ticksOf = (values: readonly (typeof tick extends fc.Arbitrary<infer T> ? T : never)[]) => values.map((value, i) => ({ ...value, tS: (i + 1) / 10 }));

describe('a thinned series', () => {
  it('tells each stretch by its fastest speed, its last position, any contact and its greatest force', () => {
    const ticks = ticksOf([
      { speedCmS: 1, positionCm: 0, contact: false, forceN: null },
      { speedCmS: -9, positionCm: 1, contact: true, forceN: 7 },
      { speedCmS: 8, positionCm: 2, contact: false, forceN: 5 },
      { speedCmS: -1, positionCm: 3, contact: false, forceN: null },
    ]);
    expect(thinned(ticks, 2)).toEqual({ stepS: 0.2, tS: [0.2, 0.4], speedCmS: [-9, 8], positionCm: [1, 3], contact: [true, false], forceN: [7, 5] });
    expect(thinned(ticks, 1)).toEqual({ stepS: 0.4, tS: [0.4], speedCmS: [-9], positionCm: [3], contact: [true], forceN: [7] });
    expect(thinned([], 10)).toEqual({ stepS: 0.1, tS: [], speedCmS: [], positionCm: [], contact: [], forceN: [] });
  });

  it('has at most as many points as are asked for, ends where the session does, and hides no peak', () =>
    fc.assert(
      fc.property(fc.array(tick, { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 250 }), (values, most) => {
        const ticks = ticksOf(values);
        const { stepS, ...columns } = thinned(ticks, most);
        const lengths = Object.values(columns).map(({ length }) => length);
        expect(new Set(lengths).size).toBe(1);
        expect(lengths[0]).toBeLessThanOrEqual(most);
        expect(columns.tS.at(-1)).toBe(ticks.at(-1)!.tS);
        const fastest = (speeds: readonly number[]): number => Math.max(...speeds.map(Math.abs));
        expect(fastest(columns.speedCmS)).toBe(fastest(ticks.map(({ speedCmS }) => speedCmS)));
        if (most >= ticks.length) expect([stepS, columns.speedCmS]).toEqual([0.1, ticks.map(({ speedCmS }) => speedCmS)]);
      }),
    ));
});
