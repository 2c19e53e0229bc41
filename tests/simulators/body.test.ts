import { describe, expect, it } from 'vitest';
import { atRest, createBody, repeated, type Body, type BodyState } from '../../simulators/body/body.ts';
import { hold, idle, liftAndSpin, microRolls, rhythm, shove, strokes, type Segment } from '../../simulators/body/segment.ts';
import { SCENARIOS } from '../../simulators/scenarios/library.ts';

const MASS_KG = 80;
const bodyOf = (segments: readonly Segment[], liveliness = 0, seed = 1): Body => createBody({ segments, massKg: MASS_KG, seed, liveliness });

/** States from `fromS` to `toS` in steps. */
function states(body: Body, fromS: number, toS: number, stepS: number): BodyState[] {
  return Array.from({ length: Math.round((toS - fromS) / stepS) + 1 }, (_, i) => {
    const state = atRest();
    body.at(fromS + i * stepS, state);
    return state;
  });
}

const VARIED = [idle(1), strokes(6, 20, 8, 30, 0.25), rhythm(6, 20, 1.8, 30, 0.25), microRolls(4, 1, 2, 30), shove(3, 6), hold(2, 60), liftAndSpin(4, 30), idle(1)];

describe('the body', () => {
  it('has a speed that is the derivative of position, and an acceleration that is that of speed', () => {
    const body = bodyOf(VARIED, 1);
    const h = 1e-4;
    let worstSpeed = 0;
    let worstAcceleration = 0;
    for (const tS of Array.from({ length: 2000 }, (_, i) => 0.0137 * i + 0.00031)) {
      const [before, at, after] = states(body, tS - h, tS + h, h) as [BodyState, BodyState, BodyState];
      worstSpeed = Math.max(worstSpeed, Math.abs((after.xCm - before.xCm) / (2 * h) - at.vCmS));
      // Acceleration is smoothed over a millisecond.
      const [early, late] = states(body, tS - 0.001, tS + 0.001, 0.002) as [BodyState, BodyState];
      worstAcceleration = Math.max(worstAcceleration, Math.abs((late.vCmS - early.vCmS) / 0.002 - at.aCmS2));
    }
    expect(worstSpeed).toBeLessThan(0.01);
    expect(worstAcceleration).toBeLessThan(2);
  });

  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('never does in %s what a body cannot do', (_name, scenario) => {
    const { segments, bodyMassKg, liveliness } = scenario;
    const body = createBody({ segments, massKg: bodyMassKg, seed: 3, liveliness });
    const all = states(body, 0, body.durationS + 1, 0.01);
    const most = (valueOf: (at: BodyState, before: BodyState) => number): number => all.reduce((max, at, i) => Math.max(max, Math.abs(valueOf(at, all[i - 1] ?? at))), 0);
    const weightN = bodyMassKg * 9.81;
    expect(most(({ aCmS2 }) => aCmS2)).toBeLessThan(500); // half a g
    expect(most((at, before) => at.aCmS2 - before.aCmS2)).toBeLessThan(100); // in 10 ms
    expect(most((at, before) => at.vCmS - before.vCmS)).toBeLessThan(5);
    expect(most((at, before) => at.forceN - before.forceN)).toBeLessThan(0.06 * weightN);
    expect(most(({ forceN }) => forceN)).toBeLessThan(1.2 * weightN);
    expect(most(({ lift, forceN }) => (lift > 0 ? forceN : 0))).toBe(0);
  });

  it('rolls at the speed asked for, turning around within 0.3 s', () => {
    const all = states(bodyOf([idle(1), strokes(60, 38, 2.5, 30)]), 2, 60, 0.01);
    const turning = all.filter(({ vCmS }) => Math.abs(Math.abs(vCmS) - 2.5) > 1e-6).length * 0.01;
    const turns = all.filter(({ vCmS }, i) => i > 0 && Math.sign(vCmS) !== Math.sign(all[i - 1]!.vCmS)).length;
    expect(turns).toBe(3);
    expect(turning / turns).toBeLessThan(0.3);
    expect(Math.min(...all.map(({ xCm }) => xCm))).toBeCloseTo(0, 0);
    expect(Math.max(...all.map(({ xCm }) => xCm))).toBeCloseTo(38, 0);
  });

  it.each([[9, 20, 8.3], [20, 30, 18.1], [4.5, 10, 4.2]])('keeps the 3 s mean of %s cm/s strokes over %s cm between %s and the speed asked for', (speed, length, least) => {
    const all = states(bodyOf([idle(0.2), strokes(40, length, speed, 30)]), 0.5, 40, 0.01);
    const means = all.slice(300).map((_, i) => all.slice(i, i + 300).reduce((sum, { vCmS }) => sum + Math.abs(vCmS), 0) / 300);
    expect(Math.min(...means)).toBeGreaterThan(least);
    expect(Math.max(...means)).toBeLessThanOrEqual(speed + 1e-9);
  });

  it('makes natural strokes of the length and time asked for, with a peak of pi / 2 of their mean', () => {
    const all = states(bodyOf([idle(1), rhythm(20, 38, 1.8, 30)]), 1, 19, 0.01);
    expect(Math.max(...all.map(({ xCm }) => xCm))).toBeCloseTo(38, 0);
    expect(Math.max(...all.map(({ vCmS }) => vCmS)) / ((Math.PI / 2) * (38 / 1.8))).toBeCloseTo(1, 1.9);
    expect(all.reduce((sum, { vCmS }) => sum + Math.abs(vCmS), 0) * 0.01).toBeCloseTo(380, -0.6);
  });

  it('varies strokes from seed to seed when asked, and only then', () => {
    const ends = [[1, 0.25], [2, 0.25], [1, 0], [2, 0]].map(([seed, variation]) => states(bodyOf([strokes(30, 20, 8, 30, variation)], 0, seed), 29, 29, 1)[0]!.xCm);
    expect(ends[0]).not.toBeCloseTo(ends[1]!, 2);
    expect(ends[2]).toBe(ends[3]);
  });

  it('micro-rolls within twice the amplitude', () => {
    const places = states(bodyOf([idle(1), microRolls(20, 1, 4, 30), idle(1)]), 0, 22, 0.01).map(({ xCm }) => xCm);
    expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(1.95);
    expect(Math.max(...places) - Math.min(...places)).toBeLessThanOrEqual(2);
  });

  it('bears the load asked for exactly without liveliness, within 5 % with it', () => {
    const segments = [idle(1), strokes(30, 30, 5, 40), idle(1)];
    const askedN = 0.4 * MASS_KG * 9.81;
    for (const { forceN } of states(bodyOf(segments, 0), 1.3, 30.7, 0.05)) expect(forceN).toBeCloseTo(askedN, 6);
    const lively = states(bodyOf(segments, 1), 1.3, 30.7, 0.05).map(({ forceN }) => forceN / askedN);
    expect(Math.max(...lively)).toBeLessThan(1.05);
    expect(Math.min(...lively)).toBeGreaterThan(0.95);
    expect(Math.max(...lively) - Math.min(...lively)).toBeGreaterThan(0.03);
  });

  it('gets on and off within 0.4 s around the time asked for', () => {
    const body = bodyOf([idle(1), hold(5, 30), idle(2)]);
    const [off, half, on] = states(body, 0.8, 1.2, 0.2) as [BodyState, BodyState, BodyState];
    expect([off.forceN, half.forceN / on.forceN, on.forceN]).toEqual([expect.closeTo(0, 1), expect.closeTo(0.5, 1), expect.closeTo(0.3 * MASS_KG * 9.81, 1)]);
  });

  it('does not move an empty roller before the loss of contact has been noticed', () => {
    const body = bodyOf([idle(1), hold(2, 30), shove(4, 6), idle(1)]);
    const [start, noticed, later] = states(body, 3, 5, 0.6) as [BodyState, BodyState, BodyState];
    expect(noticed.xCm - start.xCm).toBeCloseTo(0, 6);
    expect(later.xCm - start.xCm).toBeGreaterThan(1);
  });

  it('goes on along the same stretch of muscle after an empty roller was moved', () => {
    const body = bodyOf([idle(1), strokes(20, 20, 3, 40), shove(4, 6), strokes(30, 20, 3, 40)]);
    const moved = states(body, 1, 60, 0.01).filter(({ forceN }) => forceN > 200).map(({ xCm }) => xCm);
    const shiftCm = 6 * 3.2;
    expect(Math.max(...moved) - Math.min(...moved)).toBeCloseTo(20 + shiftCm, 0);
  });

  it('lies still after its end, and begins again where it ended when repeated', () => {
    const once = bodyOf([idle(1), strokes(4.5, 20, 5, 30), idle(1)]);
    const [end, later] = states(once, once.durationS, once.durationS + 100, 100) as [BodyState, BodyState];
    expect(later).toEqual({ ...end, balance: later.balance });
    expect(end.vCmS).toBe(0);
    const again = repeated(once, 3);
    const periodS = once.durationS + 3;
    for (const tS of [0.5, 2, 3.3, 6, 8]) {
      const [first] = states(again, tS, tS, 1) as [BodyState];
      const [third] = states(again, tS + 2 * periodS, tS + 2 * periodS, 1) as [BodyState];
      expect(third.vCmS).toBeCloseTo(first.vCmS, 6);
      expect(third.forceN).toBeCloseTo(first.forceN, 4);
      expect(third.xCm - first.xCm).toBeCloseTo(2 * end.xCm, 6);
    }
  });
});
