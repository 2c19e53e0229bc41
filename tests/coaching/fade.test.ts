import { describe, expect, it } from 'vitest';
import { Coach, strokes } from './coach.ts';

const practised = (cleanSessions: number) => new Coach({ config: { cleanSessions, doseMaxS: 120, doseGoalS: 120 } });
const at = (speedCmS: number, forS: number) => ({ forS, speedCmS: strokes(38, speedCmS) });
const told = (coach: Coach): string[] => coach.told;

describe('cues fade', () => {
  it('after three clean sessions, not before: a little too fast is no longer told, though it is seen', () => {
    expect(told(practised(2).roll(at(15, 10)))).toEqual(['too-fast 1 @ 3.0']);
    const coach = practised(3).roll(at(15, 10));
    expect([coach.onsets, told(coach)]).toEqual([['too-fast 1 @ 3.0'], []]);
  });

  it('beyond the band they come, 20 s apart', () => {
    expect(told(practised(0).roll(at(18, 40)))).toEqual(['too-fast 1 @ 3.0', 'too-fast 1 @ 15.0', 'too-fast 1 @ 27.0']);
    expect(told(practised(3).roll(at(18, 40)))).toEqual(['too-fast 1 @ 3.0', 'too-fast 1 @ 23.0']);
    expect(told(practised(3).roll({ forS: 40 }))).toEqual(['too-long 1 @ 33.0']);
  });

  it('strong ones, pressure and pain never do', () => {
    expect(told(practised(9).roll(at(29, 4)))).toEqual(told(practised(0).roll(at(29, 4))));
    expect(told(practised(9).roll({ ...at(2.5, 4), pctBw: 61 }))).toEqual(['over-pressure 1 @ 2.1']);
    expect(told(practised(9).roll(at(2.5, 2)).say({ type: 'pain', nrs: 7 }))).toEqual(['over-pressure 1 @ 2.0']);
  });
});
