import type { Truth } from '../../simulators/roller/truth.ts';

/* What the rules look at, from the true motion, tick by tick. */

export const TICK_S = 0.1;
export const EPSILON_S = 1e-6;

/** Time since contact, s. */
export function sinceContact(truth: readonly Truth[]): number[] {
  let lostS = Infinity;
  return truth.map(({ contact }) => (lostS = contact ? 0 : lostS + TICK_S));
}

/** S: mean of |v| over the last 3 s of contact, from 2 s of contact on; anew after more than 1 s without. */
export function meanSpeeds(truth: readonly Truth[], lostS: readonly number[]): (number | null)[] {
  let inContact: number[] = [];
  return truth.map(({ contact, speedCmS }, i) => {
    if (lostS[i]! > 1 + EPSILON_S) inContact = [];
    if (contact) inContact.push(Math.abs(speedCmS));
    const window = inContact.slice(-30);
    return window.length < 20 ? null : window.reduce((sum, speed) => sum + speed, 0) / window.length;
  });
}

/** Dw: for how long the path has been within a window, in contact but for gaps of 2 s. A tick in contact stands for 0.1 s. */
export function stayedFor(truth: readonly Truth[], lostS: readonly number[], windowCm: number): number[] {
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
export function stillFor(truth: readonly Truth[], lostS: readonly number[], value: number): number[] {
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

export function runningSum(truth: readonly Truth[], doneS: number): number[] {
  let doseS = doneS;
  return truth.map(({ contact }) => (doseS += contact ? TICK_S : 0));
}
