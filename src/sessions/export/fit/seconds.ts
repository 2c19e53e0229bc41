import type { SeriesTick } from '../session-run.ts';

/** What happened in a second: trackers keep one record a second. */
export interface Second {
  /** Its end, whole seconds of session time. */
  readonly tS: number;
  /** Mean of |v| over its ticks. */
  readonly speedCmS: number;
  /** At its end. */
  readonly positionCm: number;
  /** Mean over its ticks in contact; null where none is known. */
  readonly forceN: number | null;
}

/** Ticks in order of time -> seconds; the last may be shorter. Seconds without any tick are left out. */
export function secondsOf(series: readonly SeriesTick[]): Second[] {
  const seconds: Second[] = [];
  for (let from = 0; from < series.length;) {
    const tS = Math.ceil(series[from]!.tS - 1e-6);
    let to = from;
    let [speed, force, forces] = [0, 0, 0];
    for (; to < series.length && series[to]!.tS <= tS + 1e-6; to++) {
      const { speedCmS, contact, forceN } = series[to]!;
      speed += Math.abs(speedCmS);
      if (!contact || forceN === null) continue;
      force += forceN;
      forces++;
    }
    const { positionCm } = series[to - 1]!;
    seconds.push({ tS, speedCmS: speed / (to - from), positionCm, forceN: forces === 0 ? null : force / forces });
    from = to;
  }
  return seconds;
}
