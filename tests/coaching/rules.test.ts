import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewCoaching } from '../../src/coaching/coaching.ts';
import { GROUPS, MUSCLE_GROUPS, type MuscleGroup } from '../../src/guide/groups.ts';
import { Coach, sineStrokes, strokes, type Stretch } from './coach.ts';

/** What a stretch of rolling makes due, hints included: written by hand from the definitions. */
const CASES: readonly { name: string; group: MuscleGroup; roll: readonly Stretch[]; onsets: readonly string[] }[] = [
  { name: 'good rolling reaches its goal', group: 'quadriceps', roll: [{ forS: 60, speedCmS: strokes(38, 2.5) }], onsets: ['dose-goal 1 @ 60.0'] },
  { name: '4 s strokes are no fault', group: 'quadriceps', roll: [{ forS: 59, speedCmS: sineStrokes(30, 4) }], onsets: [] },
  { name: '1.8 s strokes are too fast', group: 'quadriceps', roll: [{ forS: 20, speedCmS: strokes(38, 21) }], onsets: ['too-fast 1 @ 3.0'] },
  {
    name: 'the strong level has the shorter delay, and may come first',
    group: 'quadriceps',
    roll: [{ forS: 5, speedCmS: strokes(38, 40) }],
    onsets: ['too-fast 2 @ 2.5', 'too-fast 1 @ 3.0'],
  },
  {
    name: 'a hold: hint, cue, strong cue; goal',
    group: 'hamstrings',
    roll: [{ forS: 70 }],
    onsets: ['too-long 0 @ 20.0', 'too-long 1 @ 30.0', 'too-long 2 @ 60.0', 'dose-goal 1 @ 60.0'],
  },
  {
    name: 'micro-rolls of 1 cm are a hold',
    group: 'hamstrings',
    roll: [{ forS: 35, speedCmS: strokes(2, 2) }],
    onsets: ['too-long 0 @ 20.0', 'too-long 1 @ 30.0'],
  },
  { name: 'rolls of 3 cm either way are not', group: 'hamstrings', roll: [{ forS: 59, speedCmS: strokes(6, 3) }], onsets: [] },
  {
    name: 'the lats are held: only the dose counts',
    group: 'lats',
    roll: [{ forS: 95 }],
    onsets: ['dose-goal 1 @ 60.0', 'dose-limit 1 @ 90.0'],
  },
  { name: '9 cm/s is too fast for the rhomboids', group: 'rhomboids', roll: [{ forS: 5, speedCmS: strokes(20, 9) }], onsets: ['too-fast 1 @ 3.0'] },
  { name: '9 cm/s is not for the quadriceps', group: 'quadriceps', roll: [{ forS: 15, speedCmS: strokes(38, 9) }], onsets: [] },
  { name: '65 % on the thigh', group: 'quadriceps', roll: [{ forS: 5, pctBw: 65, speedCmS: 2 }], onsets: ['over-pressure 1 @ 2.1'] },
  { name: '65 % on the buttock', group: 'piriformis', roll: [{ forS: 5, pctBw: 65, speedCmS: 2 }], onsets: [] },
  {
    name: '85 % on the thigh',
    group: 'quadriceps',
    roll: [{ forS: 5, pctBw: 85, speedCmS: 2 }],
    onsets: ['over-pressure 2 @ 1.1', 'over-pressure 1 @ 2.1'],
  },
  { name: '85 % on the buttock', group: 'piriformis', roll: [{ forS: 5, pctBw: 85, speedCmS: 2 }], onsets: ['over-pressure 1 @ 2.1'] },
  { name: 'without a group the limit is 12 cm/s', group: 'unknown', roll: [{ forS: 5, speedCmS: strokes(30, 12.1) }], onsets: ['too-fast 1 @ 3.0'] },
  { name: 'the limit itself is not too fast', group: 'unknown', roll: [{ forS: 8, speedCmS: strokes(30, 12) }], onsets: [] },
  {
    name: 'the dose over 120 s',
    group: 'quadriceps',
    roll: [{ forS: 121, speedCmS: strokes(38, 2.5) }],
    onsets: ['dose-goal 1 @ 60.0', 'dose-limit 1 @ 90.0', 'dose-limit 2 @ 120.0'],
  },
  { name: 'spun in the air', group: 'quadriceps', roll: [{ forS: 100, speedCmS: 40, contact: false }], onsets: [] },
];

describe('states of the rules', () => {
  it.each(CASES)('$name', ({ group, roll, onsets }) => {
    expect(new Coach({ group }).roll(...roll).onsets).toEqual(onsets);
  });

  it('carry what was judged, and by what', () => {
    const coach = new Coach({ group: 'rhomboids', side: 'right' }).roll({ forS: 4, speedCmS: strokes(20, 9) });
    expect(coach.states[0]).toMatchObject({ kind: 'too-fast', group: 'rhomboids', side: 'right', phase: 'start', limit: 7.5 });
    expect(coach.states[0]?.value).toBeCloseTo(9, 9);
  });
});

describe('too fast', () => {
  const fast = { speedCmS: strokes(38, 20) };

  it('ends when the mean has been below 80 % of the limit for 3 s', () => {
    const coach = new Coach().roll({ forS: 10, ...fast }, { forS: 10, speedCmS: 2.5 });
    // 3 s mean of n ticks at 20 and 30 - n at 2.5 falls below 11.2 at the 16th slow tick; 3 s later it ends.
    expect(coach.ends('too-fast', 1)).toEqual([14.6]);
  });

  it('ends each level by its own limit', () => {
    const coach = new Coach().roll({ forS: 10, speedCmS: strokes(38, 40) }, { forS: 10, speedCmS: 18 }, { forS: 5, speedCmS: 2 });
    const [strong] = coach.ends('too-fast', 2);
    expect(strong).toBeGreaterThan(13);
    expect(strong).toBeLessThan(16);
    expect(coach.ends('too-fast', 1)[0]).toBeGreaterThan(23);
  });

  it('hangs on through a lift of 1 s and ends after a longer one', () => {
    const short = new Coach().roll({ forS: 5, ...fast }, { forS: 1, contact: false }, { forS: 1, ...fast });
    expect(short.ends('too-fast', 1)).toEqual([]);
    const long = new Coach().roll({ forS: 5, ...fast }, { forS: 3, contact: false });
    expect(long.ends('too-fast', 1)).toEqual([6.1]);
  });

  it('judges afresh after a longer lift: 2 s of contact, then 1 s over the limit', () => {
    const coach = new Coach().roll({ forS: 5, ...fast }, { forS: 2, contact: false }, { forS: 5, ...fast });
    expect(coach.onsets).toEqual(['too-fast 1 @ 3.0', 'too-fast 1 @ 10.0']);
  });

  it('cannot begin in the air', () => {
    const coach = new Coach().roll({ forS: 2.9, ...fast }, { forS: 0.8, contact: false });
    expect(coach.onsets).toEqual([]);
    expect(coach.roll({ forS: 1, ...fast }).onsets).toEqual(['too-fast 1 @ 3.8']);
  });

  it('takes a gap in the frames for a lift', () => {
    expect(new Coach().roll({ forS: 5, ...fast }, { forS: 3, gap: true }).ends('too-fast', 1)).toEqual([6.1]);
  });

  it('stands still while the haptic motor shakes the sensors', () => {
    const coach = new Coach().roll({ forS: 2.5, ...fast }, { forS: 0.5, speedCmS: 90, disturbed: true }, { forS: 2, ...fast });
    expect(coach.onsets).toEqual(['too-fast 1 @ 3.5']);
    expect(coach.states[0]?.value).toBeCloseTo(20, 9);
  });
});

const ball = (roll: Stretch): Coach =>
  new Coach().take({ type: 'roller', tool: 'ball', texture: 'firm', pressureCalibrated: true }).roll(roll);

const onsetAfter = (speedCmS: number): number | undefined => ball({ forS: 25 }).roll({ forS: 3, speedCmS }, { forS: 10 }).onset('too-long', 1);

describe('too long on one area', () => {
  it('ends, and is armed again, once the roller has moved out of the window', () => {
    const coach = new Coach().roll({ forS: 40 }, { forS: 10, speedCmS: 2.5 });
    expect(coach.onsets).toEqual(['too-long 0 @ 20.0', 'too-long 1 @ 30.0']);
    expect(coach.ends('too-long', 1)[0]).toBeCloseTo(42.1, 6);
    expect(coach.ends('too-long', 0)[0]).toBeCloseTo(42.1, 6);
  });

  it('goes on through a lift of 2 s, and not through a longer one', () => {
    expect(new Coach().roll({ forS: 25 }, { forS: 2, contact: false }, { forS: 10 }).onset('too-long', 1)).toBeCloseTo(30, 6);
    expect(new Coach().roll({ forS: 25 }, { forS: 2.1, contact: false }, { forS: 10 }).onset('too-long', 1)).toBeUndefined();
  });

  it('is not raised in the air', () => {
    expect(new Coach().roll({ forS: 29.5 }, { forS: 1.5, contact: false }, { forS: 1 }).onset('too-long', 1)).toBeCloseTo(31.1, 6);
  });

  it('falls back to standing still where the tool has no position', () => {
    expect(ball({ forS: 35 }).onset('too-long', 1)).toBeCloseTo(31, 6);
    expect(ball({ forS: 35, speedCmS: strokes(2, 2) }).onsets).toEqual([]);
  });

  it('a ball that stands still moves again only above 1.5 cm/s', () => {
    expect(onsetAfter(1.4)).toBeCloseTo(31, 6);
    expect(onsetAfter(1.6)).toBeUndefined();
  });

  it('and speed are not judged on a stick', () => {
    const stick = new Coach().take({ type: 'roller', tool: 'stick', texture: 'firm', pressureCalibrated: true });
    expect(stick.roll({ forS: 35 }, { forS: 20, speedCmS: 40 }).onsets).toEqual([]);
  });
});

describe('over-pressure', () => {
  it('ends below 90 % of the limit, at once', () => {
    const coach = new Coach().roll({ forS: 5, pctBw: 65, speedCmS: 2 }, { forS: 3, pctBw: 55, speedCmS: 2 }, { forS: 1, pctBw: 53, speedCmS: 2 });
    expect(coach.ends('over-pressure', 1)).toEqual([8.1]);
  });

  it('begins its delay anew after every moment below the limit', () => {
    const pulses = Array.from({ length: 5 }, () => [{ forS: 1.9, pctBw: 65, speedCmS: 2 }, { forS: 0.1, pctBw: 59, speedCmS: 2 }]).flat();
    expect(new Coach().roll(...pulses).onsets).toEqual([]);
  });

  it('ends with the contact', () => {
    expect(new Coach().roll({ forS: 5, pctBw: 65, speedCmS: 2 }, { forS: 1, contact: false }).ends('over-pressure', 1)).toEqual([5.1]);
  });

  const firm = { tool: 'roller', texture: 'firm' } as const;
  it.each([
    [{ tool: 'roller', texture: 'soft' }, 50],
    [firm, 75],
    [{ tool: 'roller', texture: 'textured' }, 75],
    [{ tool: 'ball', texture: 'soft' }, 120],
    [{ tool: 'stick', texture: 'firm' }, 75],
  ] as const)('is judged by pressure where the mass is not known: %o, %d kPa', (facts, limit) => {
    const coach = (kpa: number): Coach =>
      new Coach({ massKg: null }).take({ type: 'roller', ...facts, pressureCalibrated: true }).roll({ forS: 5, pctBw: 95, kpa, speedCmS: 2 });
    expect(coach(limit).onsets).toEqual([]);
    expect(coach(limit + 1).onsets).toEqual(['over-pressure 1 @ 2.1']);
    expect(coach(1.5 * limit + 1).onsets).toEqual(['over-pressure 2 @ 1.1', 'over-pressure 1 @ 2.1']);
  });

  it('never judges both: a heavy person on a firm roller is not told twice', () => {
    expect(new Coach().roll({ forS: 5, pctBw: 59, kpa: 200, speedCmS: 2 }).onsets).toEqual([]);
  });

  it('needs calibrated cells', () => {
    const coach = new Coach().take({ type: 'roller', ...firm, pressureCalibrated: false });
    expect(coach.roll({ forS: 5, pctBw: 95, kpa: 300, speedCmS: 2 }).onsets).toEqual([]);
  });

  describe('by what the person finds comfortable at most, where cells give counts', () => {
    const counting = { type: 'roller', ...firm, pressureCalibrated: false } as const;
    const coach = (comfortLoad: number | null): Coach => new Coach().take(counting).take({ type: 'comfort', comfortLoad });
    const rolling = { forS: 5, pctBw: null, kpa: null, speedCmS: 2 } as const;

    it('the limit is 1.3 times that, the strong one half as much again', () => {
      expect(coach(400).roll({ ...rolling, relativeLoad: 520 }).onsets).toEqual([]);
      expect(coach(400).roll({ ...rolling, relativeLoad: 521 }).onsets).toEqual(['over-pressure 1 @ 2.1']);
      expect(coach(400).roll({ ...rolling, relativeLoad: 781 }).onsets).toEqual(['over-pressure 2 @ 1.1', 'over-pressure 1 @ 2.1']);
      expect(coach(400).roll({ ...rolling, relativeLoad: 521 }).cues[0]).toMatchObject({ value: 130.25, limit: 130, unit: '% comfort' });
    });

    it('ends below 90 % of the limit, and is what the screen shows', () => {
      const eased = coach(400).roll({ ...rolling, relativeLoad: 600 }, { ...rolling, relativeLoad: 470 }, { ...rolling, relativeLoad: 467 });
      expect(eased.ends('over-pressure', 1)).toEqual([10.1]);
      expect(viewCoaching(eased.state)).toMatchObject({ loadPctComfort: 116.75, limits: { loadPctComfort: 130, forcePctBw: null, pressureKpa: null } });
    });

    it('is one of the numbers that may be set', () => {
      const careful = new Coach({ config: { comfortRatio: 1.1 } }).take(counting).take({ type: 'comfort', comfortLoad: 400 });
      expect(careful.roll({ ...rolling, relativeLoad: 441 }).onsets).toEqual(['over-pressure 1 @ 2.1']);
    });

    it('comes last: where force or pressure is known, it is judged by that alone', () => {
      const known = (massKg: number | null): Coach =>
        new Coach({ massKg }).take({ type: 'comfort', comfortLoad: 1 }).roll({ forS: 5, pctBw: 59, kpa: 74, relativeLoad: 900, speedCmS: 2 });
      expect(known(75).onsets).toEqual([]);
      expect(known(null).onsets).toEqual([]);
      expect(viewCoaching(known(null).state).limits).toMatchObject({ loadPctComfort: null, pressureKpa: 75 });
    });

    it('without it nothing is judged, and what was judged by another is void', () => {
      expect(coach(null).roll({ ...rolling, relativeLoad: 9000 }).onsets).toEqual([]);
      const over = coach(400).roll({ ...rolling, relativeLoad: 521 }).take({ type: 'comfort', comfortLoad: 500 });
      expect(over.ends('over-pressure', 1)).toEqual([5]);
    });

    it('reported pain is eased by a lighter load on such a roller, too', () => {
      const hurt = coach(400).roll({ ...rolling, relativeLoad: 300 }).say({ type: 'pain', nrs: 7 });
      expect(hurt.roll({ ...rolling, relativeLoad: 280 }).ends('over-pressure', 1)).toEqual([]);
      expect(hurt.roll({ ...rolling, relativeLoad: 260 }).ends('over-pressure', 1)).toHaveLength(1);
    });
  });

  it('is void when another roller comes', () => {
    const coach = new Coach().roll({ forS: 5, pctBw: 65, speedCmS: 2 }).take({ type: 'roller', tool: 'ball', texture: 'firm', pressureCalibrated: true });
    expect(coach.ends('over-pressure', 1)).toEqual([5]);
    expect(coach.cues.at(-1)).toMatchObject({ phase: 'end', tS: 5 });
  });

  it('is void when the person says another mass', () => {
    const coach = new Coach({ massKg: null }).roll({ forS: 5, kpa: 90, pctBw: 30, speedCmS: 2 }).say({ type: 'mass', massKg: 75 });
    expect(coach.ends('over-pressure', 1)).toEqual([5]);
    expect(coach.roll({ forS: 5, kpa: 90, pctBw: 30, speedCmS: 2 }).onsets).toEqual(['over-pressure 1 @ 2.1']);
  });
});

describe('property: whoever rolls well hears nothing', () => {
  const groups = MUSCLE_GROUPS.filter((group) => GROUPS[group].pathCm !== null);

  it('full strokes at any constant speed from 1 cm/s to 0.75 of the limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...groups), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 60, noNaN: true }), (group, part, phaseS) => {
        const { warnCmS, pathCm } = GROUPS[group];
        const speedCmS = 1 + part * (0.75 * warnCmS - 1);
        const roll = strokes(pathCm ?? 0, speedCmS);
        const coach = new Coach({ group }).roll({ forS: 59, speedCmS: (sinceS) => roll(sinceS + phaseS) });
        expect(coach.onsets).toEqual([]);
      }),
    );
  });

  it('the limit itself is where it ends: just above, every group is told', () => {
    for (const group of groups) {
      const { warnCmS, pathCm } = GROUPS[group];
      expect(new Coach({ group }).roll({ forS: 6, speedCmS: strokes(pathCm ?? 0, 1.02 * warnCmS) }).onset('too-fast', 1)).toBe(3);
    }
  });
});
