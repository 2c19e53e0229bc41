import type { SnapshotMessage } from '../../server/wire.ts';

/** What the trace shows, s. */
export const SPAN_S = 30;
/** Ten points a second are as many as the eye and the rules use. */
const STEP_S = 0.1;

export interface SpeedHistory {
  /** Oldest first. */
  readonly points: { readonly atS: number; readonly cmS: number }[];
}

export const speedHistory: SpeedHistory = { points: [] };

export const forget = ({ points }: SpeedHistory): void => void (points.length = 0);

/** Adds what was measured; a time that runs backwards is another session, and begins anew. */
export function remember(history: SpeedHistory, { tS, speedCmS }: Pick<SnapshotMessage, 'tS' | 'speedCmS'>): void {
  const { points } = history;
  const last = points.at(-1);
  if (last !== undefined && tS < last.atS) points.length = 0;
  if (speedCmS === null || (last !== undefined && points.length > 0 && tS - last.atS < STEP_S - 1e-9)) return;
  points.push({ atS: tS, cmS: speedCmS });
  const firstKept = points.findIndex((point) => point.atS >= tS - SPAN_S);
  if (firstKept > 0) points.splice(0, firstKept);
}
