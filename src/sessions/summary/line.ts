import { z } from 'zod';

/** Through fewer points than this no line is drawn: through two there always is one. */
const LEAST_POINTS = 4;
/** Two-sided 5 % of the normal distribution. */
const CLEAR_Z = 1.96;

/** How a measure changes over the weeks. */
export const line = z.object({
  /** Change a week: the median of the slopes between all pairs (Theil and Sen), which one odd week does not move. */
  perWeek: z.number(),
  /** Weeks with data. */
  points: z.int().positive(),
  /** The direction stands out of the scatter: by Mann and Kendall's test at 5 %, which takes at least five weeks. */
  isClear: z.boolean(),
});
export type Line = z.infer<typeof line>;

/** null where there are too few points to speak of a line. */
export function lineThrough(points: readonly (readonly [week: number, value: number])[]): Line | null {
  const n = points.length;
  if (n < LEAST_POINTS) return null;
  const slopes: number[] = [];
  for (const [index, [week, value]] of points.entries()) {
    for (const [laterWeek, laterValue] of points.slice(index + 1)) slopes.push((laterValue - value) / (laterWeek - week));
  }
  slopes.sort((a, b) => a - b);
  const middle = (slopes[(slopes.length - 1) >> 1]! + slopes[slopes.length >> 1]!) / 2;
  const rise = slopes.reduce((sum, slope) => sum + Math.sign(slope), 0);
  const z95 = (Math.abs(rise) - 1) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  return { perWeek: middle, points: n, isClear: z95 > CLEAR_Z };
}
