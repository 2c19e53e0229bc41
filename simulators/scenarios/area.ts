import { hold, idle, microRolls, strokes } from '../body/segment.ts';
import { define } from './define.ts';
import type { DueCue, DueState, Scenario } from './scenario.ts';

/*
 * Times by hand: contact from 0.3 s (see speed.ts). Staying counts from there: hint at 20.3, cue at 30.3, strong at 60.3, and
 * 60 s of dose at 60.3 as well. After 70.3 the person rolls on at 5 cm/s: 5 cm are left behind after 1 s, what remains is 1 s old.
 */
const STAYED: readonly DueState[] = [
  { kind: 'too-long', level: 0, startS: 20.3, endS: 71.3 },
  { kind: 'too-long', level: 1, startS: 30.3, endS: 71.3 },
  { kind: 'too-long', level: 2, startS: 60.3, endS: 71.3 },
  { kind: 'dose-goal', level: 1, startS: 60.3 },
];
// The cue comes again every 12 s until the strong one takes its place; the goal waits its turn behind it.
const STAYED_CUES: readonly DueCue[] = [
  { kind: 'too-long', level: 1, tS: 30.3 },
  { kind: 'too-long', level: 1, tS: 42.3 },
  { kind: 'too-long', level: 1, tS: 54.3 },
  { kind: 'too-long', level: 2, tS: 60.3 },
  { kind: 'dose-goal', level: 1, tS: 71.3, grey: true },
];
const moveOn = strokes(4, 32, 5, 30);

/** Scenarios 4 to 6: staying on one area. */
export const AREA_SCENARIOS: readonly Scenario[] = [
  define({
    name: 's04-hold-still',
    title: 'The hamstrings held still for 70 s',
    group: 'hamstrings',
    segments: [idle(0.2), hold(70.1, 30), moveOn, idle(3)],
    states: STAYED,
    cues: STAYED_CUES,
  }),
  define({
    name: 's05-micro-rolls',
    title: 'The same with micro-rolls of 1 cm to either side: still one area',
    group: 'hamstrings',
    // 20 periods, so that it ends where it began.
    segments: [idle(0.2), microRolls(70, 1, 3.5, 30), moveOn, idle(3)],
    states: STAYED,
    cues: STAYED_CUES,
  }),
  define({
    name: 's05b-small-rolls',
    title: 'Small rolls of 3 cm to either side: more than one area',
    group: 'hamstrings',
    // 6 cm are more than 1.08 * 5 cm. 3 cm/s on the mean.
    segments: [idle(0.2), microRolls(70, 3, 4, 30), idle(3)],
    states: [{ kind: 'dose-goal', level: 1, startS: 60.3 }],
    cues: [{ kind: 'dose-goal', level: 1, tS: 60.3 }],
  }),
  define({
    name: 's06-lats-hold',
    title: 'The lats held, as they should be: only the dose counts',
    group: 'lats',
    // Contact from 0.3 to 98.8: past 1.08 * 90 s, before 0.92 * 120 s.
    segments: [idle(0.2), hold(98, 25), idle(3)],
    states: [
      { kind: 'dose-goal', level: 1, startS: 60.3 },
      { kind: 'dose-limit', level: 1, startS: 90.3 },
    ],
    cues: [
      { kind: 'dose-goal', level: 1, tS: 60.3 },
      { kind: 'dose-limit', level: 1, tS: 90.3 },
    ],
  }),
];
