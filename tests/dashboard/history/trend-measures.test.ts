import { describe, expect, it } from 'vitest';
import { lineAt, lineWords, pointsOf, TREND_MEASURES, type Line } from '../../../src/dashboard/history/trend-measures.ts';
import { lineThrough } from '../../../src/sessions/summary/line.ts';

const [TIME, SPEED] = TREND_MEASURES as [(typeof TREND_MEASURES)[number], (typeof TREND_MEASURES)[number]];
const line = (perWeek: number, isClear: boolean): Line => ({ perWeek, points: 6, isClear });

describe('the words of a trend', () => {
  it('promise nothing of few weeks', () => {
    expect(lineWords(null, 0, TIME, 'cm')).toBe('nothing known yet');
    expect(lineWords(null, 1, TIME, 'cm')).toBe('1 week with data: too few for a trend');
    expect(lineWords(null, 3, TIME, 'cm')).toBe('3 weeks with data: too few for a trend');
  });

  it('name a change only where it stands out, in the unit that is shown', () => {
    expect(lineWords(line(60, false), 6, TIME, 'cm')).toBe('no clear change over 6 weeks');
    expect(lineWords(line(60, true), 6, TIME, 'cm')).toBe('up 1.00 min a week over 6 weeks');
    expect(lineWords(line(-2.54, true), 6, SPEED, 'in')).toBe('down 1.00 in/s a week over 6 weeks');
    const units = TREND_MEASURES.map((measure) => lineWords(line(-4, true), 6, measure, 'cm'));
    expect(units.filter((words) => !/^down \d\S* \S.* a week over 6 weeks$/.test(words)), 'each has a unit').toEqual([]);
    expect(lineWords(line(0.001, true), 6, SPEED, 'cm')).toBe('no clear change over 6 weeks');
  });
});

describe('the line', () => {
  it('lies so that half of the weeks are above it', () => {
    const figures = [10, 12, null, 13, 40, 18].map((value) => (value === null ? null : { value, sessions: 1 }));
    const points = pointsOf(figures);
    expect(points.map(([week]) => week)).toEqual([0, 1, 3, 4, 5]);
    const found = lineThrough(points);
    if (found === null) throw new Error('five weeks bear a line');
    const at = lineAt(found, points);
    const above = points.filter(([week, value]) => value > at(week) + 1e-9).length;
    const below = points.filter(([week, value]) => value < at(week) - 1e-9).length;
    expect(above).toBe(below);
    expect(at(1) - at(0)).toBeCloseTo(found.perWeek, 9);
  });
});
