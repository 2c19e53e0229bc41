/**
 * Relates arrival times to session time by the frames that were delayed least: a notification can come late,
 * never early, so the smallest difference of the last half minute or so is the best witness. It is renewed as the
 * clocks part: two quartz clocks by up to 100 ppm, a cheap RC oscillator by percents.
 */
export interface ArrivalClock {
  /** Arrival time less session time, s: of the first frame, and with the least delay of late. */
  firstS: number;
  offsetS: number;
  /** Least difference within the present window and the one before. */
  leastS: number;
  leastBeforeS: number;
  /** Session time at which the present window ends. */
  windowEndS: number;
}

const WINDOW_S = 20;

export const createArrivalClock = (): ArrivalClock => ({
  firstS: Number.NaN, offsetS: Number.NaN, leastS: Infinity, leastBeforeS: Infinity, windowEndS: WINDOW_S,
});

/** A frame whose last sample ended at `endS` of session time arrived at `arrivalS`. */
export function observeArrival(clock: ArrivalClock, arrivalS: number, endS: number): void {
  const differenceS = arrivalS - endS;
  if (Number.isNaN(clock.firstS)) clock.firstS = differenceS;
  if (endS > clock.windowEndS) {
    clock.leastBeforeS = endS > clock.windowEndS + WINDOW_S ? Infinity : clock.leastS;
    clock.leastS = Infinity;
    clock.windowEndS = endS + WINDOW_S;
  }
  clock.leastS = Math.min(clock.leastS, differenceS);
  clock.offsetS = Math.min(clock.leastS, clock.leastBeforeS);
}
