import { decodeStream } from '../../firmware-protocol/stream.ts';
import type { RadioFirmware, RadioOutput } from '../../simulators/radio/firmware.ts';

/** What became of the stream frames of a roller. */
export interface Balance {
  /** Made by the firmware, copies left out. */
  readonly made: number;
  readonly delivered: number;
  /** Refused by the radio's full queue, and counted by the firmware. */
  readonly dropped: number;
  /** Still in the roller when a connection ended: the last ones of their stream. */
  readonly cutOff: number;
  readonly copies: number;
  readonly copiesDelivered: number;
  /** Missing between two delivered ones of a stream, by their numbers. */
  readonly gaps: number;
  /** Whatever cannot be. */
  readonly unexplained: readonly string[];
  /** When those that were delivered had been due in the roller, s, in order. */
  readonly deliveredDueS: readonly number[];
}

export interface Ledger {
  /** The same firmware, its frames counted. */
  readonly firmware: RadioFirmware;
  /** A stream frame came out of the link. */
  delivered(bytes: Uint8Array): void;
  balance(): Balance;
}

interface Made {
  readonly key: string;
  readonly sequence: number;
  readonly dueS: number;
  dropped: boolean;
  deliveries: number;
  /** Made and delivered after the stream it is of. */
  copies: number;
  copiesDelivered: number;
}

/** Accounts for every frame: those delivered of a stream have to be its first ones, those that the roller dropped left out. */
export function keepLedger(firmware: RadioFirmware): Ledger {
  const streams: Made[][] = [];
  const byKey = new Map<string, Made>();
  const outputs = new WeakMap<RadioOutput, Made>();
  const unexplained: string[] = [];

  const made = (output: RadioOutput): void => {
    const { key, sequence } = nameOf(output.bytes);
    const known = byKey.get(key);
    if (known) {
      known.copies++;
      return;
    }
    const frame: Made = { key, sequence, dueS: output.dueS, dropped: false, deliveries: 0, copies: 0, copiesDelivered: 0 };
    if (sequence === 0 || streams.length === 0) streams.push([]);
    streams.at(-1)!.push(frame);
    byKey.set(key, frame);
    outputs.set(output, frame);
  };

  return {
    firmware: {
      get name() {
        return firmware.name;
      },
      read: (characteristic) => firmware.read(characteristic),
      control: (request, mtu, nowS) => firmware.control(request, mtu, nowS),
      disconnected: () => firmware.disconnected(),
      nextDueS: () => firmware.nextDueS(),
      advance: (nowS) => {
        const due = firmware.advance(nowS);
        for (const output of due) if (output.characteristic === 'stream') made(output);
        return due;
      },
      dropped: (output) => {
        const frame = outputs.get(output);
        if (frame) frame.dropped = true;
        firmware.dropped(output);
      },
    },
    delivered: (bytes) => {
      const frame = byKey.get(nameOf(bytes).key);
      // A copy is made when the connection of its stream is over: nothing else can come any more.
      if (frame) frame[frame.copies > 0 ? 'copiesDelivered' : 'deliveries']++;
      else unexplained.push('a frame that was never made');
    },
    balance: () => {
      const all = streams.flat();
      const count = (holds: (frame: Made) => boolean): number => all.filter(holds).length;
      let gaps = 0;
      for (const [index, stream] of streams.entries()) {
        const last = stream.findLastIndex(({ deliveries }) => deliveries > 0);
        const first = stream.findIndex(({ deliveries }) => deliveries > 0);
        for (const frame of stream.slice(0, Math.max(0, last))) {
          if (frame.deliveries === 0 && !frame.dropped) unexplained.push(`frame ${frame.sequence} of stream ${index} is missing in the middle`);
        }
        if (first >= 0) gaps += stream.slice(first, last).filter(({ deliveries }) => deliveries === 0).length;
      }
      for (const { key, deliveries, copies, copiesDelivered } of all) {
        if (deliveries > 1 || copiesDelivered > copies) unexplained.push(`${key} came ${deliveries + copiesDelivered} times`);
      }
      return {
        made: all.length,
        delivered: count(({ deliveries }) => deliveries > 0),
        dropped: count(({ dropped, deliveries }) => dropped && deliveries === 0),
        cutOff: count(({ dropped, deliveries }) => !dropped && deliveries === 0),
        copies: all.reduce((sum, { copies }) => sum + copies, 0),
        copiesDelivered: all.reduce((sum, { copiesDelivered }) => sum + copiesDelivered, 0),
        gaps,
        unexplained,
        deliveredDueS: all.filter(({ deliveries }) => deliveries > 0).map(({ dueS }) => dueS),
      };
    },
  };
}

/** Sequence and device time tell a frame from every other, resets included. */
function nameOf(bytes: Uint8Array): { readonly key: string; readonly sequence: number } {
  const frame = decodeStream(bytes);
  if (!frame.ok) return { key: 'unreadable', sequence: -1 };
  const { sequence, deviceTimeUs } = frame.value;
  return { key: `${deviceTimeUs}/${sequence}`, sequence };
}
