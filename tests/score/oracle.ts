import { GROUPS, type MuscleGroup, type Side } from '../../src/guide/groups.ts';
import type { Truth } from '../../simulators/roller/truth.ts';
import type { DueKind, Scenario } from '../../simulators/scenarios/scenario.ts';
import { painUntil } from './pain.ts';
import { EPSILON_S, meanSpeeds, runningSum, sinceContact, stayedFor, stillFor, TICK_S } from './signals.ts';

/*
 * The definitions of the rules (docs/coaching.md) written down a second time, as plainly as can be, over the true motion. Nothing here
 * comes from src/coaching; the numbers of the muscle groups are shared, the others are repeated.
 */

export interface Activation {
  readonly kind: DueKind;
  readonly level: number;
  readonly startS: number;
  readonly endS: number;
}

/** Factors on every limit: speeds, forces and lengths by `value`, durations by `time`. Above 1 less is due. */
export interface Scale {
  readonly value: number;
  readonly time: number;
}

/** Contact ticks of what was rolled before in a visit to the same muscle and side. */
type Doses = Map<string, number>;

/** A tick of the true motion; the pressure, kPa, where load goes by it. */
export type Judged = Truth & { readonly pressureKpa?: number };

export function activations(truth: readonly Judged[], scenario: Scenario, scale: Scale): Activation[] {
  const doses: Doses = new Map();
  const stopS = stopOf(scenario);
  return visitsOf(scenario).flatMap((visit) => {
    const ticks = ticksOf(truth.filter(({ tS }) => tS < stopS - EPSILON_S), visit);
    const key = `${visit.group}/${visit.side}`;
    const doneS = doses.get(key) ?? 0;
    doses.set(key, doneS + TICK_S * ticks.filter(({ contact }) => contact).length);
    const isStopped = stopS < Infinity && stopS > visit.fromS && stopS <= visit.toS;
    const stop: Activation[] = isStopped ? [{ kind: 'safety-stop', level: 2, startS: stopS, endS: Infinity }] : [];
    return [...judgeVisit(ticks, visit.group, scenario, scale, doneS), ...stop];
  });
}

/** When pain of 8 or more stops the session: nothing is judged any more. */
const stopOf = ({ commands }: Scenario): number => commands.find(({ command }) => command.type === 'pain' && command.nrs >= 8)?.tS ?? Infinity;

/** A stretch with one muscle and side. */
export interface Visit {
  readonly group: MuscleGroup;
  readonly side: Side;
  readonly fromS: number;
  readonly toS: number;
}

export const ticksOf = <T extends Truth>(truth: readonly T[], { fromS, toS }: Visit): T[] =>
  truth.filter(({ tS }) => tS > fromS + EPSILON_S && tS <= toS + EPSILON_S);

/** Each visit begins with a clean slate, but for the dose. */
export function visitsOf({ commands }: Scenario): Visit[] {
  const selections = commands.flatMap(({ tS, command }) => (command.type === 'select' ? [{ group: command.group, side: command.side, fromS: tS }] : []));
  return selections.map((selection, i) => ({ ...selection, toS: selections[i + 1]?.fromS ?? Infinity }));
}

function judgeVisit(truth: readonly Judged[], group: MuscleGroup, scenario: Scenario, { value, time }: Scale, doneS: number): Activation[] {
  const { warnCmS, forcePctBw, hold } = GROUPS[group];
  const { tool } = scenario.roller;
  const lostS = sinceContact(truth);
  const speeds = meanSpeeds(truth, lostS);
  const stays = tool === 'ball' ? stillFor(truth, lostS, value) : stayedFor(truth, lostS, 5 / value);
  const doses = runningSum(truth, doneS);
  const { unit, loads } = loadsOf(truth, scenario);
  const [warn, strong] = unit === '% BW' ? forcePctBw : pressureLimits(scenario);
  const found: Activation[] = [];
  const rule = (kind: DueKind, level: number, limits: Limits): void => {
    for (const [start, end] of spans(truth, limits)) found.push({ kind, level, startS: truth[start]!.tS, endS: truth[end]?.tS ?? Infinity });
  };

  if (tool !== 'stick') {
    const tooFast = (level: number, limitCmS: number, delayS: number): void =>
      rule('too-fast', level, {
        holds: (i) => (speeds[i] ?? 0) > limitCmS, delayS, ends: (i) => (speeds[i] ?? 0) < 0.8 * limitCmS, endDelayS: 3, lost: (i) => lostS[i]! > 1 + EPSILON_S,
      });
    tooFast(1, warnCmS * value, 1);
    tooFast(2, 2 * warnCmS * value, 0.5);
  }
  if (tool !== 'stick' && !hold) {
    for (const [level, limitS] of [20, 30, 60].entries()) {
      rule('too-long', level, {
        holds: (i) => stays[i]! >= limitS * time - EPSILON_S, delayS: 0, ends: (i) => stays[i]! < 5, endDelayS: 0, lost: (i) => lostS[i]! > 2 + EPSILON_S,
      });
    }
  }
  const never = (): boolean => false;
  for (const [kind, level, limitS] of [['dose-goal', 1, 60], ['dose-limit', 1, 90], ['dose-limit', 2, 120]] as const) {
    rule(kind, level, { holds: (i) => doses[i]! >= limitS * time - EPSILON_S, delayS: 0, ends: never, endDelayS: 0, lost: never });
  }
  const isHurting = painUntil(truth, scenario, loads);
  for (const [level, limit, delayS] of [[1, warn, 2], [2, strong, 1]] as const) {
    const hurts = (i: number): boolean => level === 1 && isHurting[i]!;
    rule('over-pressure', level, {
      holds: (i) => loads[i]! > limit * value, delayS, ends: (i) => loads[i]! < 0.9 * limit * value && !hurts(i), endDelayS: 0,
      lost: (i) => lostS[i]! > 0 && !hurts(i), atOnce: hurts,
    });
  }
  return found;
}

/** The load on the body side in contact, by what it is judged; 0 where it is not: without cells there is no rule. */
function loadsOf(truth: readonly Judged[], { massKg, roller }: Scenario): { unit: '% BW' | 'kPa'; loads: number[] } {
  const measured = (valueOf: (tick: Judged) => number): number[] => truth.map((tick) => (tick.contact && roller.cellsAround > 0 ? valueOf(tick) : 0));
  return massKg === null
    ? { unit: 'kPa', loads: measured(({ pressureKpa }) => pressureKpa ?? 0) }
    : { unit: '% BW', loads: measured(({ forceN }) => (100 * forceN) / (massKg * 9.81)) };
}

/** Mean pressure under a tool that is too much, kPa; far too much is half as much again. */
function pressureLimits({ roller: { tool, texture } }: Scenario): [number, number] {
  const limitKpa = tool === 'ball' ? 120 : tool === 'roller' && texture === 'soft' ? 50 : 75;
  return [limitKpa, 1.5 * limitKpa];
}

interface Limits {
  readonly holds: (tick: number) => boolean;
  readonly delayS: number;
  readonly ends: (tick: number) => boolean;
  readonly endDelayS: number;
  /** Contact has been away for too long: over at once. */
  readonly lost: (tick: number) => boolean;
  /** Active from here on, whatever the limit. */
  readonly atOnce?: (tick: number) => boolean;
}

/** From which tick to which a rule is active. Nothing begins and no clock runs without contact. */
function spans(truth: readonly Truth[], { holds, delayS, ends, endDelayS, lost, atOnce }: Limits): [number, number][] {
  const found: [number, number][] = [];
  let startedAt: number | null = null;
  let heldTicks = -1;
  for (let i = 0; i < truth.length; i++) {
    if (lost(i)) {
      if (startedAt !== null) found.push([startedAt, i]);
      startedAt = null;
      heldTicks = -1;
    }
    if (startedAt === null && atOnce?.(i)) {
      startedAt = i;
      heldTicks = -1;
    }
    if (!truth[i]!.contact) continue;
    heldTicks = (startedAt === null ? holds(i) : ends(i)) ? heldTicks + 1 : -1;
    if (heldTicks < 0 || heldTicks * TICK_S < (startedAt === null ? delayS : endDelayS) - EPSILON_S) continue;
    if (startedAt === null) {
      startedAt = i;
    } else {
      found.push([startedAt, i]);
      startedAt = null;
    }
    heldTicks = -1;
  }
  if (startedAt !== null) found.push([startedAt, truth.length]);
  return found;
}
