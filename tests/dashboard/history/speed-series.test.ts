import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgedSpeeds, judgingOf, peaksOf, speedsOf } from '../../../src/dashboard/history/speed-series.ts';
import { seriesOf } from '../../../src/sessions/library/series.ts';
import { runOf, CONFIG } from '../../sessions/export/exports.ts';
import { simulated } from '../../sessions/simulated.ts';

const JUDGING = { windowS: 3, minContactS: 2, lostS: 1 };
const steady = (count: number, speed: number, contact = true) => ({
  stepS: 0.1,
  speedCmS: Array.from({ length: count }, (_, index) => (index % 20 < 10 ? speed : -speed)),
  contact: Array.from({ length: count }, () => contact),
});
const joined = (...parts: ReturnType<typeof steady>[]) => ({
  stepS: 0.1,
  speedCmS: parts.flatMap(({ speedCmS }) => speedCmS),
  contact: parts.flatMap(({ contact }) => contact),
});

describe('what the limit judges', () => {
  it('is the mean of 3 s without a sign, from 2 s of contact on', () => {
    const judged = judgedSpeeds(joined(steady(30, 4), steady(30, 8)), JUDGING);
    expect(judged.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => null));
    expect([judged[19], judged[29], judged[44], judged[59]].map((value) => Number(value?.toFixed(6)))).toEqual([4, 4, 6, 8]);
  });

  it('bridges a short lift and begins afresh after a long one', () => {
    const short = judgedSpeeds(joined(steady(30, 4), steady(5, 0, false), steady(5, 4)), JUDGING);
    expect([short[32], short[35]]).toEqual([null, expect.closeTo(4, 6)]);
    const long = judgedSpeeds(joined(steady(30, 4), steady(15, 0, false), steady(25, 4)), JUDGING);
    expect([long[45], long[63], long[64]]).toEqual([null, null, expect.closeTo(4, 6)]);
  });

  it('is what a cue said of a real run, at its time', async () => {
    const run = runOf('s03', 55);
    const series = await seriesOf(simulated('s03', 55), CONFIG.coaching, 36_000);
    const judged = judgedSpeeds(series, judgingOf(run.summary.origin.config));
    const cues = run.cues.filter(({ kind }) => kind === 'too-fast');
    expect(cues.length).toBeGreaterThan(0);
    for (const { tS, value } of cues) {
      const at = judged[series.tS.findIndex((each) => Math.abs(each - tS) < 0.05)];
      expect(Math.abs((at ?? 0) - value)).toBeLessThan(0.05 * value);
    }
  });

  it('goes by the settings that were in force', () => {
    expect(judgingOf({ speedWindowS: 4, speedMinContactS: 1.5, speedLostS: 0.5 })).toEqual({ windowS: 4, minContactS: 1.5, lostS: 0.5 });
    expect(judgingOf({})).toEqual(JUDGING);
  });
});

const SPEED = fc.option(fc.integer({ min: 0, max: 99 }));

describe('a line for so many pixels', () => {
  it('has no sign, and is broken where there is no contact', () => {
    expect(speedsOf({ stepS: 0.1, speedCmS: [-2, 3, 4], contact: [true, false, true] })).toEqual([2, null, 4]);
  });

  it('hides no peak and is no longer than it has room', () =>
    fc.assert(
      fc.property(fc.array(SPEED, { minLength: 1 }), fc.integer({ min: 1, max: 60 }), (values, room) => {
        const peaks = peaksOf(values, room);
        expect(peaks.length).toBeLessThanOrEqual(room);
        const highest = (line: readonly (number | null)[]): number => Math.max(-1, ...line.map((value) => value ?? -1));
        expect(highest(peaks)).toBe(highest(values));
        if (room >= values.length) expect(peaks).toEqual(values);
      }),
    ));
});
