import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stepCoaching, summarize, viewCoaching } from '../../src/coaching/coaching.ts';
import { count, createHistogram, meanCounted, quantile } from '../../src/coaching/record/histogram.ts';
import { addToPath, coverageOf, createPath, isUneven, viewPath } from '../../src/coaching/record/path.ts';
import { Coach, newtons, stroke, strokes } from './coach.ts';

describe('summary', () => {
  it('of a good minute on the quadriceps', () => {
    const coach = new Coach().roll({ forS: 61, speedCmS: strokes(38, 2.5), pctBw: 32, kpa: 40 }).say({ type: 'stop' });
    const [group, ...others] = summarize(coach.state).groups;
    expect(others).toEqual([]);
    expect(group).toMatchObject({ group: 'quadriceps', side: 'left', dose: 'in-range', sets: 1, uneven: false, speed: { tooFastS: 0 } });
    expect(group?.activeS).toBeCloseTo(61, 6);
    expect(group?.speed.meanCmS).toBeCloseTo(2.5, 6);
    expect(group?.speed.p95CmS).toBeCloseTo(2.5, 0);
    expect(group?.longestDwellS).toBeLessThanOrEqual(5);
    expect(group?.load?.meanPctBw).toBeCloseTo(32, 6);
    expect(group?.load?.meanN).toBeCloseTo(newtons(32), 6);
    expect(group?.load?.meanKpa).toBeCloseTo(40, 6);
    expect(Math.abs((group?.load?.p95N ?? 0) - newtons(32))).toBeLessThan(5);
    expect(group?.load?.p95N).toBeLessThanOrEqual(group!.load!.peakN!);
    expect(group?.load?.p95Kpa).toBeLessThanOrEqual(group!.load!.peakKpa!);
  });

  it('counts time too fast, time over the load and the longest stay', () => {
    const coach = new Coach().roll({ forS: 10, speedCmS: strokes(38, 20) }, { forS: 12, pctBw: 65 });
    const [group] = summarize(coach.state).groups;
    // Speed is known from 2.0 s on, and the 3 s mean is over 14 for the first 8 ticks of the hold: 81 + 8.
    expect(group?.speed.tooFastS).toBeCloseTo(8.9, 6);
    expect(group?.load?.overS).toBeCloseTo(12, 6);
    expect(group?.longestDwellS).toBeGreaterThan(11.9);
    expect(group?.longestDwellS).toBeLessThan(12.4);
  });

  it('knows no load without cells, and no %BW without a mass', () => {
    expect(summarize(new Coach().roll({ forS: 5, pctBw: null, kpa: null }).state).groups[0]?.load).toBeNull();
    const load = summarize(new Coach({ massKg: null }).roll({ forS: 5, kpa: 40 }).state).groups[0]?.load;
    expect(load).toMatchObject({ meanPctBw: null, p95PctBw: null });
    expect(load?.meanKpa).toBeCloseTo(40, 9);
  });

  it('leaves out groups that were only chosen', () => {
    const coach = new Coach({ group: 'lats' }).roll({ forS: 1, contact: false }).say({ type: 'select', group: 'adductors', side: 'both' }).roll({ forS: 2 });
    expect(summarize(coach.state).groups.map(({ group }) => group)).toEqual(['adductors']);
  });

  it('tells coverage once strokes have been seen both ways', () => {
    const coach = new Coach({ group: 'adductors' }).roll({ forS: 20, speedCmS: strokes(22, 2.5) });
    const strokeTick = (lengthCm: number): void => {
      const tick = coach.state.lastTick;
      if (tick !== null) stepCoaching(coach.state, { type: 'tick', tick: { ...tick, tS: tick.tS + 0.1, strokes: [stroke(lengthCm)] } });
    };
    strokeTick(22);
    expect(summarize(coach.state).groups[0]?.coverage).toBeNull();
    strokeTick(-22);
    expect(summarize(coach.state).groups[0]).toMatchObject({ strokes: 2 });
    expect(summarize(coach.state).groups[0]?.coverage).toBeGreaterThan(0.9);
    expect(viewCoaching(coach.state).path.coverage).toBeGreaterThan(0.9);
  });
});

const limits = (coach: Coach) => viewCoaching(coach.state).limits;

describe('view', () => {
  it('tells the limits that hold now', () => {
    expect(limits(new Coach({ group: 'piriformis' }))).toEqual({
      greenCmS: [1, 5],
      warnCmS: 6,
      strongCmS: 12,
      areaWindowCm: 5,
      dwellHintS: 20,
      dwellWarnS: 30,
      doseMinS: 30,
      doseGoalS: 60,
      doseMaxS: 90,
      forcePctBw: 75,
      pressureKpa: null,
      loadPctComfort: null,
    });
    expect(limits(new Coach({ group: 'lats', massKg: null }))).toMatchObject({ dwellHintS: null, dwellWarnS: null, forcePctBw: null, pressureKpa: 75 });
  });

  it('tells what is active, since when, and how things stand', () => {
    const coach = new Coach().roll({ forS: 21, pctBw: 40 });
    expect(viewCoaching(coach.state)).toMatchObject({ group: 'quadriceps', side: 'left', session: 'running', cue: null, relieved: false, massKg: 75 });
    expect(viewCoaching(coach.state).active).toMatchObject([{ kind: 'too-long', level: 0, limit: 20 }]);
    expect(viewCoaching(coach.state).dwellS).toBeCloseTo(21, 6);
    expect(viewCoaching(coach.state).forcePctBw).toBeCloseTo(40, 6);
  });

  it('shows where the roller has been, by centimetre', () => {
    const coach = new Coach().roll({ forS: 2, speedCmS: -3 }, { forS: 1 });
    const { fromCm, secondsPerCm } = viewCoaching(coach.state).path;
    expect(fromCm).toBe(-6);
    expect(secondsPerCm).toHaveLength(6);
    expect(secondsPerCm.reduce((sum, seconds) => sum + seconds, 0)).toBeCloseTo(3, 6);
  });
});

describe('path', () => {
  it('covers a place that was under the patch for 2 s', () => {
    const path = createPath();
    for (let cm = 0; cm < 10; cm++) addToPath(path, cm + 0.5, 0.5);
    // The outer two centimetres at each end have seen only three or four bins' worth: 1.5 and 2 s.
    expect(coverageOf(path, 10)).toBeCloseTo(0.8, 9);
    expect(coverageOf(path, 4)).toBe(1);
  });

  it('is uneven when one place had more than four times its share, and more than 30 s', () => {
    const path = createPath();
    for (let cm = 0; cm < 30; cm++) addToPath(path, cm, 1);
    addToPath(path, 10, 20);
    expect(isUneven(path)).toBe(false);
    addToPath(path, 10, 10);
    expect(isUneven(path)).toBe(true);
  });

  it('keeps its size wherever the position runs', () => {
    const path = createPath();
    for (const cm of [-1e6, 1e6, 0]) addToPath(path, cm, 1);
    expect(viewPath(path).secondsPerCm.reduce((sum, seconds) => sum + seconds, 0)).toBe(3);
    expect(viewPath(createPath())).toEqual({ fromCm: 0, secondsPerCm: [] });
  });
});

describe('histogram', () => {
  it('gives mean and quantile as the sorted values would, within a bin', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 59, noNaN: true }), { minLength: 20, maxLength: 200 }), (values) => {
        const histogram = createHistogram(0.1, 60);
        for (const value of values) count(histogram, value);
        const sorted = [...values].sort((a, b) => a - b);
        expect(meanCounted(histogram)).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 9);
        const exact = sorted[Math.ceil(0.95 * values.length) - 1] as number;
        expect(Math.abs((quantile(histogram, 0.95) as number) - exact)).toBeLessThanOrEqual(0.1 + 1e-9);
      }),
    );
  });

  it('says nothing of nothing, and holds what lies beyond its end', () => {
    const histogram = createHistogram(1, 10);
    expect([meanCounted(histogram), quantile(histogram, 0.95)]).toEqual([null, null]);
    count(histogram, 1e9);
    expect(quantile(histogram, 0.95)).toBeGreaterThanOrEqual(10);
  });
});
