const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Pauses between failed attempts: doubled each time up to half a minute, each cut by up to half at random, so that several links do not stay in step. */
export function createBackoff(random: () => number): { nextMs(): number; reset(): void } {
  let failures = 0;
  return {
    nextMs: () => {
      const longestMs = Math.min(LONGEST_MS, 2 * FIRST_MS * 2 ** failures);
      failures++;
      return Math.max(FIRST_MS, longestMs * (1 - 0.5 * random()));
    },
    reset: () => (failures = 0),
  };
}
