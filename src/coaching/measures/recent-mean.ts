/** The mean of the last values, over a fixed number of them; plain data. */
export interface RecentMean {
  readonly values: Float64Array;
  count: number;
  next: number;
}

export const createRecentMean = (capacity: number): RecentMean => ({ values: new Float64Array(capacity), count: 0, next: 0 });

export function pushRecent(recent: RecentMean, value: number): void {
  recent.values[recent.next] = value;
  recent.next = (recent.next + 1) % recent.values.length;
  recent.count = Math.min(recent.count + 1, recent.values.length);
}

export function clearRecent(recent: RecentMean): void {
  recent.count = 0;
  recent.next = 0;
}

/** Summed anew each time, so that no rounding error is carried along; 0 when empty. */
export function meanOf(recent: RecentMean): number {
  let sum = 0;
  for (let back = 1; back <= recent.count; back++) {
    sum += recent.values[(recent.next - back + recent.values.length) % recent.values.length] as number;
  }
  return recent.count === 0 ? 0 : sum / recent.count;
}
