import { idle, rhythm, strokes } from '../body/segment.ts';
import { define } from './define.ts';
import type { Scenario } from './scenario.ts';

/*
 * Times by hand. The person gets on at 0.2 s: the load rises over 0.4 s and has been above 5 % BW for 0.2 s at 0.3 s, which
 * is contact. Getting off at T: below 3 % for 0.5 s at T + 0.6 s. S is the 3 s mean of |v|, told from 2 s of contact on.
 */

/** Scenarios 1 to 3 and 7: the speed rule. */
export const SPEED_SCENARIOS: readonly Scenario[] = [
  define({
    name: 's01-inch-per-second',
    title: 'An inch a second along the whole quadriceps: only the goal is told',
    group: 'quadriceps',
    segments: [idle(0.2), strokes(66, 38, 2.5, 30), idle(3)],
    // Contact from 0.3: 60 s of it at 60.3. It ends at 66.8, past 1.08 * 60 s and before 0.92 * 90 s.
    states: [{ kind: 'dose-goal', level: 1, startS: 60.3 }],
    cues: [{ kind: 'dose-goal', level: 1, tS: 60.3 }],
  }),
  define({
    name: 's02-published-pace',
    title: 'Strokes of 4 s over 30 cm, the slow end of the published range: nothing is told',
    group: 'quadriceps',
    // 7.5 cm/s on the mean; the busiest 3 s hold 30 * cos(pi / 8) = 27.7 cm, 9.2 cm/s, under 0.92 * 14.
    segments: [idle(0.2), rhythm(48, 30, 4, 32), idle(3)],
  }),
  define({
    name: 's03-self-paced',
    title: 'Strokes of 1.8 s, as people do unasked, then slowed down',
    group: 'quadriceps',
    segments: [idle(0.2), rhythm(42, 38, 1.8, 32), strokes(10, 38, 2.5, 32), idle(3)],
    // S is told from 2.3 on and is then 20 cm/s, above 14: due 1 s later, at 3.3. It stays between 19 and 24, so never above 0.92 * 28.
    // Slowed at 42.2: 21.1 * (3 - u) + 2.5 * u < 3 * 11.2 from u = 1.6 on, for 3 s: 46.8. Repeats 12 s apart, the third is the last.
    states: [{ kind: 'too-fast', level: 1, startS: 3.3, endS: 46.8 }],
    cues: [
      { kind: 'too-fast', level: 1, tS: 3.3 },
      { kind: 'too-fast', level: 1, tS: 15.3 },
      { kind: 'too-fast', level: 1, tS: 27.3 },
    ],
  }),
  define({
    name: 's07-rhomboids-9',
    title: 'The upper back at a steady 9 cm/s: too fast there',
    group: 'rhomboids',
    side: 'both',
    segments: [idle(0.2), strokes(20, 20, 9, 25), idle(3)],
    // Two turn-arounds cost 2 cm of the 27 cm in 3 s: S is at least 8.3 cm/s, above 1.08 * 7.5, from 2.3 on: due at 3.3 and 15.3.
    // Off at 20.2: contact is lost at 20.8, and the rule lets go 1 s later.
    states: [{ kind: 'too-fast', level: 1, startS: 3.3, endS: 21.8 }],
    cues: [
      { kind: 'too-fast', level: 1, tS: 3.3 },
      { kind: 'too-fast', level: 1, tS: 15.3 },
    ],
  }),
  define({
    name: 's07b-quadriceps-9',
    title: 'The quadriceps at the same 9 cm/s: quick, not too fast',
    group: 'quadriceps',
    segments: [idle(0.2), strokes(20, 38, 9, 32), idle(3)],
  }),
];
