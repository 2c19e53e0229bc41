import { decodeStream, type StreamFrame } from '../../firmware-protocol/stream.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import type { NobleHandle } from '../../src/link/ble/noble.ts';
import type { LinkEvent, LinkState, RollerLink } from '../../src/link/port.ts';
import { sharedClock, type Sent } from './report.ts';

export interface ArrivedFrame {
  readonly frame: StreamFrame;
  readonly arrivalS: number;
}

/** A link, and what has come through it. */
export interface Watched {
  readonly link: RollerLink;
  readonly events: readonly LinkEvent[];
  /** Since `streaming` began last. */
  readonly frames: readonly ArrivedFrame[];
  readonly state: () => LinkState;
  /** Waits until something holds, looking at every event. */
  until(holds: () => boolean): Promise<void>;
  close(): void;
}

export function watch(noble: NobleHandle, device: string): Watched {
  const link = createBleLink({ noble, device, clock: sharedClock });
  const events: LinkEvent[] = [];
  const frames: ArrivedFrame[] = [];
  const waiting = new Set<() => void>();
  let state: LinkState = 'idle';
  const subscription = link.events$.subscribe((event) => {
    events.push(event);
    if (event.type === 'state') state = event.state;
    if (event.type === 'frame' && event.characteristic === 'stream') {
      const decoded = decodeStream(event.bytes);
      if (!decoded.ok) throw new Error(decoded.fault.detail);
      // A stream begins at 0, and may do so before its `start` is known to be answered.
      if (decoded.value.sequence === 0) frames.length = 0;
      frames.push({ frame: decoded.value, arrivalS: event.arrivalS });
    }
    for (const look of waiting) look();
  });
  return {
    link,
    events,
    frames,
    state: () => state,
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => subscription.unsubscribe(),
  };
}

/** How long frames were on their way, ms, the quickest first: from the firmware to the link, both stacks and the radio in between. */
export function latenciesMs(sent: readonly Sent[], frames: readonly ArrivedFrame[]): number[] {
  const atS = new Map(sent.map((each) => [each.sequence, each.atS]));
  return frames.map(({ frame, arrivalS }) => (arrivalS - atS.get(frame.sequence)!) * 1000).toSorted((a, b) => a - b);
}

/** Frames missing from number 0 to the last. */
export const lostAmong = (frames: readonly ArrivedFrame[]): number =>
  frames.reduce((lost, { frame }, index) => lost + frame.sequence - ((frames[index - 1]?.frame.sequence ?? -1) + 1), 0);
