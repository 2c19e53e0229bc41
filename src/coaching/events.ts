import { CUE_WORDS } from '../guide/cue-words.ts';
import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { Profile } from '../guide/profiles.ts';
import type { Unit } from '../guide/units.ts';

/** What a session is doing. `ready` waits for the first contact; `safety-stop` waits for the person to confirm. */
export const SESSION_STATES = ['idle', 'ready', 'running', 'paused', 'stopped', 'safety-stop'] as const;
export type SessionState = (typeof SESSION_STATES)[number];

/** What a person can be told: whatever the guide has words for. A rule owns each kind. */
export type CueKind = keyof typeof CUE_WORDS;
export const CUE_KINDS = Object.keys(CUE_WORDS) as readonly CueKind[];

/** 0 is a hint: a state, never a cue. 1 is a cue, 2 a strong one. */
export type Level = 0 | 1 | 2;

/** A rule's own activation at one level began or ended; levels are cumulative and end each by its own release. */
export interface StateEvent {
  readonly kind: CueKind;
  readonly level: Level;
  readonly phase: 'start' | 'end';
  readonly tS: number;
  readonly group: MuscleGroup;
  readonly side: Side;
  /** What was judged and what it was judged by. */
  readonly value: number;
  readonly limit: number;
  /** What both are in. Left out: not said. */
  readonly unit?: Unit;
}

/** What the person is told, after precedence and pacing. Numbered (`seq`) by whoever sends it. */
export interface CueEvent extends StateEvent {
  readonly level: 1 | 2;
  /** 1 for the first of a row, counting up with each repeat after the cooldown. */
  readonly repeat: number;
  /** Whether it may sound: false over the budget of audible cues. */
  readonly audible: boolean;
}

/** What a person does, or says: recorded beside the frames, because a cue depends on it. */
export type Command =
  | { readonly type: 'select'; readonly group: MuscleGroup; readonly side: Side }
  | { readonly type: 'mass'; readonly massKg: number | null }
  | { readonly type: 'start' }
  | { readonly type: 'pause' }
  | { readonly type: 'continue' }
  | { readonly type: 'stop' }
  | { readonly type: 'pain'; readonly nrs: number }
  | { readonly type: 'profile'; readonly profile: Profile }
  /** Holds still on purpose, from the place where the person settles until they roll away; or takes that back. */
  | { readonly type: 'hold'; readonly on: boolean }
  /** Confirms a safety stop, so that the session may go on. */
  | { readonly type: 'confirm' };
