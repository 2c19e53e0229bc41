import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comfortProgress, createComfort, stepComfort } from '../../src/motion/calibration-comfort.ts';
import type { CalibrationEvent, CalibrationSample } from '../../src/motion/calibration-step.ts';

type Part = Partial<CalibrationSample> & { readonly forS: number };

/** Ten samples a second; what is not said is a hand that rests on the roller. */
function measure(...parts: readonly Part[]): CalibrationEvent | null {
  const state = createComfort();
  let tick = 0;
  for (const { forS, ...sample } of parts) {
    for (let i = 0; i < Math.round(forS * 10); i++) {
      const base = { contact: true, turnedRad: 0, forceN: null, relativeLoad: 100, saturated: false, disturbed: false };
      const event = stepComfort(state, { ...base, ...sample, tS: ++tick / 10 });
      if (event !== null) return event;
    }
  }
  return null;
}

describe('what is comfortable', () => {
  it('is the hardest 2 s of ten', () => {
    expect(measure({ forS: 4, relativeLoad: 300 }, { forS: 2, relativeLoad: 400 }, { forS: 4, relativeLoad: 350 })).toEqual({ type: 'done', value: 400, unusual: false });
    expect(measure({ forS: 9, relativeLoad: 300 }, { forS: 1, relativeLoad: 400 })).toEqual({ type: 'done', value: 350, unusual: false });
  });

  it('is unusual where one moment was far harder than the rest', () => {
    expect(measure({ forS: 7, relativeLoad: 100 }, { forS: 2, relativeLoad: 900 }, { forS: 1, relativeLoad: 100 })).toMatchObject({ value: 900, unusual: true });
  });

  it('takes ten seconds in one go, and a minute at most', () => {
    expect(measure({ forS: 9.9 })).toBeNull();
    expect(measure({ forS: 9, relativeLoad: 900 }, { forS: 0.5, contact: false }, { forS: 10, relativeLoad: 200 })).toMatchObject({ value: 200 });
    expect(measure({ forS: 55, contact: false }, { forS: 6 })).toEqual({ type: 'refused', reason: 'lifted', value: null });
    expect(measure({ forS: 61, contact: false })).toEqual({ type: 'refused', reason: 'nobody', value: null });
  });

  it('is not measured while the motor shakes, nor by cells at their end, nor by nothing', () => {
    expect(measure({ forS: 5 }, { forS: 3, disturbed: true, relativeLoad: 900 }, { forS: 5 })).toMatchObject({ value: 100 });
    expect(measure({ forS: 10, saturated: true })).toMatchObject({ type: 'refused', reason: 'saturated' });
    expect(measure({ forS: 12, relativeLoad: 0 })).toMatchObject({ type: 'refused', reason: 'implausible' });
  });

  it('lies between the mean and the highest, and its progress between 0 and 1', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0.5, max: 5000, noNaN: true }), { minLength: 100, maxLength: 100 }), (loads) => {
      const event = measure(...loads.map((relativeLoad) => ({ forS: 0.1, relativeLoad })));
      const value = event?.value ?? Number.NaN;
      expect(value).toBeGreaterThanOrEqual(loads.reduce((sum, load) => sum + load, 0) / 100 - 1e-6);
      expect(value).toBeLessThanOrEqual(Math.max(...loads) + 1e-6);
    }));
    const state = createComfort();
    stepComfort(state, { tS: 0.1, contact: true, turnedRad: 0, forceN: null, relativeLoad: 5, saturated: false, disturbed: false });
    expect(comfortProgress(structuredClone(state))).toBeCloseTo(0.01, 9);
  });
});
