import { AppError } from '../../errors.ts';
import type { SensorLog, Triple } from './log.ts';
import { isGap, type SampleTimes } from './times.ts';

export const AXES = ['x', 'y', 'z'] as const;
export type Axis = (typeof AXES)[number];

/** Sensor values whose sign can be turned, in the order of the CSV. */
export const FLIPS = ['ax', 'ay', 'az', 'gx', 'gy', 'gz'] as const;
export type Flip = (typeof FLIPS)[number];

/** The largest zero-rate offset of a cheap part, deg/s (MPU6050: +-20): what is beyond it is rotation. */
const MAX_BIAS_DPS = 20;
/** Less than this, rms: nothing turns. */
const STILL_DPS = 3;
/** The axis of rotation and a sensor axis are one when within 25 deg. */
const ALIGNED = Math.cos((25 * Math.PI) / 180);
/** The phase is compared with the gyro over windows of this length, between means over the shorter one. */
const WINDOW_S = 0.2;
const SMOOTH_S = 0.04;
/** How much worse the right hand must explain the turning than the left. */
const LEFT_RATIO = 3;

/** In-plane axes of a rotation axis, cyclically: x -> (y, z). */
export const inPlane = (axis: number): readonly [number, number] => [(axis + 1) % 3, (axis + 2) % 3];

export function flipped(log: SensorLog, flips: readonly Flip[]): SensorLog {
  const turn = (kind: 'a' | 'g', columns: Triple<Float64Array>): Triple<Float64Array> => {
    const [x, y, z] = columns;
    const signed = (axis: Axis, column: Float64Array): Float64Array =>
      flips.includes(`${kind}${axis}`) ? column.map((value) => -value) : column;
    return [signed('x', x), signed('y', y), signed('z', z)];
  };
  return { ...log, accelG: turn('a', log.accelG), gyroDps: turn('g', log.gyroDps) };
}

/**
 * The sensor axis the roller turns about: the principal direction of the gyro. Throws E_AXIS where there is none, or none that
 * lies along a sensor axis.
 */
export function findAxis({ gyroDps }: SensorLog): Axis {
  const { direction, rmsDps } = principal(gyroDps);
  const hint = `name the sensor axis that lies along the roller: --axis ${AXES.join('|')}`;
  if (rmsDps < STILL_DPS) throw new AppError('E_AXIS', `nothing turns in this log (${rmsDps.toFixed(1)} deg/s rms)`, hint);
  const index = direction.findIndex((part) => Math.abs(part) > ALIGNED);
  const axis = AXES[index];
  if (axis === undefined) {
    const parts = direction.map((part) => part.toFixed(2)).join(', ');
    throw new AppError('E_AXIS', `the log turns about (${parts}), which is along none of the sensor's axes`, hint);
  }
  return axis;
}

function principal(gyroDps: Triple<Float64Array>): { direction: readonly number[]; rmsDps: number } {
  const rows = gyroDps[0].length;
  const means = gyroDps.map((column) => column.reduce((sum, value) => sum + value, 0) / rows);
  const meanDps = Math.hypot(...means);
  const steady = Math.max(0, meanDps - MAX_BIAS_DPS) / (meanDps || 1);
  const moments = gyroDps.map((a, i) =>
    gyroDps.map((b, j) => {
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (a[row]! - means[i]!) * (b[row]! - means[j]!);
      return sum / rows + steady ** 2 * means[i]! * means[j]!;
    }),
  );
  // Power iteration: each round multiplies the larger part by the ratio of the moments.
  let direction = [1, 1.1, 1.2];
  let size = 0;
  for (let round = 0; round < 100; round++) {
    const next = moments.map((row) => row.reduce((sum, moment, j) => sum + moment * direction[j]!, 0));
    size = Math.hypot(...next);
    if (size === 0) break;
    direction = next.map((part) => part / size);
  }
  return { direction, rmsDps: Math.sqrt(size) };
}

/**
 * Throws E_HANDEDNESS where gravity turns about the axis the opposite way to the gyro: the frame is left-handed. Each way of turning is
 * given the bias that suits it best, so a bias does not decide; a log that does not turn is never refused.
 */
export function checkHandedness(log: SensorLog, times: SampleTimes, axis: Axis, flips: readonly Flip[]): void {
  const turns = turnsOf(log, times, AXES.indexOf(axis));
  const right = misfit(turns, 1);
  const left = misfit(turns, -1);
  if (right < STILL_DPS || right < Math.sqrt(LEFT_RATIO) * left) return;
  const mend = mendOf(axis, flips);
  throw new AppError('E_HANDEDNESS', `gravity and the gyro turn opposite ways about ${axis}: the sensor's frame is left-handed`, mend);
}

interface Turn {
  /** Mean rate over a window by the gyro and by the gravity phase, deg/s. */
  readonly gyroDps: number;
  readonly phaseDps: number;
}

function turnsOf({ gyroDps, accelG, rows }: SensorLog, times: SampleTimes, axis: number): Turn[] {
  const [first, second] = inPlane(axis).map((index) => accelG[index]!) as [Float64Array, Float64Array];
  const window = Math.max(2, Math.round(WINDOW_S / times.periodS));
  const smooth = Math.max(1, Math.round(SMOOTH_S / times.periodS));
  const turns: Turn[] = [];
  for (let row = 0; row + window + smooth <= rows; row += window) {
    if (Array.from({ length: window + smooth - 1 }, (_, index) => row + 1 + index).some((index) => isGap(times, index))) continue;
    const from = phase(first, second, row, smooth);
    const to = phase(first, second, row + window, smooth);
    const middle = smooth >> 1;
    const rate = mean(gyroDps[axis]!, row + middle, window);
    const seconds = window * times.periodS;
    if (from === null || to === null || Math.abs(rate * seconds) > 150) continue;
    turns.push({ gyroDps: rate, phaseDps: wrappedDeg(to - from) / seconds });
  }
  return turns;
}

/** Direction of gravity in the plane, deg; null where there is too little or too much of it to tell. */
function phase(first: Float64Array, second: Float64Array, row: number, count: number): number | null {
  const [a, b] = [mean(first, row, count), mean(second, row, count)];
  const size = Math.hypot(a, b);
  return size > 0.3 && size < 1.7 ? (Math.atan2(a, b) * 180) / Math.PI : null;
}

function mean(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let row = from; row < from + count; row++) sum += values[row]!;
  return sum / count;
}

const wrappedDeg = (deg: number): number => deg - 360 * Math.round(deg / 360);

/** What is left of the gyro's rate, rms, deg/s, when the phase turns the same way (1) or the other (-1), at the best bias. */
function misfit(turns: readonly Turn[], way: 1 | -1): number {
  const differences = turns.map(({ gyroDps, phaseDps }) => gyroDps - way * phaseDps);
  const best = differences.reduce((sum, difference) => sum + difference, 0) / Math.max(1, differences.length);
  const bias = Math.min(MAX_BIAS_DPS, Math.max(-MAX_BIAS_DPS, best));
  return Math.sqrt(differences.reduce((sum, difference) => sum + (difference - bias) ** 2, 0) / Math.max(1, differences.length));
}

/** Turning one of the in-plane accelerations around mends it; which of them is wrong cannot be seen, and does not matter. */
function mendOf(axis: Axis, flips: readonly Flip[]): string {
  const plane = inPlane(AXES.indexOf(axis)).map((index) => `a${AXES[index]}` as Flip);
  const culprit = plane.find((flip) => flips.includes(flip)) ?? (plane.includes('az') ? 'az' : 'ay');
  const wanted = flips.includes(culprit) ? flips.filter((flip) => flip !== culprit) : [...flips, culprit];
  return wanted.length === 0 ? 'leave --flip out' : `try --flip ${wanted.join(',')}`;
}
