import type { Load } from './load.ts';

/** Contact begins above the first for `ON_S` and ends below the second for `OFF_S`; the time in between is never given back. */
const PCT_BW = { on: 5, off: 3 };
const KPA = { on: 3, off: 2 };
const ON_S = 0.2;
const OFF_S = 0.5;
/** Session time is kept in whole microseconds: sums of it are compared within one. */
const ROUNDING_S = 1e-6;
const STANDARD_GRAVITY = 9.81;

/** Plain data. */
export interface ContactState {
  on: boolean;
  /** Since when the load has been beyond the threshold that would change it; null: it is not. */
  sinceS: number | null;
}

export const createContact = (): ContactState => ({ on: false, sinceS: null });

/** Judges a reading: by % of body weight where force and mass are known, else by the highest cell. */
export function judgeContact(contact: ContactState, tS: number, load: Load, calibrated: boolean, massKg: number | null): void {
  const byForce = calibrated && massKg !== null;
  const limits = byForce ? PCT_BW : KPA;
  const value = byForce ? (100 * load.forceN) / (massKg * STANDARD_GRAVITY) : load.peakKpa;
  const beyond = contact.on ? value < limits.off : value > limits.on;
  if (!beyond) {
    contact.sinceS = null;
    return;
  }
  contact.sinceS ??= tS;
  if (tS - contact.sinceS < (contact.on ? OFF_S : ON_S) - ROUNDING_S) return;
  contact.on = !contact.on;
  contact.sinceS = null;
}

/** Frames have stopped: nothing is known to touch. */
export function loseContact(contact: ContactState): void {
  contact.on = false;
  contact.sinceS = null;
}
