import { describe, expect, it } from 'vitest';
import { createRandom } from '../../simulators/random.ts';

const starts = (seed: number, name: string): number[] => draws(8, createRandom(seed, name).next);
const draws = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('random', () => {
  it('is the same for the same seed and name, and another for any other', () => {
    expect(starts(1, 'a')).toEqual(starts(1, 'a'));
    const all = new Set([starts(1, 'a'), starts(2, 'a'), starts(1, 'b'), starts(11, 'a'), starts(-1, 'a'), starts(1e9, 'a')].map(String));
    expect(all.size).toBe(6);
  });

  it('has streams that do not shift each other', () => {
    const alone = draws(5, createRandom(3, 'imu').next);
    const other = createRandom(3, 'cells');
    const beside = createRandom(3, 'imu');
    expect(draws(5, () => (other.next(), beside.next()))).toEqual(alone);
  });

  it('is uniform, also over neighbouring seeds', () => {
    for (const values of [draws(20_000, createRandom(7, 'x').next), Array.from({ length: 20_000 }, (_, seed) => createRandom(seed, 'x').next())]) {
      const bins = Array.from({ length: 20 }, () => 0);
      for (const value of values) bins[Math.floor(value * 20)]!++;
      // Chi square with 19 degrees of freedom exceeds 43.8 once in a thousand.
      const chiSquare = bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
      expect(chiSquare).toBeLessThan(43.8);
    }
  });

  it('draws a bell curve with mean 0 and deviation 1, neighbours being independent', () => {
    const values = draws(40_000, createRandom(5, 'bell').gauss);
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(moment(1)).toBeCloseTo(0, 1.5);
    expect(moment(2)).toBeCloseTo(1, 1.5);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
    const neighbours = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0) / values.length;
    expect(Math.abs(neighbours)).toBeLessThan(0.02);
  });

  it('stays between the bounds', () => {
    const random = createRandom(1, 'bounds');
    const values = draws(1000, () => random.between(-3, 5));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...values)).toBeLessThan(5);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(7.9);
  });
});
