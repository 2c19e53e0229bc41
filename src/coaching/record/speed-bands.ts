import { TICK_S } from '../ticks.ts';

/**
 * Seconds of contact by the speed that is judged (the 3 s mean): below the recommended band, in it, above it and still within the
 * limit, above the limit. Time before there is a mean, and after long lifts, is in none. Plain data.
 */
export interface SpeedBands {
  slowS: number;
  greenS: number;
  briskS: number;
  tooFastS: number;
}

export const createSpeedBands = (): SpeedBands => ({ slowS: 0, greenS: 0, briskS: 0, tooFastS: 0 });

/** The recommended speed, of the config. */
export interface GreenBand {
  readonly speedGreenMinCmS: number;
  readonly speedGreenMaxCmS: number;
}

/** Adds a tick in contact. */
export function addToBands(bands: SpeedBands, speedCmS: number | null, warnCmS: number, green: GreenBand): void {
  if (speedCmS === null) return;
  if (speedCmS > warnCmS) bands.tooFastS += TICK_S;
  else if (speedCmS > green.speedGreenMaxCmS) bands.briskS += TICK_S;
  else if (speedCmS >= green.speedGreenMinCmS) bands.greenS += TICK_S;
  else bands.slowS += TICK_S;
}

/** Part of the judged time that was in the recommended band, %; null where none was judged. */
export function greenPct({ slowS, greenS, briskS, tooFastS }: SpeedBands): number | null {
  const judgedS = slowS + greenS + briskS + tooFastS;
  return judgedS === 0 ? null : (100 * greenS) / judgedS;
}
