import { GROUPS, type MuscleGroup } from '../../../src/guide/groups.ts';
import type { Truth } from '../../../simulators/roller/truth.ts';
import type { DueKind } from '../../../simulators/scenarios/scenario.ts';

export interface Activation {
  readonly kind: DueKind;
  readonly level: number;
  readonly startS: number;
}

/** A condition that has to hold for a time; `tS` counts from where it began to hold. */
function onsets(truth: readonly Truth[], holds: (index: number) => boolean, delayS: number, released: (index: number) => boolean): number[] {
  const found: number[] = [];
  let sinceS: number | null = null;
  let active = false;
  truth.forEach(({ tS }, i) => {
    if (active) {
      active = !released(i);
      sinceS = null;
      return;
    }
    sinceS = holds(i) ? (sinceS ?? tS) : null;
    if (sinceS === null || tS - sinceS < delayS - 1e-6) return;
    found.push(tS);
    active = true;
  });
  return found;
}

/**
 * The definitions of the rules written down a second time, as plainly and slowly as can be, over the true motion of one group:
 * when each state begins, with every limit scaled by `factor`.
 */
export function activations(truth: readonly Truth[], group: MuscleGroup, massKg: number | null, factor: number): Activation[] {
  const { warnCmS, forcePctBw, hold } = GROUPS[group];
  const seconds = (i: number): number => truth[i]!.tS;
  const lostForS = (i: number): number => {
    const last = truth.slice(0, i + 1).findLast(({ contact }) => contact);
    return last === undefined ? Infinity : seconds(i) - last.tS;
  };

  // S: mean of |v| over the last 3 s of contact, from 2 s of contact on.
  const inContact: number[] = [];
  const means = truth.map(({ contact, speedCmS }) => {
    if (contact) inContact.push(Math.abs(speedCmS));
    const window = inContact.slice(-30);
    return window.length < 20 ? null : window.reduce((sum, speed) => sum + speed, 0) / window.length;
  });
  const tooFast = (limit: number, delayS: number): number[] =>
    onsets(truth, (i) => truth[i]!.contact && (means[i] ?? 0) > limit, delayS, (i) =>
      lostForS(i) > 1 || means.slice(Math.max(0, i - 30), i + 1).every((mean) => (mean ?? 0) < 0.8 * limit));

  // Dw: how long ago the path left the last 5 cm, in contact but for gaps of 2 s. A tick in contact stands for 0.1 s.
  const stayedS = truth.map(({ tS, contact }, i) => {
    if (!contact && lostForS(i) > 2) return 0;
    let low = Infinity;
    let high = -Infinity;
    let sinceS = tS;
    let gapS = 0;
    for (let j = i; j >= 0; j--) {
      gapS = truth[j]!.contact ? 0 : gapS + 0.1;
      low = Math.min(low, truth[j]!.positionCm);
      high = Math.max(high, truth[j]!.positionCm);
      if (high - low > 5 || gapS > 2) break;
      if (truth[j]!.contact) sinceS = truth[j]!.tS;
    }
    return tS - sinceS + 0.1;
  });
  const tooLong = (limitS: number): number[] => (hold ? [] : onsets(truth, (i) => stayedS[i]! > limitS, 0, (i) => stayedS[i]! < 5 || lostForS(i) > 2));

  let doseS = 0;
  const doses = truth.map(({ contact }) => (doseS += contact ? 0.1 : 0));
  const dose = (limitS: number): number[] => onsets(truth, (i) => doses[i]! >= limitS, 0, () => false);

  // Without a mass the rule goes by pressure, of which the truth knows nothing.
  const pct = truth.map(({ forceN }) => (massKg === null ? 0 : (100 * forceN) / (massKg * 9.81)));
  const tooHard = (limit: number, delayS: number): number[] => onsets(truth, (i) => pct[i]! > limit, delayS, (i) => pct[i]! < 0.9 * limit);

  const levels: [DueKind, number, number[]][] = [
    ['too-fast', 1, tooFast(warnCmS * factor, 1)],
    ['too-fast', 2, tooFast(2 * warnCmS * factor, 0.5)],
    ['too-long', 0, tooLong(20 * factor)],
    ['too-long', 1, tooLong(30 * factor)],
    ['too-long', 2, tooLong(60 * factor)],
    ['dose-goal', 1, dose(60 * factor)],
    ['dose-limit', 1, dose(90 * factor)],
    ['dose-limit', 2, dose(120 * factor)],
    ['over-pressure', 1, tooHard(forcePctBw[0] * factor, 2)],
    ['over-pressure', 2, tooHard(forcePctBw[1] * factor, 1)],
  ];
  return levels.flatMap(([kind, level, starts]) => starts.map((startS) => ({ kind, level, startS })));
}
