/** The only place where time is read: a monotonic clock for intervals, UTC for names and records. */
export interface Clock {
  /** Seconds since an arbitrary start, in whole microseconds, never going back. */
  monotonicS(): number;
  /** Milliseconds since 1970-01-01 UTC. */
  utcMs(): number;
}

export const systemClock: Clock = {
  monotonicS: () => Math.round(performance.now() * 1000) / 1e6,
  utcMs: () => Date.now(),
};
