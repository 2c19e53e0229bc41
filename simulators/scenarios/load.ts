import type { MuscleGroup } from '../../src/guide/groups.ts';
import { idle, strokes } from '../body/segment.ts';
import { define, TYPICAL_PCT_BW, type ScenarioPlan } from './define.ts';
import type { Scenario } from './scenario.ts';

/*
 * Times by hand. The load goes from typical to hard around 5.2 s and back around 10.2 s, each within 0.4 s along two parabolas:
 * the share k of the step is reached at 5.0 + 0.4 * sqrt(k / 2) below one half, at 5.4 - 0.4 * sqrt((1 - k) / 2) above.
 * No breath and no tremor: 65 % BW is 0.3 % from 1.08 * 60.
 */
const pressed = (group: Exclude<MuscleGroup, 'unknown'>, pctBw: number, plan: Pick<ScenarioPlan, 'name' | 'title' | 'states' | 'cues'>): Scenario => {
  const lengthCm = group === 'piriformis' ? 10 : 38;
  const rolled = (seconds: number, load: number) => strokes(seconds, lengthCm, 2.5, load);
  const typical = TYPICAL_PCT_BW[group];
  return define({ ...plan, group, liveliness: 0, segments: [idle(0.2), rolled(5, typical), rolled(5, pctBw), rolled(5, typical), idle(3)] });
};

/** Scenario 8: the load rule. */
export const LOAD_SCENARIOS: readonly Scenario[] = [
  pressed('quadriceps', 65, {
    name: 's08-quadriceps-65',
    title: '65 % of body weight on the quadriceps for 5 s: too hard',
    // From 32 to 65: 60 is k = 0.848, at 5.29; 2 s later. Back: 54 is k = 0.333, at 10.16.
    states: [{ kind: 'over-pressure', level: 1, startS: 7.29, endS: 10.16 }],
    cues: [{ kind: 'over-pressure', level: 1, tS: 7.29 }],
  }),
  pressed('piriformis', 65, {
    name: 's08b-piriformis-65',
    title: '65 % of body weight on the glutes for 5 s: they bear it',
  }),
  pressed('quadriceps', 85, {
    name: 's08c-quadriceps-85',
    title: '85 % of body weight on the quadriceps for 5 s: much too hard',
    // From 32 to 85: 60 is k = 0.528, at 5.21, 2 s later 7.21; 80 is k = 0.906, at 5.31, 1 s later 6.31. Back: 72 is k = 0.245, at 10.14;
    // 54 is k = 0.585, at 10.22. 85 is below 1.08 * 80: grey. When level 1 is due, the strong cue has taken its place.
    states: [
      { kind: 'over-pressure', level: 1, startS: 7.21, endS: 10.22 },
      { kind: 'over-pressure', level: 2, startS: 6.31, endS: 10.14, grey: true },
    ],
    cues: [{ kind: 'over-pressure', level: 2, tS: 6.31, grey: true }],
  }),
  pressed('piriformis', 85, {
    name: 's08d-piriformis-85',
    title: '85 % of body weight on the glutes for 5 s: too hard',
    // From 45 to 85: 75 is k = 0.75, at 5.26; 2 s later. Back: 67.5 is k = 0.4375, at 10.19.
    states: [{ kind: 'over-pressure', level: 1, startS: 7.26, endS: 10.19 }],
    cues: [{ kind: 'over-pressure', level: 1, tS: 7.26 }],
  }),
];
