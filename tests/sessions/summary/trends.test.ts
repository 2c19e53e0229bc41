import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import { lineThrough } from '../../../src/sessions/summary/line.ts';
import { summarizeRecording } from '../../../src/sessions/summary/summarize.ts';
import type { RolledGroup, SessionSummaryRecord } from '../../../src/sessions/summary/summary.ts';
import { trends, trendsOf } from '../../../src/sessions/summary/trends.ts';
import { dateText, daysIn, mondayOf } from '../../../src/sessions/summary/weeks.ts';
import { simulated } from '../simulated.ts';

const BASE = summarizeRecording(simulated('s01', 40), { coaching: defaultCoachingConfig, overrides: {} });
const [ROLLED] = BASE.groups as [RolledGroup];
/** A Wednesday. */
const NOW = Date.UTC(2025, 5, 18, 12);
const DAY = 86_400_000;

type Rolled = Partial<Omit<RolledGroup, 'speed' | 'pain'>> & { readonly speed?: Partial<RolledGroup['speed']>; readonly pain?: Partial<RolledGroup['pain']> };

/** A session so many days ago. */
const session = (daysAgo: number, ...groups: Rolled[]): SessionSummaryRecord => ({
  ...BASE,
  groups: groups.map((part) => ({ ...ROLLED, ...part, speed: { ...ROLLED.speed, ...part.speed }, pain: { ...ROLLED.pain, ...part.pain } })),
  plan: { ...BASE.plan, activeS: groups.reduce((sum, { activeS = ROLLED.activeS }) => sum + activeS, 0) },
  origin: { ...BASE.origin, startUtc: new Date(NOW - daysAgo * DAY).toISOString() },
});

const of = (summaries: readonly SessionSummaryRecord[], weeks = 8) => trendsOf(summaries, { weeks, nowUtcMs: NOW });

describe('trends', () => {
  it('go by week, from Monday, the empty ones too; what is older or to come is left out', () => {
    const told = of([session(0, { activeS: 60 }), session(2, { activeS: 40 }), session(3, { activeS: 30 }), session(60, {}), session(-7, {})], 4);
    expect(told.weeks).toEqual([
      { from: '2025-05-26', sessions: 0, activeS: 0 },
      { from: '2025-06-02', sessions: 0, activeS: 0 },
      { from: '2025-06-09', sessions: 1, activeS: 30 },
      { from: '2025-06-16', sessions: 2, activeS: 100 },
    ]);
    expect(trends.parse(JSON.parse(JSON.stringify(told)))).toEqual(told);
    expect(of([])).toMatchObject({ groups: [], weeks: { length: 8 } });
  });

  it('leave simulated sessions out as soon as there are others', () => {
    const rolled = session(0, { activeS: 60 });
    const real = { ...rolled, origin: { ...rolled.origin, source: 'live' as const } };
    expect(of([rolled, rolled], 1).weeks[0]).toMatchObject({ sessions: 2, activeS: 120 });
    expect(of([rolled, real], 1).weeks[0]).toMatchObject({ sessions: 1, activeS: 60 });
  });

  it('weigh by time: a minute counts twice as much as half of one', () => {
    const told = of([session(0, { activeS: 60, speed: { medianCmS: 3, greenPct: 90, tooFastTimes: 0 } }), session(1, { activeS: 30, speed: { medianCmS: 6, greenPct: 30, tooFastTimes: 3 } })], 1);
    expect(told.groups[0]?.weeks[0]).toMatchObject({
      activeS: { value: 90, sessions: 2 },
      speedMedianCmS: { value: 4, sessions: 2 },
      greenPct: { value: 70, sessions: 2 },
      tooFastPer10Min: { value: 20, sessions: 2 },
    });
  });

  it('say of how many sessions a figure is, and null where none said anything', () => {
    const told = of([session(0, { pain: { beforeNrs: 6, afterNrs: 4 } }), session(1, { pain: { beforeNrs: 3 } }), session(1, {})], 2);
    const [earlier, now] = told.groups[0]!.weeks;
    expect(now).toMatchObject({ painBeforeNrs: { value: 4.5, sessions: 2 }, painAfterNrs: { value: 4, sessions: 1 }, leftRightPct: null });
    expect(Object.values(earlier!)).toEqual(Object.values(earlier!).map(() => null));
    expect(told.groups[0]?.sessions).toBe(3);
  });

  it('compare left and right over the whole week, and take both sides together else', () => {
    const told = of([session(0, { side: 'left', activeS: 80 }), session(1, { side: 'right', activeS: 60 })], 1);
    expect(told.groups).toHaveLength(1);
    expect(told.groups[0]?.weeks[0]?.leftRightPct).toEqual({ value: 25, sessions: 2 });
    expect(told.groups[0]?.weeks[0]?.activeS?.value).toBe(140);
  });

  it('draw no line through three points, and call none clear through four', () => {
    const weekly = (count: number) => Array.from({ length: count }, (_, index) => session(7 * index, { speed: { medianCmS: 3 + index } }));
    expect(of(weekly(3)).groups[0]?.lines.speedMedianCmS).toBeNull();
    expect(of(weekly(4)).groups[0]?.lines.speedMedianCmS).toEqual({ perWeek: -1, points: 4, isClear: false });
    expect(of(weekly(6)).groups[0]?.lines.speedMedianCmS).toEqual({ perWeek: -1, points: 6, isClear: true });
    expect(of(weekly(6)).groups[0]?.lines.painBeforeNrs).toBeNull();
  });

  it('have weeks of the place where the person is', () => {
    // Sunday 23:30 UTC is Monday in Auckland.
    const sunday = { ...session(0, {}), origin: { ...BASE.origin, startUtc: '2025-06-15T23:30:00.000Z' } };
    const counts = (timeZone: string) => trendsOf([sunday], { weeks: 2, nowUtcMs: NOW, timeZone }).weeks.map(({ sessions }) => sessions);
    expect(counts('UTC')).toEqual([1, 0]);
    expect(counts('Pacific/Auckland')).toEqual([0, 1]);
    expect(() => counts('Nowhere/At_all')).toThrow(RangeError);
  });
});

describe('lines', () => {
  it('find the slope of a straight line, and are not moved by one odd week', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 10, noNaN: true }), fc.double({ min: -100, max: 100, noNaN: true }), fc.nat({ max: 7 }), (slope, odd, at) => {
        const points = Array.from({ length: 8 }, (_, week) => [week, slope * week + (week === at ? odd : 0)] as const);
        expect(Math.abs(lineThrough(points)!.perWeek - slope)).toBeLessThan(1e-6 + (odd === 0 ? 0 : Math.abs(odd)));
        expect(lineThrough(points.filter(([week]) => week !== at))!.perWeek).toBeCloseTo(slope, 6);
      }),
    );
  });

  it('are rarely clear in what is only scatter', () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 });
    const clear = fc.sample(values, { numRuns: 400, seed: 1 }).filter((sample) => lineThrough(sample.map((value, week) => [week, value] as const))!.isClear);
    expect(clear.length).toBeLessThan(40);
  });
});

describe('weeks', () => {
  it('begin on a Monday, on any day of any year', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 50_000 }), (day) => {
        const monday = mondayOf(day);
        expect(day - monday).toBeGreaterThanOrEqual(0);
        expect(day - monday).toBeLessThan(7);
        expect(new Date(dateText(monday)).getUTCDay()).toBe(1);
      }),
    );
    expect(dateText(daysIn('America/New_York')(Date.UTC(2025, 0, 1, 3)))).toBe('2024-12-31');
  });
});
