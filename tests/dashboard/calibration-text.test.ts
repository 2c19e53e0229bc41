import { describe, expect, it } from 'vitest';
import { CALIBRATION_REFUSALS, CALIBRATION_STEPS, FAULT_EFFECTS, SENSOR_FAULTS, type CalibrationRefusal } from '../../src/guide/calibration-words.ts';
import { keptText, newsText, stepsFor, valueText } from '../../src/dashboard/sheets/calibration-text.ts';
import { faultNote, faultSentences } from '../../src/dashboard/view/fault-text.ts';
import type { CalibrationMessage } from '../../src/server/wire.ts';
import { LIMITS, snapshot } from './snapshot.ts';

const news = (parts: Partial<CalibrationMessage>): CalibrationMessage =>
  ({ type: 'calibration', step: 'distance', phase: 'measuring', progress: 0, value: null, unusual: false, reason: null, ...parts });

describe('steps', () => {
  const counting = { ...LIMITS, forcePctBw: null, pressureKpa: null };
  it.each([
    [{ tool: 'roller', hasPressure: true }, LIMITS, ['tare', 'weight', 'distance']],
    [{ tool: 'roller', hasPressure: true }, { ...LIMITS, forcePctBw: null }, ['tare', 'weight', 'distance']],
    [{ tool: 'roller', hasPressure: true }, counting, ['tare', 'distance', 'comfort']],
    [{ tool: 'roller', hasPressure: false }, LIMITS, ['distance']],
    [{ tool: 'ball', hasPressure: true }, LIMITS, ['tare', 'weight']],
    [{ tool: 'stick', hasPressure: false }, LIMITS, []],
  ] as const)('%o', (roller, limits, steps) => expect(stepsFor(roller, limits)).toEqual(steps));

  it('say what to do in one sentence or two, and what to do next in a few words', () => {
    for (const { what, waiting, going } of Object.values(CALIBRATION_STEPS)) {
      expect(what).toMatch(/^[A-Z].*\.$/);
      for (const short of [waiting, going]) expect(short.length).toBeLessThanOrEqual(44);
    }
  });
});

describe('how a step stands', () => {
  it('with units, of the person', () => {
    expect(valueText('distance', 7.061, 'cm')).toBe('effective radius 7.06 cm');
    expect(valueText('distance', 7.061, 'in')).toBe('effective radius 2.78 in');
    expect(newsText(news({ step: 'weight', phase: 'done', value: 0.914 }), 'cm')).toBe('Done: factor 0.91 on the force.');
    expect(newsText(news({ step: 'comfort', phase: 'done', value: 411 }), 'cm')).toBe('Done.');
  });

  it.each(Object.keys(CALIBRATION_REFUSALS) as CalibrationRefusal[])('%s: refused with its reason, and nothing changed', (reason) => {
    const text = newsText(news({ phase: 'refused', reason }), 'cm');
    expect(text).toBe(`${CALIBRATION_REFUSALS[reason]}. Nothing was changed.`);
  });

  it('what is kept, and since when', () => {
    const kept = { comfort: { value: 411, sinceUtc: '2026-05-03T12:30:00.000Z' }, distance: { value: 7.1, sinceUtc: '2025-12-24T12:30:00.000Z' } };
    expect(keptText('comfort', kept, 'cm')).toBe('Kept: your comfortable maximum, since 3 May 2026');
    expect(keptText('distance', kept, 'cm')).toBe('Kept: effective radius 7.10 cm, since 24 December 2025');
    expect(keptText('weight', kept, 'cm')).toBeNull();
    expect(keptText('weight', undefined, 'cm')).toBeNull();
  });
});

describe('faults of the sensors', () => {
  const cells = { hasPressure: true };

  it('each has a word or two beside the number, and a sentence of what it means', () => {
    for (const kind of Object.keys(SENSOR_FAULTS) as (keyof typeof SENSOR_FAULTS)[]) {
      expect(FAULT_EFFECTS[kind].short.length, kind).toBeLessThanOrEqual(16);
      expect(FAULT_EFFECTS[kind].coaching, kind).toMatch(/^Pressure .*\.$/);
    }
  });

  it('name the cells, and come all', () => {
    const faulty = snapshot({ sensorFaults: [{ kind: 'stuck', cells: [2, 5] }, { kind: 'implausible-force', cells: [] }] });
    expect(faultSentences(faulty, cells)).toEqual([
      'Cell 2, 5: does not change while the roller turns, and is left out. Pressure is judged by the other cells.',
      'More force than a body has: check your weight, or calibrate the roller. Pressure is not judged meanwhile: trust what you feel.',
    ]);
    expect(faultNote(faulty, cells), 'what makes the number worth least').toBe('not judged');
  });

  it('where no cell can be read, that is said; a roller without cells has no fault', () => {
    const blind = snapshot({ contactAssumed: true });
    expect(faultNote(blind, cells)).toBe('not judged');
    expect(faultSentences(blind, cells)).toHaveLength(1);
    expect(faultSentences(blind, { hasPressure: false })).toEqual([]);
    expect(faultNote(snapshot(), cells)).toBeNull();
  });
});
