import { decodeInfo, type RollerInfo } from '../../firmware-protocol/info.ts';
import { decodeStream, streamFrameBytes, type StreamFrame } from '../../firmware-protocol/stream.ts';
import type { LinkEvent } from '../link/port.ts';

/** A recorded frame, and what lies between it and the one before. */
export interface ReelFrame {
  readonly frame: StreamFrame;
  /** As it was recorded. */
  readonly event: LinkEvent;
  /** Of the first samples, us. */
  readonly stepUs: number;
  /** Of the sequence numbers: 1 where nothing was lost. */
  readonly steps: number;
}

/** The frames of a recording as a loop: the step of the first leads from the last. */
export interface Reel {
  /** The info value as it was recorded. */
  readonly infoBytes: Uint8Array;
  readonly info: RollerInfo;
  readonly frames: readonly ReelFrame[];
  readonly longestBytes: number;
}

/** Silence of 2 s is taken for a lost link (SPEC.md, section 10): a longer pause is left out, as a film is cut. */
const CUT_US = 1_500_000;

/** Null where there is nothing to play: no info value, or no frame that goes with it. */
export function createReel(events: Iterable<LinkEvent>): Reel | null {
  let infoBytes: Uint8Array | null = null;
  let info: RollerInfo | null = null;
  const taken: { frame: StreamFrame; event: LinkEvent }[] = [];
  for (const event of events) {
    if (event.type !== 'frame') continue;
    if (event.characteristic === 'info' && info === null) {
      const decoded = decodeInfo(event.bytes);
      if (decoded.ok) [infoBytes, info] = [event.bytes, decoded.value];
    } else if (event.characteristic === 'stream' && info !== null) {
      const decoded = decodeStream(event.bytes);
      if (decoded.ok && decoded.value.cellCount === info.cells.length) taken.push({ frame: decoded.value, event });
    }
  }
  if (infoBytes === null || info === null || taken.length === 0) return null;
  const { imuRateMilliHz } = info;
  return {
    infoBytes,
    info,
    frames: taken.map((each, index) => ({ ...each, ...between(taken.at(index - 1)!.frame, index === 0 ? null : each.frame, imuRateMilliHz) })),
    longestBytes: taken.reduce((longest, { frame }) => Math.max(longest, bytesOf(frame)), 0),
  };
}

const bytesOf = ({ imuCount, readingCount, cellCount }: StreamFrame): number => streamFrameBytes(imuCount, readingCount, cellCount);

/** From one frame to the next; null: to the beginning of the loop. Where the recording does not run on, one follows the other at once. */
function between(before: StreamFrame, next: StreamFrame | null, imuRateMilliHz: number): Pick<ReelFrame, 'stepUs' | 'steps'> {
  const frameUs = (before.imuCount * 1e9) / imuRateMilliHz;
  const seam = { stepUs: frameUs, steps: 1 };
  if (next === null) return seam;
  const stepUs = (next.deviceTimeUs - before.deviceTimeUs) >>> 0;
  const steps = (next.sequence - before.sequence) & 0xffff;
  // A count that the time between cannot hold began again at 0: there was another `start`.
  const runsOn = stepUs > 0 && stepUs <= CUT_US && steps > 0 && steps <= 1.5 * (stepUs / frameUs) + 1;
  return runsOn ? { stepUs, steps } : seam;
}
