import type { CueEvent, CueKind, SessionState, StateEvent } from './events.ts';
import type { Moment } from './moment.ts';
import { dismiss, pace, type Candidate } from './pacing.ts';
import { stepPraise } from './praise.ts';
import { earnsPraise, isRelieved } from './relief.ts';
import { stepLevels } from './rules/levels.ts';
import { RULES } from './rules/list.ts';
import type { Verdict } from './rules/rule.ts';
import type { CoachingState } from './state.ts';

export type CoachingEvent =
  | { readonly type: 'state'; readonly event: StateEvent }
  | { readonly type: 'cue'; readonly event: CueEvent }
  | { readonly type: 'session'; readonly state: SessionState; readonly tS: number };

/** Runs the rules that apply in this state of the session, `dtS` after the last time, then chooses the cue. */
export function judge(state: CoachingState, moment: Moment, tS: number, dtS: number): CoachingEvent[] {
  const events: CoachingEvent[] = [];
  for (const rule of RULES) {
    const applies = state.session === 'running' || (state.session === 'safety-stop' && rule.outlivesSession === true);
    for (const event of changeLevels(state, rule.kind, applies ? rule.judge(moment, state.config) : 'release', tS, dtS)) events.push(event);
  }
  const { group, side, config } = state;
  for (const event of pace(state.pacing, candidatesOf(state), tS, { group, side, contact: moment.contact }, config)) events.push({ type: 'cue', event });
  praise(state, moment, tS);
  return events;
}

function praise(state: CoachingState, moment: Moment, tS: number): void {
  const kind = state.pacing.shown?.event.kind;
  const heeded = { isRelieved: kind !== undefined && isRelieved(state, kind, moment), isEarned: kind !== undefined && earnsPraise(state, kind, moment) };
  stepPraise(state.praise, heeded, tS, state.config);
}

/** Ends every state, and takes the cue off the screen. */
export function silence(state: CoachingState, tS: number): CoachingEvent[] {
  const events = RULES.flatMap(({ kind }) => release(state, kind, tS));
  for (const event of dismiss(state.pacing, tS)) events.push({ type: 'cue', event });
  return events;
}

/** Ends the states of one rule. */
export const release = (state: CoachingState, kind: CueKind, tS: number): readonly CoachingEvent[] => changeLevels(state, kind, 'release', tS, 0);

function changeLevels(state: CoachingState, kind: CueKind, verdict: Verdict, tS: number, dtS: number): readonly CoachingEvent[] {
  const { group, side } = state;
  const changes = stepLevels(state.levels[kind], verdict, tS, dtS);
  return changes.length === 0 ? NO_EVENTS : changes.map(({ state: { level, value, limit, unit }, phase }) => ({
    type: 'state',
    event: { kind, level, phase, tS, group, side, value, limit, unit },
  }));
}

const NO_EVENTS: readonly CoachingEvent[] = [];

/** Active levels that may be told: hints are not. */
function candidatesOf(state: CoachingState): Candidate[] {
  const candidates: Candidate[] = [];
  for (const { kind } of RULES) {
    for (const { level, active, sinceS, value, limit, unit } of state.levels[kind]) {
      if (active && level !== 0) candidates.push({ kind, level, sinceS, value, limit, unit });
    }
  }
  return candidates;
}
