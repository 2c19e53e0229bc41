import { TICK_HZ, TICK_S } from '../ticks.ts';
import { clearRecent, createRecentMean, meanOf, pushRecent, type RecentMean } from './recent-mean.ts';

/** How long the tool has stood still, for tools whose position cannot be known; plain data. */
export interface StillDwell {
  readonly speed: RecentMean;
  /** null: it moves. */
  stillS: number | null;
}

export interface StillLimits {
  readonly stillCmS: number;
  readonly stillReleaseCmS: number;
}

/** Speed is averaged over 1 s. */
export const createStillDwell = (): StillDwell => ({ speed: createRecentMean(TICK_HZ), stillS: null });

export function clearStillDwell(dwell: StillDwell): void {
  clearRecent(dwell.speed);
  dwell.stillS = null;
}

/** Takes the speed of one tick and returns for how long it has stood still, s. */
export function stepStillDwell(dwell: StillDwell, speedCmS: number, limits: StillLimits): number {
  pushRecent(dwell.speed, Math.abs(speedCmS));
  if (dwell.speed.count < dwell.speed.values.length) return 0;
  const meanCmS = meanOf(dwell.speed);
  if (dwell.stillS === null) dwell.stillS = meanCmS < limits.stillCmS ? 0 : null;
  else dwell.stillS = meanCmS > limits.stillReleaseCmS ? null : dwell.stillS + TICK_S;
  return dwell.stillS ?? 0;
}
