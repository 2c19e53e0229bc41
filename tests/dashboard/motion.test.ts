import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBrisk, stepBrisk } from '../../src/dashboard/state/brisk.ts';
import { remember, SPAN_S, type SpeedHistory } from '../../src/dashboard/state/speed-history.ts';
import { aim, createGlide, valueAt } from '../../src/dashboard/view/glide.ts';
import { pathWindow, shareOfWindow, windowOf } from '../../src/dashboard/view/path-window.ts';
import { snapshot } from './snapshot.ts';

describe('the marker', () => {
  test('takes the first value at once, and glides to each next one without a jump', () => {
    const glide = createGlide();
    aim(glide, 3, 0);
    expect(valueAt(glide, 0)).toBe(3);
    for (let snapshotAt = 0; snapshotAt < 20; snapshotAt++) {
      aim(glide, 3 + snapshotAt, 50 * snapshotAt);
      for (let ms = 0; ms < 50; ms += 10) {
        const step = valueAt(glide, 50 * snapshotAt + ms + 10) - valueAt(glide, 50 * snapshotAt + ms);
        expect(step).toBeGreaterThanOrEqual(0);
        expect(step).toBeLessThan(0.3);
      }
    }
    expect(valueAt(glide, 5000)).toBe(22);
  });
});

describe('the hint of a brisk pace', () => {
  const run = (speedAt: (tS: number) => number, seconds: number): number[] => {
    const brisk = createBrisk();
    const onAtS: number[] = [];
    for (let step = 0; step <= 20 * seconds; step++) {
      if (stepBrisk(brisk, snapshot({ tS: step / 20, speedCmS: speedAt(step / 20) }))) onAtS.push(step / 20);
    }
    return onAtS;
  };

  test('is on 2 s after the pace left the green band, and off 2 s after it is back', () => {
    const on = run((tS) => (tS >= 3 && tS < 9 ? 8 : 3), 15);
    expect(on[0]).toBeCloseTo(5, 5);
    expect(on.at(-1)).toBeCloseTo(10.95, 5);
  });

  test('does not come and go with the strokes: half-sines of 4 s at a mean of 7.5 keep it on, at 2.5 off', () => {
    const halfSine = (meanCmS: number) => (tS: number) => meanCmS * (Math.PI / 2) * Math.abs(Math.sin((Math.PI * tS) / 4));
    const brisk = run(halfSine(7.5), 40);
    expect(brisk.length).toBe(20 * 40 + 1 - brisk[0]! * 20);
    expect(run(halfSine(2.5), 40)).toEqual([]);
  });

  test('ends at once when the person comes off the roller', () => {
    const brisk = createBrisk();
    for (let step = 0; step < 100; step++) stepBrisk(brisk, snapshot({ tS: step / 20, speedCmS: 9 }));
    expect(brisk.isBrisk).toBe(true);
    expect(stepBrisk(brisk, snapshot({ tS: 5, contact: false, speedCmS: null }))).toBe(false);
  });
});

describe('the strip of path', () => {
  test('is as long as the muscle, or as what was rolled where that is more, and always holds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 0, max: 80 }), fc.option(fc.integer({ min: 8, max: 45 })), (fromCm, lengthCm, expectedCm) => {
        const window = pathWindow({ fromCm, lengthCm }, expectedCm);
        expect(shareOfWindow(window, fromCm)).toBeGreaterThan(0);
        expect(shareOfWindow(window, fromCm + lengthCm)).toBeLessThan(1);
        expect((window.toCm - window.fromCm) / 1.12).toBeCloseTo(Math.max(lengthCm, expectedCm ?? 24), 6);
        // Nothing tells the two ends apart.
        expect(shareOfWindow(window, fromCm)).toBeCloseTo(1 - shareOfWindow(window, fromCm + lengthCm), 6);
      }),
    );
  });
});

test("the strip of path is as long as the person's own path once that is known", () => {
  const path = { fromCm: 0, secondsPerCm: Array.from({ length: 10 }, () => 1), coverage: null };
  const spanCm = (lengthCm: number | null): number => {
    const { fromCm, toCm } = windowOf(snapshot({ path: { ...path, lengthCm } }));
    return (toCm - fromCm) / 1.12;
  };
  expect(spanCm(null)).toBeCloseTo(38, 6);
  expect(spanCm(27.5)).toBeCloseTo(27.5, 6);
});

describe('the trace', () => {
  test('keeps ten points a second of the last 30 s, and begins anew with another session', () => {
    const history: SpeedHistory = { points: [] };
    for (let step = 0; step <= 20 * 100; step++) remember(history, { tS: step / 20, speedCmS: 2 });
    expect(history.points).toHaveLength(10 * SPAN_S + 1);
    expect(history.points[0]?.atS).toBeCloseTo(70, 6);
    remember(history, { tS: 0.5, speedCmS: 3 });
    expect(history.points).toEqual([{ atS: 0.5, cmS: 3 }]);
  });

  test('has no point where no speed is known', () => {
    const history: SpeedHistory = { points: [] };
    remember(history, { tS: 1, speedCmS: null });
    expect(history.points).toEqual([]);
  });
});
