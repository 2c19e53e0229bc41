import { decodeInfo, type RollerInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus, type RollerStatus } from '../../firmware-protocol/status.ts';
import { decodeStream, type StreamFrame } from '../../firmware-protocol/stream.ts';
import type { Arrived, Evidence, StreamRun } from './evidence.ts';

/** A stream frame that could be read. */
export interface SeenFrame {
  readonly frame: StreamFrame;
  readonly arrivalS: number;
  /** Device time of its first sample since that of the first frame of its run, unwrapped, s. */
  readonly deviceS: number;
}

export interface SeenRun extends Pick<StreamRun, 'startedS' | 'stoppedS'> {
  readonly frames: readonly SeenFrame[];
}

/** The evidence, decoded once for all checks. What cannot be decoded is missing here; the checks of the layouts tell. */
export interface Case {
  readonly evidence: Evidence;
  /** As it stood when the stream was started: `setRate` may have changed it. */
  readonly info: RollerInfo | null;
  readonly runs: readonly SeenRun[];
  readonly statuses: readonly (RollerStatus & { readonly arrivalS: number })[];
  readonly statusAtEnd: RollerStatus | null;
}

const WRAP_US = 2 ** 32;

export function examine(evidence: Evidence): Case {
  const infos = [evidence.values.info ?? new Uint8Array(), ...evidence.infoAfter.flatMap(({ exchange, bytes }) => (exchange === null ? [] : [bytes]))];
  const info = infos.map(decodeInfo).findLast(({ ok }) => ok);
  const atEnd = decodeStatus(evidence.statusAtEnd ?? new Uint8Array());
  return {
    evidence,
    info: info?.ok ? info.value : null,
    runs: evidence.runs.map(({ startedS, stoppedS, frames }) => ({ startedS, stoppedS, frames: seen(frames) })),
    statuses: evidence.statuses.flatMap(({ bytes, arrivalS }) => {
      const status = decodeStatus(bytes);
      return status.ok ? [{ ...status.value, arrivalS }] : [];
    }),
    statusAtEnd: atEnd.ok ? atEnd.value : null,
  };
}

function seen(arrived: readonly Arrived[]): readonly SeenFrame[] {
  const frames: SeenFrame[] = [];
  let lastUs: number | null = null;
  let sinceUs = 0;
  for (const { bytes, arrivalS } of arrived) {
    const decoded = decodeStream(bytes);
    if (!decoded.ok) continue;
    const { deviceTimeUs } = decoded.value;
    sinceUs += lastUs === null ? 0 : signedStep(lastUs, deviceTimeUs, WRAP_US);
    lastUs = deviceTimeUs;
    frames.push({ frame: decoded.value, arrivalS, deviceS: sinceUs / 1e6 });
  }
  return frames;
}

/** The way from one value of a wrapping counter to the next, the shorter way round. */
export function signedStep(from: number, to: number, wrap: number): number {
  const step = (to - from + wrap) % wrap;
  return step >= wrap / 2 ? step - wrap : step;
}

/** The run that is judged in time and range: the longest. */
export const mainRun = ({ runs }: Case): SeenRun | null =>
  runs.reduce<SeenRun | null>((best, run) => (best === null || run.frames.length > best.frames.length ? run : best), null);
