import { describe, expect, it } from 'vitest';
import { viewCoaching } from '../../src/coaching/coaching.ts';
import { Coach, strokes } from './coach.ts';

const good = (forS: number) => ({ forS, speedCmS: strokes(38, 2.5) });
const off = (forS: number) => ({ forS, contact: false });
const set = (coach: Coach) => viewCoaching(coach.state).set;
const twoSets = () => new Coach({ config: { doseSets: 2 } });

describe('sets and rest', () => {
  it('tell which set it is, and count the rest down', () => {
    const coach = twoSets().roll(good(61));
    expect(set(coach)).toEqual({ number: 1, of: 2, restLeftS: null });
    expect(set(coach.roll(off(10))).restLeftS).toBeCloseTo(20, 6);
    expect(set(coach.roll(off(25))).restLeftS).toBe(0);
    expect(set(coach.roll(good(1)))).toEqual({ number: 2, of: 2, restLeftS: null });
  });

  it('say once that the rest is over, and take it back when the set begins', () => {
    const coach = twoSets().roll(good(61), off(60), good(3));
    expect(coach.told).toEqual(['dose-goal 1 @ 60.0', 'rest-over 1 @ 91.0']);
    expect(coach.ends('rest-over', 1)[0]).toBeCloseTo(121.1, 6);
    expect(coach.cues.at(-1)).toMatchObject({ kind: 'rest-over', phase: 'end', tS: 97 });
  });

  it('need a set that was one, and another to come', () => {
    expect(set(twoSets().roll(good(20), off(10))).restLeftS).toBeNull();
    expect(set(twoSets().roll(good(40), off(25), good(40), off(10))).restLeftS).toBeNull();
    expect(set(new Coach().roll(good(40), off(10))).restLeftS).toBeNull();
  });

  it('let the rest go on through a pause', () => {
    const coach = twoSets().roll(good(61), off(5)).say({ type: 'pause' }).roll(off(20)).say({ type: 'continue' }).roll(off(2));
    expect(set(coach).restLeftS).toBeCloseTo(3, 6);
  });
});
