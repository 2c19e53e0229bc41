import { GROUPS, type MuscleGroup, type Side } from '../../src/guide/groups.ts';
import type { Truth } from '../../simulators/roller/truth.ts';
import type { DueKind, Scenario } from '../../simulators/scenarios/scenario.ts';

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

const TICK_S = 0.1;
const EPSILON_S = 1e-6;

/** Contact ticks of what was rolled before in a visit to the same muscle and side. */
type Doses = Map<string, number>;

export function activations(truth: readonly Truth[], scenario: Scenario, scale: Scale): Activation[] {
  const doses: Doses = new Map();
  return visitsOf(scenario).flatMap(({ group, side, fromS, toS }) => {
    const ticks = truth.filter(({ tS }) => tS > fromS + EPSILON_S && tS <= toS + EPSILON_S);
    const key = `${group}/${side}`;
    const doneS = doses.get(key) ?? 0;
    doses.set(key, doneS + TICK_S * ticks.filter(({ contact }) => contact).length);
    return visit(ticks, group, scenario, scale, doneS);
  });
}

/** Stretches with one muscle and side: each begins with a clean slate, but for the dose. */
function visitsOf({ commands }: Scenario): { group: MuscleGroup; side: Side; fromS: number; toS: number }[] {
  const selections = commands.flatMap(({ tS, command }) => (command.type === 'select' ? [{ group: command.group, side: command.side, fromS: tS }] : []));
  return selections.map((selection, i) => ({ ...selection, toS: selections[i + 1]?.fromS ?? Infinity }));
}

function visit(truth: readonly Truth[], group: MuscleGroup, scenario: Scenario, { value, time }: Scale, doneS: number): Activation[] {
  const { warnCmS, forcePctBw, hold } = GROUPS[group];
  const { tool } = scenario.roller;
  const lostS = sinceContact(truth);
  const speeds = meanSpeeds(truth, lostS);
  const stays = tool === 'ball' ? stillFor(truth, lostS, value) : stayedFor(truth, lostS, 5 / value);
  const doses = runningSum(truth, doneS);
  const { massKg } = scenario;
  // Without a mass the rule goes by pressure, of which the truth knows nothing; without cells there is no rule.
  const isWeighed = massKg !== null && scenario.roller.cellsAround > 0;
  const pctBw = truth.map(({ forceN, contact }) => (isWeighed && contact ? (100 * forceN) / (massKg * 9.81) : 0));
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
  for (const [level, limit, delayS] of [[1, forcePctBw[0], 2], [2, forcePctBw[1], 1]] as const) {
    rule('over-pressure', level, {
      holds: (i) => pctBw[i]! > limit * value, delayS, ends: (i) => pctBw[i]! < 0.9 * limit * value, endDelayS: 0, lost: (i) => lostS[i]! > 0,
    });
  }
  return found;
}

interface Limits {
  readonly holds: (tick: number) => boolean;
  readonly delayS: number;
  readonly ends: (tick: number) => boolean;
  readonly endDelayS: number;
  /** Contact has been away for too long: over at once. */
  readonly lost: (tick: number) => boolean;
}

/** From which tick to which a rule is active. Nothing begins and no clock runs without contact. */
function spans(truth: readonly Truth[], { holds, delayS, ends, endDelayS, lost }: Limits): [number, number][] {
  const found: [number, number][] = [];
  let startedAt: number | null = null;
  let heldTicks = -1;
  for (let i = 0; i < truth.length; i++) {
    if (lost(i)) {
      if (startedAt !== null) found.push([startedAt, i]);
      startedAt = null;
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

/** Time since contact, s. */
function sinceContact(truth: readonly Truth[]): number[] {
  let lostS = Infinity;
  return truth.map(({ contact }) => (lostS = contact ? 0 : lostS + TICK_S));
}

/** S: mean of |v| over the last 3 s of contact, from 2 s of contact on; anew after more than 1 s without. */
function meanSpeeds(truth: readonly Truth[], lostS: readonly number[]): (number | null)[] {
  let inContact: number[] = [];
  return truth.map(({ contact, speedCmS }, i) => {
    if (lostS[i]! > 1 + EPSILON_S) inContact = [];
    if (contact) inContact.push(Math.abs(speedCmS));
    const window = inContact.slice(-30);
    return window.length < 20 ? null : window.reduce((sum, speed) => sum + speed, 0) / window.length;
  });
}

/** Dw: for how long the path has been within a window, in contact but for gaps of 2 s. A tick in contact stands for 0.1 s. */
function stayedFor(truth: readonly Truth[], lostS: readonly number[], windowCm: number): number[] {
  return truth.map(({ tS }, i) => {
    if (lostS[i]! > 2 + EPSILON_S) return 0;
    let low = Infinity;
    let high = -Infinity;
    let sinceS = tS;
    for (let j = i; j >= 0 && lostS[j]! <= 2 + EPSILON_S; j--) {
      low = Math.min(low, truth[j]!.positionCm);
      high = Math.max(high, truth[j]!.positionCm);
      if (high - low > windowCm) break;
      if (truth[j]!.contact) sinceS = truth[j]!.tS;
    }
    return tS - sinceS + TICK_S;
  });
}

/** Where position is not known: for how long the mean of |v| over 1 s has been below 1 cm/s, until it is above 1.5. */
function stillFor(truth: readonly Truth[], lostS: readonly number[], value: number): number[] {
  let last: number[] = [];
  let stillS: number | null = null;
  return truth.map(({ contact, speedCmS }, i) => {
    if (lostS[i]! > 2 + EPSILON_S) {
      last = [];
      stillS = null;
      return 0;
    }
    last = [...last, contact ? Math.abs(speedCmS) : 0].slice(-10);
    if (last.length < 10) return 0;
    const mean = last.reduce((sum, speed) => sum + speed, 0) / 10;
    if (stillS === null) stillS = mean < 1 / value ? 0 : null;
    else stillS = mean > 1.5 / value ? null : stillS + TICK_S;
    return stillS ?? 0;
  });
}

function runningSum(truth: readonly Truth[], doneS: number): number[] {
  let doseS = doneS;
  return truth.map(({ contact }) => (doseS += contact ? TICK_S : 0));
}
