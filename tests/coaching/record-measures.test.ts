import { describe, expect, it } from 'vitest';
import { summarize } from '../../src/coaching/coaching.ts';
import { addToBands, createSpeedBands, greenPct } from '../../src/coaching/record/speed-bands.ts';
import { Coach, newtons, strokes } from './coach.ts';

const GREEN = { speedGreenMinCmS: 1, speedGreenMaxCmS: 5 };
const first = (coach: Coach) => summarize(coach.state).groups[0]!;

describe('speed bands', () => {
  it('hold the judged time, each tick in one', () => {
    const bands = createSpeedBands();
    for (const speedCmS of [0.99, 1, 5, 5.01, 14, 14.01, null]) addToBands(bands, speedCmS, 14, GREEN);
    expect(bands.slowS).toBeCloseTo(0.1, 9);
    expect(bands.greenS).toBeCloseTo(0.2, 9);
    expect(bands.briskS).toBeCloseTo(0.2, 9);
    expect(bands.tooFastS).toBeCloseTo(0.1, 9);
    expect(greenPct(bands)).toBeCloseTo(100 / 3, 6);
    expect(greenPct(createSpeedBands())).toBeNull();
  });

  it('are of the mean that the rules judge: known after 2 s, and a turn at zero is not slow', () => {
    const { speed } = first(new Coach().roll({ forS: 22, speedCmS: strokes(38, 2.5) }));
    // From the tick at 2.0 s on.
    expect(speed.greenS).toBeCloseTo(20.1, 6);
    expect(speed.greenPct).toBe(100);
  });
});

describe('the record of a group', () => {
  it('has medians, the mean stroke and the highest load', () => {
    const coach = new Coach().roll({ forS: 20, speedCmS: strokes(38, 3), pctBw: 30, kpa: 30 }, { forS: 1, speedCmS: 9, pctBw: 55, kpa: 70 });
    const { speed, load } = first(coach);
    expect(speed.medianCmS).toBeCloseTo(3, 0);
    expect(load?.peakPctBw).toBeCloseTo(55, 6);
    expect(load?.peakN).toBeCloseTo(newtons(55), 6);
    expect(load?.peakKpa).toBe(70);
  });

  it('counts what the rules found and what was told apart: repeats are told again, quiet ones are not', () => {
    const coach = new Coach().roll({ forS: 60, speedCmS: strokes(38, 21) });
    const { states, cues } = first(coach);
    expect(states).toContainEqual({ kind: 'too-fast', level: 1, times: 1 });
    expect(cues.find(({ kind, level }) => kind === 'too-fast' && level === 1)?.times).toBe(coach.told.filter((told) => told.startsWith('too-fast 1')).length);
    expect(summarize(coach.state).cues).toEqual(cues);
  });

  it('has every group that was chosen, and adds up the cues of all', () => {
    const coach = new Coach()
      .roll({ forS: 8, speedCmS: strokes(38, 20) })
      .say({ type: 'select', group: 'lats', side: 'right' })
      .roll({ forS: 3, contact: false })
      .say({ type: 'select', group: 'adductors', side: 'left' })
      .roll({ forS: 12, speedCmS: strokes(22, 12) });
    const { chosen, groups, cues } = summarize(coach.state);
    expect(chosen.map(({ group }) => group)).toEqual(['quadriceps', 'lats', 'adductors']);
    expect(groups.map(({ group }) => group)).toEqual(['quadriceps', 'adductors']);
    expect(cues.find(({ kind, level }) => kind === 'too-fast' && level === 1)?.times).toBe(2);
  });
});

describe('pain', () => {
  const pain = (nrs: number) => ({ type: 'pain', nrs }) as const;

  it('said before the first contact of a live session is kept when it starts', () => {
    const coach = new Coach({ start: 'first-contact' }).say(pain(5)).roll({ forS: 5 });
    expect(summarize(coach.state).pain).toEqual({ beforeNrs: 5, worstNrs: 5, afterNrs: null, reports: 1 });
  });

  it('said after the end of a session is that after it, and the next session knows nothing of it', () => {
    const coach = new Coach({ start: 'first-contact' }).roll({ forS: 5 }).say({ type: 'stop' }).say(pain(2));
    expect(summarize(coach.state).pain).toMatchObject({ beforeNrs: null, afterNrs: 2 });
    coach.say({ type: 'start' }).roll({ forS: 1 });
    expect(summarize(coach.state).pain.reports).toBe(0);
  });

  it('said between two groups is after the one and during the session', () => {
    const coach = new Coach()
      .roll({ forS: 5 })
      .say(pain(4))
      .say({ type: 'select', group: 'hamstrings', side: 'right' })
      .say(pain(3))
      .roll({ forS: 5 });
    const { groups, pain: whole } = summarize(coach.state);
    expect(groups.map(({ pain: { beforeNrs, afterNrs } }) => [beforeNrs, afterNrs])).toEqual([[null, 4], [3, null]]);
    expect(whole).toEqual({ beforeNrs: null, worstNrs: 4, afterNrs: null, reports: 2 });
  });

  it('that is said in the middle is not after, once rolling goes on', () => {
    const coach = new Coach().roll({ forS: 2 }).say(pain(6)).roll({ forS: 2 });
    const { pain: whole, groups } = summarize(coach.state);
    expect(whole).toEqual({ beforeNrs: null, worstNrs: 6, afterNrs: null, reports: 1 });
    expect(groups[0]?.pain).toEqual(whole);
  });
});
