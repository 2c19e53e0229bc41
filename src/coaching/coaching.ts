import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { Profile } from '../guide/profiles.ts';
import { TOOLS } from '../guide/tools.ts';
import type { MotionTick } from '../motion/tick.ts';
import type { Command } from './events.ts';
import { judge, release, silence, type CoachingEvent } from './judge.ts';
import { stepHold } from './hold.ts';
import { createMeasures, stepMeasures } from './measures/measures.ts';
import type { RollerFacts } from './moment.ts';
import { createPacing, forgetTold } from './pacing.ts';
import { painFelt, stepPain } from './pain.ts';
import { createPraise } from './praise.ts';
import { restartEnds } from './record/ends.ts';
import { addActivity, keepTick } from './record/ledger.ts';
import { keepPain } from './record/pain-record.ts';
import { tally } from './record/tally.ts';
import { overPressure } from './rules/over-pressure.ts';
import { tooFast, WARN_CM_S } from './rules/too-fast.ts';
import { judgesArea, tooLong } from './rules/too-long.ts';
import { isNewSession, nextSession, type Trigger } from './session.ts';
import { loadNow, momentOf, openLedger, presentLedger, type CoachingState } from './state.ts';
import { TICK_S } from './ticks.ts';
import { reached } from './time.ts';

// The door of the room: what the pipeline needs of it.
export type { CoachingEvent } from './judge.ts';
export { createCoaching, type CoachingState } from './state.ts';
export { summarize, type SessionSummary } from './record/summary.ts';
export { viewCoaching, type CoachingView } from './view.ts';

export type CoachingInput =
  | { readonly type: 'tick'; readonly tick: MotionTick }
  | { readonly type: 'command'; readonly tS: number; readonly command: Command }
  | ({ readonly type: 'roller' } & RollerFacts)
  /** What the person finds comfortable at most on this roller, as its cells count it; null: not known. */
  | { readonly type: 'comfort'; readonly comfortLoad: number | null };

/** Takes one input, updates the state in place and returns what follows from it: states of rules first, then cues. */
export function stepCoaching(state: CoachingState, input: CoachingInput): readonly CoachingEvent[] {
  const events = respond(state, input);
  for (const each of events) {
    if (each.type === 'session' || each.event.phase === 'end') continue;
    const { states, cues } = openLedger(state, each.event);
    tally(each.type === 'cue' ? cues : states, each.event);
  }
  return events;
}

function respond(state: CoachingState, input: CoachingInput): readonly CoachingEvent[] {
  switch (input.type) {
    case 'tick':
      return stepTick(state, input.tick);
    case 'command':
      return stepCommand(state, input.command, input.tS);
    case 'roller':
      return meetRoller(state, input);
    case 'comfort':
      return judgeByComfort(state, input.comfortLoad);
  }
}

function stepTick(state: CoachingState, tick: MotionTick): readonly CoachingEvent[] {
  const events: CoachingEvent[] = [];
  if (state.session === 'idle' && state.start === 'first-frame') events.push(...moveSession(state, 'frame', tick.tS - TICK_S));
  if (state.session === 'ready' && tick.contact) events.push(...moveSession(state, 'contact', tick.tS));
  if (state.session === 'running') events.push(...roll(state, tick));
  else if (!tick.disturbed) state.lastTick = tick;
  return events;
}

/** A tick of a running session. While the haptic motor shakes the sensors time still counts, and everything else stands still. */
function roll(state: CoachingState, tick: MotionTick): readonly CoachingEvent[] {
  const { config } = state;
  const ledger = openLedger(state);
  addActivity(ledger, tick, config);
  if (tick.disturbed) return [];
  state.lastTick = tick;
  stepMeasures(state.measures, tick, TOOLS[state.roller.tool].follows, config);
  const load = loadNow(state);
  state.pain = stepPain(state.pain, load, tick.contact, config);
  state.hold = stepHold(state.hold, { dwellS: state.measures.dwellS, setS: ledger.setS }, config);
  const moment = momentOf(state, load);
  const isOverLoad = load !== null && load.value > load.warn;
  keepTick(ledger, tick, { speedCmS: moment.speedCmS, warnCmS: config[WARN_CM_S[state.group]], isOverLoad, dwellS: moment.dwellS }, config);
  return judge(state, moment, tick.tS, TICK_S);
}

function stepCommand(state: CoachingState, command: Command, tS: number): readonly CoachingEvent[] {
  switch (command.type) {
    case 'select':
      return select(state, command.group, command.side, tS);
    case 'mass':
      return weigh(state, command.massKg, tS);
    case 'pain':
      return reportPain(state, command.nrs, tS);
    case 'profile':
      return judgeBy(state, command.profile, tS);
    case 'hold':
      return planHold(state, command.on, tS);
    case 'start':
    case 'pause':
    case 'continue':
    case 'stop':
    case 'confirm':
      return moveSession(state, command.type, tS);
  }
}

/** Another group or side ends all that was said of the one before. */
function select(state: CoachingState, group: MuscleGroup, side: Side, tS: number): readonly CoachingEvent[] {
  const events: CoachingEvent[] = [];
  if (group !== state.group || side !== state.side) {
    events.push(...silence(state, tS));
    forgetTold(state.pacing);
    state.measures = createMeasures(state.config);
    state.pain = null;
    state.hold = null;
    state.group = group;
    state.side = side;
    const known = presentLedger(state);
    if (known !== undefined) restartEnds(known.ends);
  }
  if (state.start === 'first-contact' && group !== 'unknown') events.push(...moveSession(state, 'chosen', tS));
  return events;
}

/** From now on load is judged by another limit. */
function weigh(state: CoachingState, massKg: number | null, tS: number): readonly CoachingEvent[] {
  if (massKg === state.massKg) return [];
  state.massKg = massKg;
  return release(state, overPressure.kind, tS);
}

/** The same, where cells give counts. */
function judgeByComfort(state: CoachingState, comfortLoad: number | null): readonly CoachingEvent[] {
  if (comfortLoad === state.comfortLoad) return [];
  state.comfortLoad = comfortLoad;
  return state.roller.pressureCalibrated ? [] : release(state, overPressure.kind, state.lastTick?.tS ?? 0);
}

/** From now on pace is judged by another measure. */
function judgeBy(state: CoachingState, profile: Profile, tS: number): readonly CoachingEvent[] {
  if (profile === state.profile) return [];
  state.profile = profile;
  return release(state, tooFast.kind, tS);
}

/** From now on the place is judged by other limits. Holding means nothing where it is the technique, nor beyond the dose. */
function planHold(state: CoachingState, on: boolean, tS: number): readonly CoachingEvent[] {
  const moment = momentOf(state);
  const isOn = on && state.session === 'running' && judgesArea(moment) && !reached(moment.setS, state.config.doseMaxS);
  if (isOn === (state.hold !== null)) return [];
  state.hold = isOn ? { isSettled: false } : null;
  return release(state, tooLong.kind, tS);
}

/** Pain is kept whenever it is said, and heard while a session is open; from `nrsStop` on it stops the session, running or not. */
function reportPain(state: CoachingState, nrs: number, tS: number): readonly CoachingEvent[] {
  const { pain, activeS } = openLedger(state);
  keepPain(pain, { nrs, tS }, activeS > 0);
  if (state.session === 'idle' || state.session === 'stopped' || state.session === 'safety-stop') return [];
  state.pain = painFelt(nrs, loadNow(state));
  const moved = nrs >= state.config.nrsStop ? moveSession(state, 'danger', tS) : [];
  return [...moved, ...judge(state, momentOf(state), tS, 0)];
}

/** What was judged in the state that is left ends; a new session begins with nothing done, and with the pain that was said before it. */
function moveSession(state: CoachingState, trigger: Trigger, tS: number): readonly CoachingEvent[] {
  const next = nextSession(state.session, trigger);
  if (next === state.session) return [];
  const events = silence(state, tS);
  if (isNewSession(state.session, next)) {
    if (state.session === 'stopped') state.ledgers = new Map();
    state.pacing = createPacing();
    state.praise = createPraise();
  }
  if (next !== 'safety-stop') state.pain = null;
  state.hold = null;
  state.measures = createMeasures(state.config);
  state.session = next;
  return [...events, { type: 'session', state: next, tS }];
}

/** Another tool: what was judged by the one before is void, but not pain, which waits to be confirmed. */
function meetRoller(state: CoachingState, { tool, texture, pressureCalibrated }: RollerFacts): readonly CoachingEvent[] {
  const known = state.roller;
  if (tool === known.tool && texture === known.texture && pressureCalibrated === known.pressureCalibrated) return [];
  const events = state.session === 'safety-stop' ? [] : silence(state, state.lastTick?.tS ?? 0);
  state.roller = { tool, texture, pressureCalibrated };
  state.hold = null;
  state.measures = createMeasures(state.config);
  return events;
}
