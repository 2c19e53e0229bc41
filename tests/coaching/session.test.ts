import { describe, expect, it } from 'vitest';
import { summarize, viewCoaching } from '../../src/coaching/coaching.ts';
import { Coach, strokes } from './coach.ts';

const good = (forS: number) => ({ forS, speedCmS: strokes(38, 2.5) });
const states = (coach: Coach): string[] => coach.sessions.map(({ state, tS }) => `${state} @ ${tS.toFixed(1)}`);
const relieved = (coach: Coach): boolean => viewCoaching(coach.state).relieved;
const doseS = (coach: Coach): number => viewCoaching(coach.state).doseS;

describe('a session', () => {
  it('of a recording starts at its first frame', () => {
    expect(states(new Coach().roll({ forS: 1, contact: false }))).toEqual(['running @ 0.0']);
  });

  it('that is live waits for a group, then for contact', () => {
    const coach = new Coach({ group: 'unknown', start: 'first-contact' }).roll(good(2));
    expect(viewCoaching(coach.state).session).toBe('idle');
    coach.say({ type: 'select', group: 'lats', side: 'left' }).roll({ forS: 1, contact: false }, good(1));
    expect(states(coach)).toEqual(['ready @ 2.0', 'running @ 3.1']);
    expect(doseS(coach)).toBeCloseTo(1, 9);
  });

  it('may be started without waiting', () => {
    expect(states(new Coach({ group: 'unknown', start: 'first-contact' }).say({ type: 'start' }).roll(good(1)))).toEqual(['running @ 0.0']);
  });

  it('counts and raises nothing while it is paused', () => {
    const coach = new Coach().roll(good(10)).say({ type: 'pause' }).roll({ forS: 100, speedCmS: 40, pctBw: 95 });
    expect(coach.onsets).toEqual([]);
    expect(doseS(coach)).toBeCloseTo(10, 9);
    coach.say({ type: 'continue' }).roll(good(5));
    expect(doseS(coach)).toBeCloseTo(15, 9);
    expect(states(coach)).toEqual(['running @ 0.0', 'paused @ 10.0', 'running @ 110.0']);
  });

  it('ends its states and its cue with a pause', () => {
    const coach = new Coach().roll({ forS: 5, speedCmS: 20 }).say({ type: 'pause' });
    expect(coach.states.map(({ phase, tS }) => [phase, tS])).toEqual([['start', 3], ['end', 5]]);
    expect(coach.cues.map(({ phase, tS }) => [phase, tS])).toEqual([['start', 3], ['end', 5]]);
    expect(viewCoaching(coach.state)).toMatchObject({ cue: null, active: [], session: 'paused' });
  });

  it('judges afresh after a pause', () => {
    const coach = new Coach().roll({ forS: 25 }).say({ type: 'pause' }).say({ type: 'continue' }).roll({ forS: 15 });
    expect(coach.onset('too-long', 1)).toBeUndefined();
  });

  it('that is started again after a stop is a new one', () => {
    const coach = new Coach().roll(good(70)).say({ type: 'stop' }).roll(good(5));
    expect(coach.ends('dose-goal', 1)).toEqual([70]);
    expect(summarize(coach.state).groups[0]?.activeS).toBeCloseTo(70, 9);
    coach.say({ type: 'start' }).roll(good(5));
    expect(doseS(coach)).toBeCloseTo(5, 9);
    expect(states(coach)).toEqual(['running @ 0.0', 'stopped @ 70.0', 'running @ 75.0']);
  });

  it('takes what does not apply for nothing', () => {
    const coach = new Coach().roll(good(1));
    coach.say({ type: 'continue' }).say({ type: 'start' }).say({ type: 'confirm' });
    expect(states(coach)).toEqual(['running @ 0.0']);
  });
});

const twoSets = (restS: number): unknown =>
  summarize(new Coach({ config: { doseSets: 2 } }).roll(good(60), { forS: restS, contact: false }, good(60)).state).groups[0];

describe('dose', () => {
  it('freezes while contact is lost and goes on in the same set', () => {
    const coach = new Coach().roll(good(20), { forS: 5, contact: false }, good(20));
    expect(doseS(coach)).toBeCloseTo(40, 9);
    expect(summarize(coach.state).groups).toMatchObject([{ sets: 1, dose: 'in-range' }]);
  });

  it('is kept for each side, and continued on coming back', () => {
    const coach = new Coach().roll(good(40)).say({ type: 'select', group: 'quadriceps', side: 'right' }).roll(good(50));
    expect(coach.onsets).toEqual([]);
    coach.say({ type: 'select', group: 'quadriceps', side: 'left' }).roll(good(21));
    expect(coach.onsets).toEqual(['dose-goal 1 @ 110.0']);
    expect(viewCoaching(coach.state).doses.map(({ side, doseS: s }) => [side, Math.round(s)])).toEqual([['left', 61], ['right', 50]]);
  });

  it('states last until another side is chosen, and carry the one they were for', () => {
    const coach = new Coach().roll(good(65)).say({ type: 'select', group: 'quadriceps', side: 'right' });
    expect(coach.states.at(-1)).toMatchObject({ kind: 'dose-goal', phase: 'end', tS: 65, side: 'left' });
  });

  it('choosing the same again changes nothing', () => {
    const coach = new Coach().roll(good(65)).say({ type: 'select', group: 'quadriceps', side: 'left' }).roll(good(5));
    expect(coach.ends('dose-goal', 1)).toEqual([]);
    expect(doseS(coach)).toBeCloseTo(70, 9);
  });

  it('counts while the haptic motor shakes the sensors', () => {
    expect(doseS(new Coach().roll(good(5), { ...good(1), disturbed: true }))).toBeCloseTo(6, 9);
  });

  it('with more sets than one holds goal and limit for each, to the ceiling of the session', () => {
    const coach = new Coach({ config: { doseSets: 3, doseSessionCapS: 150 } });
    coach.roll(good(65), { forS: 20, contact: false }, good(70), { forS: 19, contact: false }, good(16));
    expect(coach.onsets).toEqual(['dose-goal 1 @ 60.0', 'dose-goal 1 @ 145.0', 'dose-limit 1 @ 189.0', 'dose-limit 2 @ 189.0']);
    expect(coach.ends('dose-goal', 1)).toEqual([85.1]);
    expect(summarize(coach.state).groups[0]).toMatchObject({ sets: 2 });
  });

  it('a set ends with 20 s without contact, not before', () => {
    expect(twoSets(19.9)).toMatchObject({ sets: 1, dose: 'over' });
    expect(twoSets(20)).toMatchObject({ sets: 2, dose: 'in-range' });
  });

  it('says again on coming back that a muscle has had enough, once it is rolled', () => {
    const coach = new Coach().roll(good(91)).say({ type: 'select', group: 'quadriceps', side: 'right' });
    coach.say({ type: 'select', group: 'quadriceps', side: 'left' }).roll({ forS: 5, contact: false }, good(1));
    expect(coach.onsets.slice(2)).toEqual(['dose-limit 1 @ 96.1', 'dose-goal 1 @ 96.1']);
    expect(coach.told.at(-1)).toBe('dose-limit 1 @ 96.1');
  });

  it('under 30 s is told in the summary and nowhere else', () => {
    const coach = new Coach().roll(good(25)).say({ type: 'stop' });
    expect(coach.onsets).toEqual([]);
    expect(summarize(coach.state).groups).toMatchObject([{ dose: 'under' }]);
  });
});

describe('pain', () => {
  it('of 8 stops the session at once, until it is confirmed', () => {
    const coach = new Coach().roll({ forS: 5, speedCmS: 20 }).say({ type: 'pain', nrs: 8 });
    expect(coach.onsets).toEqual(['too-fast 1 @ 3.0', 'safety-stop 2 @ 5.0']);
    expect(coach.told).toEqual(['too-fast 1 @ 3.0', 'safety-stop 2 @ 5.0']);
    expect(coach.cues.at(-1)).toMatchObject({ kind: 'safety-stop', value: 8, limit: 8, audible: true });
    coach.roll(good(20));
    expect(doseS(coach)).toBeCloseTo(5, 9);
    coach.say({ type: 'continue' }).say({ type: 'start' });
    expect(viewCoaching(coach.state)).toMatchObject({ session: 'safety-stop', cue: { kind: 'safety-stop', level: 2 }, relieved: false });
    coach.say({ type: 'confirm' });
    expect(coach.ends('safety-stop', 2)).toEqual([25]);
    expect(viewCoaching(coach.state)).toMatchObject({ session: 'paused', cue: null });
    coach.say({ type: 'continue' }).roll(good(5));
    expect(doseS(coach)).toBeCloseTo(10, 9);
  });

  it('stops a paused session and a waiting one too, and means nothing without a session', () => {
    expect(states(new Coach().roll(good(1)).say({ type: 'pause' }).say({ type: 'pain', nrs: 9 })).at(-1)).toBe('safety-stop @ 1.0');
    expect(states(new Coach({ start: 'first-contact' }).say({ type: 'pain', nrs: 10 })).at(-1)).toBe('safety-stop @ 0.0');
    expect(new Coach({ group: 'unknown', start: 'first-contact' }).say({ type: 'pain', nrs: 10 }).states).toEqual([]);
  });

  it('stays when another roller comes, until it is confirmed', () => {
    const coach = new Coach().roll(good(5)).say({ type: 'pain', nrs: 8 }).take({ type: 'roller', tool: 'ball', texture: 'firm', pressureCalibrated: true });
    expect(coach.roll(good(2)).ends('safety-stop', 2)).toEqual([]);
    expect(viewCoaching(coach.state)).toMatchObject({ session: 'safety-stop', cue: { kind: 'safety-stop', level: 2 } });
    expect(coach.say({ type: 'confirm' }).ends('safety-stop', 2)).toEqual([7]);
  });

  it('can stop a session twice within a moment', () => {
    const coach = new Coach().roll(good(1)).say({ type: 'pain', nrs: 8 }).say({ type: 'confirm' }).say({ type: 'continue' });
    expect(coach.roll(good(1)).say({ type: 'pain', nrs: 9 }).told).toEqual(['safety-stop 2 @ 1.0', 'safety-stop 2 @ 2.0']);
  });

  it('of 7 asks to ease off at once, whatever the sensors say, until it is eased for 2 s', () => {
    const coach = new Coach().roll(good(5)).say({ type: 'pain', nrs: 7 });
    expect(coach.told).toEqual(['over-pressure 1 @ 5.0']);
    expect(coach.states[0]).toMatchObject({ value: 7, limit: 7 });
    coach.roll({ ...good(5), pctBw: 28 }).roll({ ...good(3), pctBw: 26 });
    expect(coach.ends('over-pressure', 1)[0]).toBeCloseTo(12, 6);
  });

  it('of 7 is over when a lower one is reported, or when the roller is left', () => {
    expect(new Coach().roll(good(5)).say({ type: 'pain', nrs: 7 }).say({ type: 'pain', nrs: 5 }).ends('over-pressure', 1)).toEqual([5]);
    expect(new Coach().roll(good(5)).say({ type: 'pain', nrs: 7 }).roll({ forS: 3, contact: false }).ends('over-pressure', 1)[0]).toBeCloseTo(7, 6);
  });

  it('of 7 stands where nothing measures the load', () => {
    const coach = new Coach({ massKg: null }).roll({ ...good(5), kpa: null, pctBw: null }).say({ type: 'pain', nrs: 7 });
    expect(coach.roll({ ...good(30), kpa: null, pctBw: null }).ends('over-pressure', 1)).toEqual([]);
  });

  it('of 6 is within what is meant', () => {
    expect(new Coach().roll(good(5)).say({ type: 'pain', nrs: 6 }).onsets).toEqual([]);
  });
});

describe('another group', () => {
  it('ends what was said of the one before, and is judged by its own limits from its own start', () => {
    const coach = new Coach().roll({ forS: 5, speedCmS: 20 }).say({ type: 'select', group: 'adductors', side: 'left' });
    expect(coach.states.at(-1)).toMatchObject({ kind: 'too-fast', phase: 'end', group: 'quadriceps' });
    coach.roll({ forS: 5, speedCmS: 9 });
    expect(coach.states.at(-1)).toMatchObject({ kind: 'too-fast', phase: 'start', group: 'adductors', limit: 8, tS: 8 });
    expect(coach.told).toEqual(['too-fast 1 @ 3.0', 'too-fast 1 @ 8.0']);
  });
});

describe('relief', () => {
  it('is shown as soon as the 0.7 s speed is below the limit, while the state goes on', () => {
    const coach = new Coach().roll({ forS: 5, speedCmS: 20 });
    expect(relieved(coach)).toBe(false);
    coach.roll({ forS: 0.2, speedCmS: 2 });
    expect(relieved(coach)).toBe(false);
    coach.roll({ forS: 0.3, speedCmS: 2 });
    expect(relieved(coach)).toBe(true);
    expect(coach.ends('too-fast', 1)).toEqual([]);
  });

  it('is not shown when nothing is on screen', () => expect(relieved(new Coach().roll(good(5)))).toBe(false));

  it('is shown while a cue outlasts its state', () => {
    const coach = new Coach().roll({ forS: 2.2, pctBw: 65, speedCmS: 2 }, { forS: 0.2, pctBw: 30, speedCmS: 2 });
    expect(coach.ends('over-pressure', 1)[0]).toBeCloseTo(2.3, 6);
    coach.roll({ forS: 0.5, pctBw: 62, speedCmS: 2 });
    expect(viewCoaching(coach.state)).toMatchObject({ cue: { kind: 'over-pressure' }, active: [], relieved: true });
  });

  it('follows the load and the place', () => {
    const heavy = new Coach().roll({ forS: 5, pctBw: 65, speedCmS: 2 });
    expect(relieved(heavy)).toBe(false);
    expect(relieved(heavy.roll({ forS: 0.1, pctBw: 58, speedCmS: 2 }))).toBe(true);
    const held = new Coach().roll({ forS: 31 });
    expect(relieved(held)).toBe(false);
    expect(relieved(held.roll({ forS: 10.5, speedCmS: 0.5 }))).toBe(true);
    expect(held.ends('too-long', 1)).toEqual([]);
  });
});
