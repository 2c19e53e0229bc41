import { idle, rhythm, strokes } from '../body/segment.ts';
import { define } from './define.ts';
import type { Scenario } from './scenario.ts';

/** Beyond the acceptance scenarios. Contact from 0.3 s (see speed.ts). */
export const EXTRA_SCENARIOS: readonly Scenario[] = [
  define({
    name: 'creeping',
    title: 'Rolling so slowly that it is staying: 1 mm/s',
    group: 'hamstrings',
    // 4.5 cm in 45 s. Off at 45.2: contact is lost at 45.8, and the rule lets go 2 s later.
    segments: [idle(0.2), strokes(45, 32, 0.1, 30), idle(4)],
    states: [
      { kind: 'too-long', level: 0, startS: 20.3, endS: 47.8 },
      { kind: 'too-long', level: 1, startS: 30.3, endS: 47.8 },
    ],
    cues: [
      { kind: 'too-long', level: 1, tS: 30.3 },
      { kind: 'too-long', level: 1, tS: 42.3 },
    ],
  }),
  define({
    name: 'two-groups',
    title: 'One muscle after the other: each has a dose of its own',
    group: 'hamstrings',
    segments: [idle(0.2), strokes(40, 32, 3, 30), idle(5), strokes(40, 38, 3, 32), idle(3)],
    commands: [{ tS: 43, command: { type: 'select', group: 'quadriceps', side: 'left' } }],
  }),
  define({
    name: 'natural',
    title: 'Strokes of about 4 s, no two alike',
    group: 'quadriceps',
    // 7.5 cm/s on the mean; a stroke of half the time, three deviations off, makes a 3 s mean of 11.5 cm/s, under 0.92 * 14.
    segments: [idle(0.2), rhythm(48, 30, 4, 32, 0.15), idle(3)],
  }),
  define({
    name: 'mass-not-told',
    title: 'Nobody has said what the person weighs: contact is told by pressure',
    group: 'hamstrings',
    massKg: null,
    // A cell is above 3 kPa from 21 N on, a tenth of the load: contact at 0.3 as well.
    segments: [idle(0.2), strokes(66, 32, 3, 30, 0.15), idle(3)],
    states: [{ kind: 'dose-goal', level: 1, startS: 60.3 }],
    cues: [{ kind: 'dose-goal', level: 1, tS: 60.3 }],
  }),
];
