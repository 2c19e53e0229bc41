import { hold, idle, liftAndSpin, shove, strokes } from '../body/segment.ts';
import { SENSORS } from '../roller/sensors.ts';
import { define } from './define.ts';
import type { Scenario } from './scenario.ts';

/** Scenarios 9 to 14: what happens around the rolling. Contact from 0.3 s (see speed.ts). */
export const HANDLING_SCENARIOS: readonly Scenario[] = [
  define({
    name: 's09-contact-lost',
    title: 'Off the roller for 5 s in the middle: the dose waits',
    group: 'hamstrings',
    side: 'right',
    // Off at 30.2, lost at 30.8 with 30.5 s of dose; on at 35.7, contact again at 35.8: 29.5 s later is 65.3.
    segments: [idle(0.2), strokes(30, 32, 3, 30), shove(5.5, 4), strokes(37, 32, 3, 30), idle(3)],
    states: [{ kind: 'dose-goal', level: 1, startS: 65.3 }],
    cues: [{ kind: 'dose-goal', level: 1, tS: 65.3 }],
  }),
  define({
    name: 's10-textured',
    title: 'A beginner on a textured roller, rolling well',
    group: 'quadriceps',
    roller: { texture: 'textured' },
    segments: [idle(0.2), strokes(40, 38, 3, 32), idle(3)],
  }),
  define({
    name: 's11-short',
    title: 'Only 25 s of a group: too little, and nothing is said while rolling',
    group: 'adductors',
    // Contact from 0.4 to 25.4.
    segments: [idle(0.2), strokes(24.6, 22, 2.5, 15), idle(5)],
  }),
  define({
    name: 's12-gyro-bias',
    title: 'A gyroscope that shows 0.5 deg/s at rest, under a person who holds still',
    group: 'lats',
    sensors: { ...SENSORS.bmi270, gyro: { ...SENSORS.bmi270.gyro, biasDps: [0.5, 0.5], warmUpDps: 0 } },
    // On at 5.0, contact at 5.1, 60 s of it at 65.1.
    segments: [idle(5), hold(70, 25), idle(3)],
    states: [{ kind: 'dose-goal', level: 1, startS: 65.1 }],
    cues: [{ kind: 'dose-goal', level: 1, tS: 65.1 }],
  }),
  define({
    name: 's13-lifted-and-spun',
    title: 'The roller is picked up and spun: nothing counts',
    group: 'hamstrings',
    segments: [idle(2), liftAndSpin(20, 30), idle(3)],
  }),
  define({
    name: 's14-pain',
    title: 'The person reports pain 8 of 10: stop',
    group: 'quadriceps',
    segments: [idle(0.2), strokes(22.8, 38, 2.5, 32), idle(5)],
    commands: [{ tS: 20, command: { type: 'pain', nrs: 8 } }],
    // Pain of 7 and more is over-pressure as well; whether that is seen beside a stop is left open.
    states: [
      { kind: 'safety-stop', level: 2, startS: 20 },
      { kind: 'over-pressure', level: 1, startS: 20, grey: true },
    ],
    cues: [{ kind: 'safety-stop', level: 2, tS: 20 }],
  }),
];
