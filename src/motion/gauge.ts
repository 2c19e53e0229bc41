import { TICK_HZ } from './tick.ts';

const SPAN_S = 0.7;
const SPAN_TICKS = Math.round(SPAN_S * TICK_HZ);
/**
 * The haptic motor makes the gyroscope tremble by 2 to 3 cm/s: in the path that cancels out, in a mean of |v| it adds up. So the speed
 * before a burst is shown on through it, but not for longer: a roller may let its motor run for minutes to be found, and no old
 * speed is to pass for the present one.
 */
const HOLD_S = 1.5;
const HOLD_TICKS = Math.round(HOLD_S * TICK_HZ);

/** The speed that is shown: distance over time in contact, of the last 0.7 s that nothing disturbed. Plain data. */
export interface GaugeState {
  readonly distanceCm: Float64Array;
  readonly contactS: Float64Array;
  next: number;
  /** Ticks in a row that were left out. */
  held: number;
}

export const createGauge = (): GaugeState => ({
  distanceCm: new Float64Array(SPAN_TICKS), contactS: new Float64Array(SPAN_TICKS), next: 0, held: 0,
});

export function stepGauge(gauge: GaugeState, distanceCm: number, contactS: number, disturbed: boolean): void {
  gauge.held = disturbed ? gauge.held + 1 : 0;
  if (disturbed && gauge.held <= HOLD_TICKS) return;
  gauge.distanceCm[gauge.next] = Math.abs(distanceCm);
  gauge.contactS[gauge.next] = contactS;
  gauge.next = (gauge.next + 1) % SPAN_TICKS;
}

/** Mean of |v|, cm/s; null while nothing has been in contact. */
export function readGauge({ distanceCm, contactS }: GaugeState): number | null {
  let cm = 0;
  let s = 0;
  for (let i = 0; i < SPAN_TICKS; i++) {
    cm += distanceCm[i]!;
    s += contactS[i]!;
  }
  return s > 0 ? cm / s : null;
}
