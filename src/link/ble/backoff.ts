const SHORTEST_MS = 500;
const LONGEST_MS = 30_000;

export interface Backoff {
  nextMs(): number;
  /** It has worked, soundly: the next attempt follows at once; or in some way: the pauses begin anew. */
  worked(soundly: boolean): void;
}

/** Pauses between failed attempts: doubled each time up to half a minute, each cut by up to half at random to keep links out of step. */
export function createBackoff(random: () => number): Backoff {
  let failures = 1;
  return {
    nextMs: () => {
      const longestMs = failures === 0 ? 0 : Math.min(LONGEST_MS, SHORTEST_MS * 2 ** failures);
      failures++;
      return longestMs * (1 - 0.5 * random());
    },
    worked: (soundly) => (failures = soundly ? 0 : 1),
  };
}
