import { describe, expect, it } from 'vitest';
import { viewCoaching } from '../../src/coaching/coaching.ts';
import { Coach, strokes } from './coach.ts';

const fast = (forS: number) => ({ forS, speedCmS: strokes(38, 20) });
const good = (forS: number) => ({ forS, speedCmS: strokes(38, 2.5) });
const praisedS = (coach: Coach): number | null => viewCoaching(coach.state).praisedS;

describe('praise', () => {
  it('comes the moment a cue is heeded, and not before', () => {
    const coach = new Coach().roll(fast(5));
    expect(praisedS(coach)).toBeNull();
    expect(praisedS(coach.roll(good(3)))).toBeCloseTo(5.3, 6);
  });

  it('comes at most once in 20 s', () => {
    const bout = [fast(5), good(7)] as const;
    const coach = new Coach().roll(...bout, ...bout);
    expect(coach.told).toHaveLength(2);
    expect(praisedS(coach)).toBeCloseTo(5.3, 6);
    expect(praisedS(coach.roll(...bout))).toBeCloseTo(29.3, 6);
  });

  it('is not for leaving the roller, nor for what is not a correction', () => {
    expect(praisedS(new Coach().roll(fast(5), { forS: 3, contact: false }))).toBeNull();
    const rested = new Coach({ config: { doseSets: 2 } }).roll(good(61), { forS: 31, contact: false }, good(3));
    expect([rested.told.at(-1), praisedS(rested)]).toEqual(['rest-over 1 @ 91.0', null]);
  });

  it('is not given while another fault is active', () => {
    const heavy = { pctBw: 65 };
    const coach = new Coach().roll({ ...fast(5), ...heavy }, { ...good(5), ...heavy });
    expect(viewCoaching(coach.state).active.map(({ kind }) => kind)).toContain('over-pressure');
    expect(praisedS(coach)).toBeNull();
  });

  it('is not kept from a person who has reached the goal', () => {
    const coach = new Coach().roll(good(61), fast(8), good(3));
    expect(coach.told.map((told) => told.split(' ')[0])).toEqual(['dose-goal', 'too-fast']);
    expect(praisedS(coach)).not.toBeNull();
  });

  it('begins anew with a session', () => {
    const coach = new Coach().roll(fast(5), good(3)).say({ type: 'stop' }).say({ type: 'start' });
    expect(praisedS(coach)).toBeNull();
  });
});
