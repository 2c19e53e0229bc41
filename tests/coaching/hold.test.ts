import { describe, expect, it } from 'vitest';
import { viewCoaching } from '../../src/coaching/coaching.ts';
import { Coach, strokes } from './coach.ts';

const hold = (coach: Coach, on = true): Coach => coach.say({ type: 'hold', on });
const view = (coach: Coach) => viewCoaching(coach.state);
const still = (forS: number) => ({ forS, speedCmS: 0 });
const away = { forS: 4, speedCmS: 3 };

describe('a planned hold', () => {
  it('has 60 s and 90 s, and no hint', () => {
    const coach = hold(new Coach({ group: 'hamstrings', config: { doseMaxS: 120, doseGoalS: 120 } }).roll(still(1))).roll(still(95));
    expect(coach.onsets).toEqual(['too-long 1 @ 60.0', 'too-long 2 @ 90.0']);
  });

  it('shows its aim and its limits', () => {
    const coach = hold(new Coach().roll(still(1)));
    expect(view(coach)).toMatchObject({ hold: { targetS: 30, isSettled: false }, limits: { dwellHintS: null, dwellWarnS: 60 } });
    expect(view(coach.roll(still(10)))).toMatchObject({ hold: { targetS: 30, isSettled: true } });
  });

  it('waits for the person to come to rest, and ends when they roll away', () => {
    const coach = hold(new Coach().roll({ forS: 1, speedCmS: 3 })).roll({ forS: 8, speedCmS: strokes(30, 3) });
    expect(view(coach).hold).toEqual({ targetS: 30, isSettled: false });
    coach.roll(still(40));
    expect([view(coach).hold?.isSettled, coach.onsets]).toEqual([true, []]);
    expect(view(coach.roll(away)).hold).toBeNull();
    // The last 5 cm of the way count: 1.6 s of it.
    coach.roll(still(35));
    expect([coach.onset('too-long', 0), coach.onset('too-long', 1)]).toEqual([71.4, 81.4]);
  });

  it('ends when the roller is left, not by a short lift', () => {
    const coach = hold(new Coach().roll(still(1))).roll(still(10), { forS: 1.5, contact: false }, still(1));
    expect(view(coach).hold).not.toBeNull();
    expect(view(coach.roll({ forS: 2.5, contact: false })).hold).toBeNull();
  });

  it('takes back what was said of the place, and off again goes by the usual limits', () => {
    const coach = new Coach().roll(still(35));
    hold(coach).roll(still(2));
    expect(coach.ends('too-long', 1)).toEqual([35]);
    expect(view(coach).active).toEqual([]);
    hold(coach, false).roll(still(1));
    expect(coach.onsets.at(-1)).toBe('too-long 1 @ 37.1');
  });

  it('is over at the dose limit, and cannot be planned beyond it', () => {
    const coach = new Coach().roll({ forS: 50, speedCmS: strokes(38, 2.5) });
    hold(coach).roll(still(38));
    expect(view(coach).hold).not.toBeNull();
    coach.roll(still(3));
    expect(view(coach).hold).toBeNull();
    expect(coach.onsets).toContain('dose-limit 1 @ 90.0');
    expect(coach.told).toContain('dose-limit 1 @ 90.0');
    expect(view(hold(coach)).hold).toBeNull();
  });

  it('means nothing where holding is the technique, nor outside a session, and does not outlast muscle or session', () => {
    expect(view(hold(new Coach({ group: 'lats' }).roll(still(1)))).hold).toBeNull();
    expect(view(hold(new Coach().roll(still(1)).say({ type: 'pause' }))).hold).toBeNull();
    expect(view(hold(new Coach().roll(still(1))).say({ type: 'select', group: 'adductors', side: 'left' })).hold).toBeNull();
    expect(view(hold(new Coach().roll(still(1))).say({ type: 'pause' })).hold).toBeNull();
  });
});
