import type { SnapshotMessage } from '../../server/wire.ts';

/** The bar goes on for this much beyond the limit, so that "too fast" is a place on it too. */
const BEYOND_LIMIT = 1.6;

/** Speed at the right end of the bar and at the top of the trace, cm/s. */
export const fullScaleCmS = ({ warnCmS, greenCmS }: SnapshotMessage['limits']): number => BEYOND_LIMIT * Math.max(warnCmS, greenCmS[1]);

/** A speed as a share of the bar, 0 to 1. */
export const shareOfScale = (speedCmS: number, fullCmS: number): number => Math.min(1, Math.max(0, speedCmS / fullCmS));
