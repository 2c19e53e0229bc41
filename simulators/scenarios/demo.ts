import { hold, idle, liftAndSpin, strokes } from '../body/segment.ts';
import { STANDARD_ROLLER } from '../roller/build.ts';
import { SENSORS } from '../roller/sensors.ts';
import { define, variant } from './define.ts';
import type { Scenario } from './scenario.ts';

/** Two minutes in which a newcomer meets every cue once, well apart. */
export const TOUR = define({
  name: 'tour',
  title: 'A tour: rolling well, too fast, too long, too hard, a lift, and the dose reached',
  group: 'hamstrings',
  segments: [
    idle(3),
    strokes(11, 30, 3, 30),
    strokes(6, 30, 20, 30), // 14 to 20: too fast
    strokes(6, 30, 3, 30),
    hold(31, 30), // 26 to 57: too long
    strokes(13, 30, 3, 30),
    strokes(5, 30, 3, 69), // 70 to 75: too hard
    strokes(8, 30, 3, 30),
    liftAndSpin(6, 12), // 83 to 89
    strokes(20.4, 30, 3, 30),
    idle(10.6), // 109.4 to 120
  ],
  // Contact: on at 3.0, so from 3.1; off at 83.0, lost at 83.6; on at 89.0, so from 89.1; off at 109.4, lost at 110.0.
  states: [
    // 3 * (3 - u) + 20 * u > 3 * 12 from u = 1.6, a turn-around at 15.4 makes it 1.75: 15.75, due 1 s later.
    // Slow again at 20: 18.5 * (3 - u) + 3 * u < 3 * 9.6 from u = 1.7, for 3 s.
    { kind: 'too-fast', level: 1, startS: 16.75, endS: 24.7 },
    // The last 5 cm before the hold took 1.7 s: staying since 24.3. Rolling on from 57.0 leaves it behind after 1.7 s.
    { kind: 'too-long', level: 0, startS: 44.3, endS: 58.7 },
    { kind: 'too-long', level: 1, startS: 54.3, endS: 58.7 },
    // 3.1 + 60.
    { kind: 'dose-goal', level: 1, startS: 63.1 },
    // From 30 to 69: 60 is at 70.07; 2 s later. Back: 54 at 74.98.
    { kind: 'over-pressure', level: 1, startS: 72.07, endS: 74.98 },
    // 80.5 s by 83.6, so 9.5 s after 89.1; 101.4 s in all, between 1.08 * 90 and 0.92 * 120.
    { kind: 'dose-limit', level: 1, startS: 98.6 },
  ],
  cues: [
    { kind: 'too-fast', level: 1, tS: 16.75 },
    { kind: 'too-long', level: 1, tS: 54.3 },
    { kind: 'dose-goal', level: 1, tS: 63.1 },
    { kind: 'over-pressure', level: 1, tS: 72.07 },
    { kind: 'dose-limit', level: 1, tS: 98.6 },
    // The limit stays passed, but the person is off the roller: whether it is told again after the cooldown is left open.
    { kind: 'dose-limit', level: 1, tS: 110.6, grey: true, open: true },
  ],
});

const GOOD_ROLLING = define({
  name: 'good-rolling',
  title: 'Slow, even strokes until the goal is reached',
  group: 'hamstrings',
  segments: [idle(3), strokes(66, 32, 3, 30, 0.15), idle(3)],
  // Contact from 3.1.
  states: [{ kind: 'dose-goal', level: 1, startS: 63.1 }],
  cues: [{ kind: 'dose-goal', level: 1, tS: 63.1 }],
});

const TOO_FAST = define({
  name: 'too-fast',
  title: 'Too fast from the start, then slowed down',
  group: 'hamstrings',
  segments: [idle(2), strokes(8, 30, 20, 30), strokes(15, 30, 3, 30), idle(4)],
  // Contact from 2.1, S told from 4.1 and far above 12: due at 5.1. Slow from 10.0: S < 9.6 from 11.7 on, for 3 s.
  states: [{ kind: 'too-fast', level: 1, startS: 5.1, endS: 14.7 }],
  cues: [{ kind: 'too-fast', level: 1, tS: 5.1 }],
});

const bmi270 = { sensors: SENSORS.bmi270 };
/** The cheap part, off the axis in a roller that does not lie level, on another axis. */
const mpu6050 = { sensors: SENSORS.mpu6050, roller: { ...STANDARD_ROLLER, axis: 'z', mountCm: [3, 0], axisTiltDeg: 2 } } as const;

export const DEMO_SCENARIOS: readonly Scenario[] = [
  TOUR,
  GOOD_ROLLING,
  TOO_FAST,
  variant(TOUR, { ...bmi270, name: 'tour-bmi270', title: 'The tour with a BMI270' }),
  variant(TOUR, { ...mpu6050, name: 'tour-mpu6050', title: 'The tour with an MPU6050' }),
  variant(GOOD_ROLLING, { ...mpu6050, name: 'good-rolling-mpu6050', title: 'Slow, even strokes with an MPU6050' }),
  variant(TOO_FAST, { ...bmi270, name: 'too-fast-bmi270', title: 'Too fast, then slowed down, with a BMI270' }),
  variant(TOO_FAST, { ...mpu6050, name: 'too-fast-mpu6050', title: 'Too fast, then slowed down, with an MPU6050' }),
];
