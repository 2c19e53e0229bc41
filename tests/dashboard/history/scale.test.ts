import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTicks, linear, lineOf, roundTicks } from '../../../src/dashboard/history/scale.ts';

const SPAN = fc.double({ min: 0.001, max: 5000, noNaN: true });

describe('an axis', () => {
  it('goes from end to end, either way round, and has a place for a range that is none', () => {
    const y = linear([0, 10], [200, 20]);
    expect([y(0), y(10), y(5)]).toEqual([200, 20, 110]);
    expect(linear([3, 3], [0, 100])(3)).toBe(0);
  });

  it('has ticks at round numbers', () => {
    expect(roundTicks([0, 15.1], 5)).toEqual([0, 5, 10, 15]);
    expect(roundTicks([-50, 72], 4)).toEqual([-50, 0, 50]);
    expect(roundTicks([0, 0], 4)).toEqual([0]);
    expect(clockTicks(69, 8)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(clockTicks(3600, 6)).toEqual([0, 600, 1200, 1800, 2400, 3000, 3600]);
  });

  it('never has more ticks than fit, and none outside', () =>
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), SPAN, fc.integer({ min: 1, max: 9 }), (from, span, most) => {
        const ticks = roundTicks([from, from + span], most);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        for (const tick of ticks) expect(tick > from - span * 1e-6 && tick < from + span * (1 + 1e-6)).toBe(true);
      }),
    ));
});

it('a line is broken where nothing is known', () => {
  expect(lineOf([[0, 1], [1, 2], [2, null], [3, 4], [4, 5]])).toBe('M0 1L1 2M3 4L4 5');
  expect(lineOf([[0, null]])).toBe('');
});
