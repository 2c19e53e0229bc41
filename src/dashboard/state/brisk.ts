import type { SnapshotMessage } from '../../server/wire.ts';

/** Whether the pace has been above the green band for a while: a hint for the eye, never a cue. Plain data. */
export interface Brisk {
  isBrisk: boolean;
  /** Since when it has been otherwise, s; null while it is as it was. */
  otherwiseSinceS: number | null;
}

/** Longer than the fast middle of a calm stroke, and longer than the slow turn of a brisk one. */
const DELAY_S = 2;

export const createBrisk = (): Brisk => ({ isBrisk: false, otherwiseSinceS: null });

/** Takes a snapshot and tells whether the hint is due. */
export function stepBrisk(brisk: Brisk, snapshot: Pick<SnapshotMessage, 'tS' | 'speedCmS' | 'contact' | 'limits'>): boolean {
  const { tS, speedCmS, contact, limits } = snapshot;
  if (!contact || speedCmS === null) {
    brisk.isBrisk = false;
    brisk.otherwiseSinceS = null;
    return false;
  }
  if (speedCmS > limits.greenCmS[1] === brisk.isBrisk) brisk.otherwiseSinceS = null;
  else if (brisk.otherwiseSinceS === null || brisk.otherwiseSinceS > tS) brisk.otherwiseSinceS = tS;
  else if (tS - brisk.otherwiseSinceS >= DELAY_S) {
    brisk.isBrisk = !brisk.isBrisk;
    brisk.otherwiseSinceS = null;
  }
  return brisk.isBrisk;
}
