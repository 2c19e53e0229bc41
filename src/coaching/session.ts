import type { SessionState } from './events.ts';

/**
 * What moves a session on: what a person commands, and what happens by itself: `frame` (the first tick of a recording),
 * `chosen` (a group, where the session is to start at the first contact), `contact`, `danger` (pain that calls for a stop).
 */
export type Trigger = 'start' | 'pause' | 'continue' | 'stop' | 'confirm' | 'frame' | 'chosen' | 'contact' | 'danger';

/** After a safety stop the session is only paused: to go on is a decision of its own. */
const TRANSITIONS: Readonly<Record<SessionState, Partial<Readonly<Record<Trigger, SessionState>>>>> = {
  idle: { start: 'running', frame: 'running', chosen: 'ready' },
  ready: { start: 'running', contact: 'running', stop: 'stopped', danger: 'safety-stop' },
  running: { pause: 'paused', stop: 'stopped', danger: 'safety-stop' },
  paused: { start: 'running', continue: 'running', stop: 'stopped', danger: 'safety-stop' },
  stopped: { start: 'running' },
  'safety-stop': { confirm: 'paused', stop: 'stopped' },
};

/** The state after a trigger; the same one where the trigger means nothing in it. */
export const nextSession = (state: SessionState, trigger: Trigger): SessionState => TRANSITIONS[state][trigger] ?? state;

/** Whether going from one state to another begins a new session, with all doses at zero. */
export const isNewSession = (from: SessionState, to: SessionState): boolean => to === 'running' && from !== 'running' && from !== 'paused';
