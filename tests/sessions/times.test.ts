import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isGap, sampleTimes } from '../../src/sessions/import/times.ts';
import { lehmer } from './log-maker.ts';

const even = (count: number, periodS: number): number[] => Array.from({ length: count }, (_, row) => row * periodS);

/** When rows arrive that are sent in bursts of `burst`, each burst up to `jitterS` late. */
function inBursts(sampledS: readonly number[], burst: number, jitterS: number, seed = 1): Float64Array {
  const random = lehmer(seed);
  let arrivedS = -Infinity;
  let delayS = 0;
  return Float64Array.from(sampledS, (_, row) => {
    const lastOfBurst = sampledS[Math.min(sampledS.length - 1, row - (row % burst) + burst - 1)]!;
    if (row % burst === 0) delayS = jitterS * random() ** 2;
    arrivedS = Math.max(arrivedS + 0.001, lastOfBurst + delayS);
    return arrivedS;
  });
}

describe('sample times', () => {
  test('of an even log are its own, whatever its rate', () => {
    for (const rateHz of [10, 100, 285.714, 1000]) {
      const logged = Float64Array.from(even(500, 1 / rateHz));
      const times = sampleTimes(logged);
      expect(times.logged).toBe('sample');
      expect(1 / times.periodS).toBeCloseTo(rateHz, 6);
      expect(times.timeS).toEqual(logged);
    }
  });

  test('rounded to milliseconds still give a rate that is not whole', () => {
    const times = sampleTimes(Float64Array.from(even(2000, 1 / 285.714), (timeS) => Math.round(timeS * 1000) / 1000));
    expect(times.logged).toBe('sample');
    expect(1 / times.periodS).toBeCloseTo(285.714, 0);
  });

  test('that skip rows have gaps there and only there, and the rate of the rest', () => {
    const kept = even(1000, 0.01).filter((_, row) => row < 300 || (row >= 302 && row < 700) || row >= 850);
    const times = sampleTimes(Float64Array.from(kept));
    expect(times.periodS).toBeCloseTo(0.01, 9);
    expect(kept.map((_, row) => row).filter((row) => isGap(times, row))).toEqual([300, 698]);
  });

  test('are fitted under arrival times that come in bursts, to within 1 % of rate and a sample in time', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 30 }),
        fc.double({ min: 0, max: 0.2, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (burst, jitterS, seed) => {
          const sampledS = even(3000, 0.01);
          const times = sampleTimes(inBursts(sampledS, burst, jitterS, seed));
          expect(times.logged).toBe('arrival');
          expect(Math.abs(times.periodS / 0.01 - 1)).toBeLessThan(0.01);
          const errors = sampledS.map((timeS, row) => times.timeS[row]! - timeS);
          expect(Math.max(...errors) - Math.min(...errors)).toBeLessThan(0.03);
        },
      ),
      { seed: 4, numRuns: 50 },
    );
  });

  test('are not pulled away by a stall whose rows come late, all at once', () => {
    const sampledS = even(3000, 0.01);
    const arrived = inBursts(sampledS, 10, 0.01).map((timeS, row) =>
      row >= 1000 && row < 1300 ? Math.max(timeS, 13 + row * 1e-5) : timeS,
    );
    const times = sampleTimes(arrived);
    expect(times.periodS).toBeCloseTo(0.01, 4);
    expect(sampledS.some((_, row) => isGap(times, row))).toBe(false);
  });

  test('keep time that was lost as a gap, and the rate', () => {
    const sampledS = [...even(400, 0.01), ...even(2600, 0.01).map((timeS) => timeS + 7)];
    const times = sampleTimes(inBursts(sampledS, 10, 0.02));
    expect(times.logged).toBe('arrival');
    expect(Math.abs(times.periodS / 0.01 - 1)).toBeLessThan(0.01);
    expect(sampledS.map((_, row) => row).filter((row) => isGap(times, row))).toEqual([400]);
    expect(times.timeS[400]! - times.timeS[399]!).toBeCloseTo(3.01, 1);
  });

  test('of an even log with a pause longer than itself are still right', () => {
    const logged = Float64Array.from([...even(500, 0.01), ...even(500, 0.01).map((timeS) => timeS + 60)]);
    const times = sampleTimes(logged);
    expect(times.periodS).toBeCloseTo(0.01, 6);
    times.timeS.forEach((timeS, row) => expect(timeS).toBeCloseTo(logged[row]!, 3));
  });

  test('are finite and in order for any increasing times', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-6, max: 10, noNaN: true }), { minLength: 10, maxLength: 80 }), (steps) => {
        let timeS = 0;
        const times = sampleTimes(Float64Array.from(steps, (step) => (timeS += step)));
        expect(times.periodS).toBeGreaterThan(0);
        expect(times.timeS.every((value, row) => Number.isFinite(value) && (row === 0 || value >= times.timeS[row - 1]!))).toBe(true);
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});
