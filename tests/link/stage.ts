import type { Subscription } from 'rxjs';
import { afterEach, beforeEach, vi } from 'vitest';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { createAir, type Air, type AirOptions } from '../../simulators/radio/air.ts';
import type { VirtualHciSocket } from '../../simulators/radio/hci-socket.ts';
import type { PeripheralHandle, PeripheralOptions } from '../../simulators/radio/peripheral.ts';
import { systemClock } from '../../src/clock.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import { openNoble, type NobleHandle } from '../../src/link/ble/noble.ts';
import type { RollerMemory } from '../../src/link/ble/target.ts';
import type { LinkEvent, RollerLink } from '../../src/link/port.ts';
import { createTestFirmware, type TestFirmware, type TestFirmwareOptions } from '../radio/test-firmware.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';

export const ADDRESS = 'f0:a1:00:00:00:02';

/** A link, and what has come through it. */
export interface Watched {
  readonly link: RollerLink;
  readonly events: LinkEvent[];
  readonly states: string[];
  readonly reasons: (string | null)[];
  /** The last of the states. */
  readonly state: () => string;
  /** How often it has been in a state. */
  readonly times: (state: string) => number;
  /** Of the stream frames, in the order of their arrival; -1 for one that cannot be read. */
  readonly sequences: number[];
  readonly subscription: Subscription;
}

export interface Stage {
  readonly air: Air;
  readonly adapter: VirtualHciSocket;
  readonly handle: NobleHandle;
  roller(firmware?: TestFirmwareOptions, options?: Partial<PeripheralOptions>): { firmware: TestFirmware; peripheral: PeripheralHandle };
  watch(device?: string | null, memory?: RollerMemory): Watched;
  close(): Promise<void>;
}

/** The real noble over a software radio, in virtual time. */
export async function openStage(options: Partial<AirOptions> = {}): Promise<Stage> {
  const air = createAir({ seed: 1, ...options });
  const adapter = air.central();
  const handle = await settled(openNoble({ hciSocket: adapter }));
  const subscriptions: Subscription[] = [];
  return {
    air,
    adapter,
    handle,
    roller: (firmwareOptions, peripheralOptions) => {
      const firmware = createTestFirmware(firmwareOptions);
      return { firmware, peripheral: air.peripheral(firmware, { address: ADDRESS, ...peripheralOptions }) };
    },
    watch: (device = null, memory) => {
      const link = createBleLink({ noble: handle, device, memory, clock: systemClock, random: () => 0.5 });
      const events: LinkEvent[] = [];
      const states: string[] = [];
      const reasons: (string | null)[] = [];
      const sequences: number[] = [];
      const subscription = link.events$.subscribe((event) => {
        events.push(event);
        if (event.type === 'state') {
          states.push(event.state);
          reasons.push(event.reason);
        } else if (event.type === 'frame' && event.characteristic === 'stream') {
          const frame = decodeStream(event.bytes);
          sequences.push(frame.ok ? frame.value.sequence : -1);
        }
      });
      subscriptions.push(subscription);
      const state = (): string => states.at(-1) ?? 'idle';
      const times = (name: string): number => states.filter((one) => one === name).length;
      return { link, events, states, reasons, sequences, subscription, state, times };
    },
    close: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      await settled(handle.close());
      air.close();
      await pass(5);
      const timers = vi.getTimerCount();
      if (timers > 0) throw new Error(`${timers} timers are left`);
    },
  };
}

/** Whether the numbers go up by one each. */
export const isGapless = (sequences: readonly number[]): boolean =>
  sequences.every((sequence, index) => index === 0 || sequence === ((sequences[index - 1]! + 1) & 0xffff));

/** A stage for each of the tests, in virtual time; it is closed after it. */
export function stageForEach(): Omit<Stage, 'close'> {
  let stage: Stage;
  beforeEach(async () => {
    fakeTime();
    stage = await openStage();
  });
  afterEach(async () => {
    await stage.close();
    vi.useRealTimers();
  });
  return {
    get air() {
      return stage.air;
    },
    get adapter() {
      return stage.adapter;
    },
    get handle() {
      return stage.handle;
    },
    roller: (...options) => stage.roller(...options),
    watch: (...options) => stage.watch(...options),
  };
}

/** Waits until a link streams, for the first time or after so many others. */
export const streams = (roller: Watched, times = 1): Promise<void> =>
  passUntil(() => roller.state() === 'streaming' && roller.times('streaming') === times);
