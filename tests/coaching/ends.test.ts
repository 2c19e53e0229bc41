import { describe, expect, it } from 'vitest';
import { summarize, viewCoaching } from '../../src/coaching/coaching.ts';
import { areSeen, createEnds, learnedLengthCm, restartEnds, stepEnds, type Ends } from '../../src/coaching/record/ends.ts';
import { Coach, stroke, strokes } from './coach.ts';

const BACK_CM = 2;

/** Rolls to each turn and, as motion does, tells of the stroke when it is 2 cm on its way back. */
function turnAt(ends: Ends, ...turns: number[]): Ends {
  let fromCm = 0;
  for (const turnCm of turns) {
    const way = Math.sign(turnCm - fromCm);
    stepEnds(ends, turnCm, []);
    stepEnds(ends, turnCm - BACK_CM * way, [stroke(turnCm - fromCm)]);
    fromCm = turnCm;
  }
  return ends;
}
const learned = (...turns: number[]): number | null => learnedLengthCm(turnAt(createEnds(), ...turns), 30);

describe('the ends of the path', () => {
  it('have been seen after a turn at each', () => {
    expect([[], [28], [28, 0]].map((turns) => areSeen(turnAt(createEnds(), ...turns)))).toEqual([false, false, true]);
  });

  it('are learned when two turns at each agree', () => {
    expect(learned(28, 0, 29)).toBeNull();
    expect(learned(28, 0, 29, 1)).toBeCloseTo(28, 9);
  });

  it('are not where one overshot, nor where one turned on the way', () => {
    expect(learned(28, 0, 36, 1, 28)).toBeCloseTo(27.5, 9);
    expect(learned(28, 0, 28, 0, 15, 8, 16, 7, 15, 8)).toBeCloseTo(28, 9);
  });

  it('are not those of a stretch that is worked on', () => {
    expect(learned(10, 0, 10, 0, 10, 0)).toBeNull();
    expect(learned(60, 0, 60, 0)).toBeNull();
  });

  it('grow with the path, and keep their length when position starts anew', () => {
    const ends = turnAt(createEnds(), 20, 0, 20, 0);
    expect(learnedLengthCm(ends, 30)).toBeCloseTo(20, 9);
    expect(learnedLengthCm(turnAt(ends, 30, 0, 30, 0), 30)).toBeCloseTo(30, 9);
    restartEnds(ends);
    expect([areSeen(ends), learnedLengthCm(ends, 30)]).toEqual([false, 30]);
  });

  it('take the same room however long one rolls', () => {
    const ends = turnAt(createEnds(), ...Array.from({ length: 500 }, (_, index) => (index % 2 === 0 ? 30 + Math.sin(index) : Math.cos(index))));
    expect(ends.low.length + ends.high.length).toBeLessThanOrEqual(8);
  });
});

describe('coverage', () => {
  /** Adductors: 22 cm are expected, this person has 18. */
  const roll = (coach: Coach, times: number): Coach => {
    for (let time = 0; time < times; time++) {
      coach.roll({ forS: 8, speedCmS: strokes(18, 2.25) });
      endStroke(coach, 18);
      coach.roll({ forS: 8, speedCmS: (sinceS) => -strokes(18, 2.25)(sinceS) });
      endStroke(coach, -18);
    }
    return coach;
  };
  const endStroke = (coach: Coach, lengthCm: number): void => {
    const tick = coach.state.lastTick;
    if (tick === null) return;
    coach.tick++;
    coach.take({ type: 'tick', tick: { ...tick, tS: coach.tS, strokes: [stroke(lengthCm)] } });
  };

  it('is of the expected path first, then of the own one, whose length is told', () => {
    const coach = roll(new Coach({ group: 'adductors' }), 1);
    expect(viewCoaching(coach.state).path).toMatchObject({ lengthCm: null });
    expect(viewCoaching(coach.state).path.coverage).toBeCloseTo(19 / 22, 1);
    roll(coach, 1);
    expect(viewCoaching(coach.state).path.lengthCm).toBeCloseTo(18, 6);
    expect(summarize(coach.state).groups[0]).toMatchObject({ coverage: 1 });
    expect(summarize(coach.state).groups[0]?.pathCm).toBeCloseTo(18, 6);
  });

  it('is not told of a path nobody knows', () => {
    expect(viewCoaching(roll(new Coach({ group: 'unknown' }), 2).state).path).toMatchObject({ coverage: null, lengthCm: null });
  });
});
