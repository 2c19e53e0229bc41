import { decodeInfo, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { decodeStream, type StreamFrame } from '../../../firmware-protocol/stream.ts';
import type { Result } from '../../../firmware-protocol/table.ts';
import { simulate, type SimulateOptions, type SimulatedEvent } from '../../../simulators/offline.ts';
import type { Truth } from '../../../simulators/roller/truth.ts';

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

/** A simulated session as a reader with no errors of its own sees it, in physical units. */
export interface Reading {
  readonly events: readonly SimulatedEvent[];
  readonly info: RollerInfo;
  readonly frames: readonly StreamFrame[];
  readonly truth: readonly Truth[];
  /** Sample i was taken at i / 100 s. */
  readonly gyroDps: readonly (readonly number[])[];
  readonly accelG: readonly (readonly number[])[];
  /** Reading j was taken at j / 50 s; a value a cell. */
  readonly cellPa: readonly (readonly number[])[];
}

export function readSession(options: SimulateOptions): Reading {
  const events = [...simulate(options)];
  const bytesOf = (characteristic: string): Uint8Array[] =>
    events.flatMap((event) => (event.type === 'frame' && event.characteristic === characteristic ? [event.bytes] : []));
  const info = must(decodeInfo(bytesOf('info')[0]!));
  const frames = bytesOf('stream').map((bytes) => must(decodeStream(bytes)));
  const values = (from: number, scale: number): number[][] =>
    frames.flatMap(({ imu, imuCount }) => Array.from({ length: imuCount }, (_, i) => [0, 1, 2].map((axis) => (imu[6 * i + from + axis]! * scale) / 32_768)));
  return {
    events,
    info,
    frames,
    truth: events.filter((event) => event.type === 'truth'),
    gyroDps: values(0, info.gyroRangeDps),
    accelG: values(3, info.accelRangeG),
    cellPa: frames.flatMap(({ pressure, readingCount, cellCount }) =>
      Array.from({ length: readingCount }, (_, i) => Array.from(pressure.subarray(i * cellCount, (i + 1) * cellCount), (raw) => raw * info.pressureScalePa)),
    ),
  };
}

export const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const deviationOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};
