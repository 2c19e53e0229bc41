/** Follows values that come 20 times a second so that they can be drawn 60 times: each is reached one period after it came. Plain data. */
export interface Glide {
  fromValue: number;
  fromMs: number;
  toValue: number;
  toMs: number;
}

/** A little more than the 50 ms between snapshots, so that a late one does not make the marker halt. */
const PERIOD_MS = 70;

export const createGlide = (): Glide => ({ fromValue: Number.NaN, fromMs: 0, toValue: Number.NaN, toMs: 0 });

/** The value to head for; the first one is taken at once. */
export function aim(glide: Glide, value: number, nowMs: number): void {
  if (value === glide.toValue) return;
  const here = valueAt(glide, nowMs);
  glide.fromValue = Number.isNaN(here) ? value : here;
  glide.fromMs = nowMs;
  glide.toValue = value;
  glide.toMs = nowMs + PERIOD_MS;
}

/** Where it is now; NaN before the first value. */
export function valueAt(glide: Glide, nowMs: number): number {
  if (nowMs >= glide.toMs) return glide.toValue;
  const share = Math.max(0, (nowMs - glide.fromMs) / (glide.toMs - glide.fromMs));
  return glide.fromValue + share * (glide.toValue - glide.fromValue);
}
