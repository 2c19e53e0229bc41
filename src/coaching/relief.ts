import type { CueKind } from './events.ts';
import type { Moment } from './moment.ts';
import { RULES } from './rules/list.ts';
import type { CoachingState } from './state.ts';

/** The person has done what a cue asked for. It may outlast its state by its least time on screen, and its state the correction. */
export function isRelieved(state: CoachingState, kind: CueKind, moment: Moment): boolean {
  const isOver = state.levels[kind].every(({ active, level }) => level === 0 || !active);
  return isOver || (RULES.find((rule) => rule.kind === kind)?.relieved(moment, state.config) ?? false);
}

/**
 * Whether heeding the cue earns praise: it corrects how one rolls (that a time is over asks for nothing to be done better), on the
 * roller (leaving it corrects nothing), and no other fault is left; news is none, and neither is a hint.
 */
export function earnsPraise(state: CoachingState, kind: CueKind, { contact }: Moment): boolean {
  const isFaulty = RULES.some((rule) => rule.kind !== kind && !rule.manner?.isNews && state.levels[rule.kind].some(({ active, level }) => active && level > 0));
  return contact && !isFaulty && !RULES.find((rule) => rule.kind === kind)?.manner?.waits;
}
