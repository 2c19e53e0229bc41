import type { CueKind } from '../events.ts';
import { doseGoal } from './dose-goal.ts';
import { doseLimit } from './dose-limit.ts';
import { overPressure } from './over-pressure.ts';
import { restOver } from './rest-over.ts';
import { safetyStop } from './safety-stop.ts';
import { tooFast } from './too-fast.ts';
import { tooLong } from './too-long.ts';

/** Every rule there is. */
export const RULES = [safetyStop, overPressure, tooFast, tooLong, doseLimit, doseGoal, restOver] as const;

/** Which cue is told when several are due, first one first. */
const PRECEDENCE: readonly (readonly [CueKind, 1 | 2])[] = [
  ['safety-stop', 2],
  ['over-pressure', 2],
  ['too-fast', 2],
  ['over-pressure', 1],
  ['too-long', 2],
  ['dose-limit', 2],
  ['dose-limit', 1],
  ['too-long', 1],
  ['too-fast', 1],
  ['dose-goal', 1],
  ['rest-over', 1],
];

/** Place in the order of precedence: the lower, the more urgent. */
export const precedenceOf = ({ kind, level }: { readonly kind: CueKind; readonly level: number }): number =>
  PRECEDENCE.findIndex(([ofKind, ofLevel]) => ofKind === kind && ofLevel === level);
