import { describe, expect, it } from 'vitest';
import { cueNumber } from '../../../src/dashboard/history/cue-text.ts';
import { loadText, MEASURES, painText, planWords } from '../../../src/dashboard/history/measures.ts';
import { qualityWords } from '../../../src/dashboard/history/quality-words.ts';
import { cueWord, CUE_LETTERS } from '../../../src/guide/cue-marks.ts';
import { runOf } from '../../sessions/export/exports.ts';

const { summary } = runOf('s03', 55);
const whole = { ...summary.quality, lost: 0, lostPct: 0, gaps: 0, decodeFaults: 0, sensorFaults: [], damage: null, contactAssumed: false };

describe('the data in words', () => {
  it('say how far they can be relied on', () => {
    expect(qualityWords(whole).word).toBe('Good');
    const fair = qualityWords({ ...whole, lost: 60, lostPct: 2.31 });
    expect([fair.word, fair.said[0]]).toEqual(['Fair', expect.stringContaining('2.3 % was lost')]);
    expect(qualityWords({ ...whole, lost: 900, lostPct: 30 }).word).toBe('Poor');
    expect(qualityWords({ ...whole, frames: 0 })).toEqual({ word: 'None', said: ['The roller sent nothing.'] });
  });

  it('name everything that was wrong', () => {
    const { said } = qualityWords({
      ...whole,
      gaps: 2,
      decodeFaults: 1,
      sensorFaults: [{ kind: 'stuck', cells: [3] }],
      contactAssumed: true,
      calibrated: { radius: true, force: false },
      damage: 'the last 0.4 s are missing',
    });
    const parts = ['2 interruptions', '1 message', 'Cell 3: does not change', 'taken for granted', ': force.', 'The last 0.4 s are'];
    for (const part of parts) expect(said.join(' ')).toContain(part);
    expect(qualityWords({ ...whole, calibrated: { radius: true, force: true } }).said.join(' ')).toContain('was calibrated');
  });
});

describe('a session in words', () => {
  it('what was done of the plan', () => {
    const [item] = summary.plan.items;
    expect(item?.dose).toBe('in-range');
    expect(planWords(summary)).toMatch(/^1 of 1 chosen got enough \(30 to 90 s each, 60 s as the goal\)\. \d+ s in contact in all\.$/);
    const more = planWords({ ...summary, plan: { ...summary.plan, items: [{ ...item!, dose: 'over' }] } });
    expect(more).toContain('1 of 1 chosen got enough, 1 of them more (30 to');
    expect(planWords({ ...summary, plan: { ...summary.plan, items: [] } })).toContain('nothing was rolled');
  });

  it('each measure of a real run has a text, in either unit', () => {
    const [rolled] = summary.groups;
    if (rolled === undefined) throw new Error('something was rolled');
    const texts = MEASURES.map(({ of }) => of(rolled, 'cm'));
    expect(texts.filter((text) => text === '' || /NaN|undefined|null/.test(text))).toEqual([]);
    const speed = MEASURES.find(({ label }) => label === 'Speed')!;
    expect(Number.parseFloat(speed.of(rolled, 'cm'))).toBeCloseTo(2.54 * Number.parseFloat(speed.of(rolled, 'in')), 0);
    expect(MEASURES.find(({ label }) => label === 'Too fast')?.flags?.(rolled)).toBe(true);
  });

  it('load is told by the best that is known', () => {
    const unknownN = { meanN: null, p95N: null, peakN: null };
    const unknownPctBw = { meanPctBw: null, p95PctBw: null, peakPctBw: null };
    const none = { ...unknownN, ...unknownPctBw, meanKpa: null, p95Kpa: null, peakKpa: null, overS: 0 };
    expect([null, none].map(loadText)).toEqual(['\u2013', '\u2013']);
    expect(loadText({ ...none, meanKpa: 12, peakKpa: 30 })).toBe('12 / 30 kPa');
    expect(loadText({ ...none, meanKpa: 12, peakKpa: 30, meanN: 200, peakN: 400 })).toBe('200 / 400 N');
    expect(loadText({ ...none, meanN: 200, peakN: 400, meanPctBw: 28, peakPctBw: 57 })).toBe('28 / 57 % of weight');
  });

  it('pain that nobody asked for is not zero', () => {
    expect(painText({ beforeNrs: null, worstNrs: null, afterNrs: null, reports: 0 })).toBe('not reported');
    expect(painText({ beforeNrs: 0, worstNrs: 6, afterNrs: null, reports: 2 })).toBe('0 / 6 / \u2013');
  });
});

describe('a cue in words', () => {
  it('each kind has a word and a letter of its own', () => {
    const kinds = Object.keys(CUE_LETTERS) as (keyof typeof CUE_LETTERS)[];
    expect(new Set(Object.values(CUE_LETTERS)).size).toBe(kinds.length);
    expect(new Set(kinds.map(cueWord)).size).toBe(kinds.length);
  });

  it('its number has a unit, or is not told', () => {
    expect(cueNumber({ kind: 'too-fast', value: 20, unit: 'cm/s' }, 'cm')).toBe('20.0 cm/s');
    expect(cueNumber({ kind: 'too-fast', value: 20, unit: 'strokes/min' }, 'cm')).toBe('20 strokes a minute');
    expect(cueNumber({ kind: 'over-pressure', value: 70, unit: '% BW' }, 'cm')).toBe('70 % of body weight');
    expect(cueNumber({ kind: 'over-pressure', value: 7, unit: 'NRS' }, 'cm')).toBe('pain 7');
    expect(cueNumber({ kind: 'too-long', value: 31, unit: null }, 'cm')).toBe('31 s');
    expect(cueNumber({ kind: 'over-pressure', value: 70, unit: null }, 'cm')).toBeNull();
  });
});
