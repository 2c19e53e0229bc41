import process from 'node:process';
import type { Clock } from '../../src/clock.ts';

/** A stream frame that was handed to the radio. */
export interface Sent {
  readonly sequence: number;
  readonly atS: number;
}

/** What a roller process tells when it is asked. */
export interface Report {
  /** Since the last `start`. */
  readonly sent: readonly Sent[];
  /** Of the last request. */
  readonly mtu: number | null;
}

/** One clock for all processes of a machine. */
export const sharedClock: Clock = {
  monotonicS: () => Number(process.hrtime.bigint()) / 1e9,
  utcMs: () => Date.now(),
};
