import type { Level } from '../events.ts';
import type { Unit } from '../../guide/units.ts';
import { reached } from '../time.ts';
import type { LevelVerdict, Verdict } from './rule.ts';

/** One level of a rule in time; plain data. */
export interface LevelState {
  readonly level: Level;
  active: boolean;
  /** Onset, s of session time; the last one while not active. */
  sinceS: number;
  value: number;
  limit: number;
  unit: Unit;
  /** How long the condition to start (or, when active, to end) has held, s; null while it does not. */
  heldS: number | null;
}

export interface LevelChange {
  readonly state: LevelState;
  readonly phase: 'start' | 'end';
}

export const createLevels = (): LevelState[] =>
  ([0, 1, 2] as const).map((level) => ({ level, active: false, sinceS: 0, value: 0, limit: 0, unit: 's', heldS: null }));

/**
 * Brings the levels of a rule to `tS`, `dtS` after the step before, and returns those that started or ended. A delay
 * counts from the first moment at which the condition is seen; each level is judged by its own limit, so that a strong
 * one may come before a mild one whose delay is longer.
 */
export function stepLevels(states: readonly LevelState[], verdict: Verdict, tS: number, dtS: number): readonly LevelChange[] {
  if (verdict === 'hold') return NO_CHANGES;
  const changes: LevelChange[] = [];
  for (const state of states) {
    const judged = verdict === 'release' ? undefined : levelOf(verdict, state.level);
    if (judged === undefined ? release(state) : stepLevel(state, judged, tS, dtS)) {
      changes.push({ state: { ...state }, phase: state.active ? 'start' : 'end' });
    }
  }
  return changes;
}

const NO_CHANGES: readonly LevelChange[] = [];

function levelOf(verdicts: readonly LevelVerdict[], level: Level): LevelVerdict | undefined {
  for (const verdict of verdicts) if (verdict.level === level) return verdict;
  return undefined;
}

function release(state: LevelState): boolean {
  const wasActive = state.active;
  state.active = false;
  state.heldS = null;
  return wasActive;
}

function stepLevel(state: LevelState, judged: LevelVerdict, tS: number, dtS: number): boolean {
  state.value = judged.value;
  state.limit = judged.limit;
  state.unit = judged.unit;
  const isDue = state.active ? judged.under : judged.over;
  state.heldS = !isDue ? null : state.heldS === null ? 0 : state.heldS + dtS;
  if (state.heldS === null || !reached(state.heldS, state.active ? judged.offDelayS : judged.onDelayS)) return false;
  state.active = !state.active;
  state.heldS = null;
  if (state.active) state.sinceS = tS;
  return true;
}
