import { describe, expect, it } from 'vitest';
import { viewCoaching } from '../../src/coaching/coaching.ts';
import { Coach } from './coach.ts';

const byRhythm = () => new Coach().say({ type: 'profile', profile: 'rhythm' });

/** Strokes of so many seconds each, at a speed that is too fast by the other profile. */
function stroke(coach: Coach, ...seconds: number[]): Coach {
  for (const forS of seconds) {
    const startS = coach.tS;
    coach.roll({ forS: forS - 0.1, speedCmS: 20 });
    const tick = coach.state.lastTick;
    if (tick === null) throw new Error('nothing was rolled');
    coach.tick++;
    coach.take({ type: 'tick', tick: { ...tick, tS: coach.tS, strokes: [{ startS, endS: coach.tS, lengthCm: 20, meanCmS: 20, peakCmS: 30 }] } });
  }
  return coach;
}

describe('by rhythm', () => {
  it('the median of three strokes counts, and not the speed', () => {
    expect(stroke(byRhythm(), 4, 4, 4, 4).onsets).toEqual([]);
    expect(stroke(byRhythm(), 1.8, 1.8).onsets).toEqual([]);
    expect(stroke(byRhythm(), 1.8, 1.8, 1.8).onsets).toEqual(['too-fast 1 @ 5.4']);
    expect(stroke(byRhythm(), 4, 0.9, 4, 4, 1, 4).onsets).toEqual([]);
  });

  it('2 s are fast enough, below 1.2 s it is strong; told in strokes a minute', () => {
    expect(stroke(byRhythm(), 2, 2, 2, 2).onsets).toEqual([]);
    const coach = stroke(byRhythm(), 1.1, 1.1, 1.1);
    expect(coach.onsets).toEqual(['too-fast 1 @ 3.3', 'too-fast 2 @ 3.3']);
    expect(coach.cues[0]).toMatchObject({ level: 2, limit: 50 });
    expect(coach.cues[0]?.value).toBeCloseTo(60 / 1.1, 6);
  });

  it('is over when strokes are slow again, when one takes long, and when the roller is left', () => {
    expect(stroke(byRhythm(), 1.8, 1.8, 1.8, 3, 3).ends('too-fast', 1)).toHaveLength(1);
    const still = stroke(byRhythm(), 1.8, 1.8, 1.8).roll({ forS: 4.2 });
    expect(still.ends('too-fast', 1)).toHaveLength(1);
    expect(stroke(byRhythm(), 1.8, 1.8, 1.8).roll({ forS: 1.5, contact: false }).ends('too-fast', 1)).toHaveLength(1);
  });

  it('tells the beat; by speed there is none, and the change ends what was said', () => {
    expect(viewCoaching(byRhythm().state).rhythm).toEqual({ beatsPerMin: 60, beatsPerStroke: 4 });
    const coach = new Coach().roll({ forS: 5, speedCmS: 20 });
    expect(viewCoaching(coach.state).rhythm).toBeNull();
    expect(coach.say({ type: 'profile', profile: 'rhythm' }).ends('too-fast', 1)).toEqual([5]);
  });
});
