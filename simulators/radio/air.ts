import { Controller, type ControllerOptions, type Medium } from './controller.ts';
import type { RadioFirmware } from './firmware.ts';
import { VirtualHciSocket } from './hci-socket.ts';
import { createPeripheral, type PeripheralHandle, type PeripheralOptions } from './peripheral.ts';
import { seededRandom } from './random.ts';

export interface AirOptions {
  /** Of the jitter, the RSSI noise and the loss. */
  readonly seed: number;
  /** Share of radio events that are not heard, 0 to 1. */
  readonly lossRatio?: number;
  readonly packetsPerEvent?: number;
}

/** A room full of radios made of software: rollers on one side, adapters for a Bluetooth stack on the other. */
export interface Air {
  /** A new adapter. */
  central(): VirtualHciSocket;
  /** Puts a roller on air. */
  peripheral(firmware: RadioFirmware, options: PeripheralOptions): PeripheralHandle;
  setLoss(ratio: number): void;
  /** Takes everything down; no timer is left. */
  close(): void;
}

/** A packet of 251 bytes and its acknowledgement take 2.5 ms at 1 Mbit/s: six fit the 15 ms between two events. */
const PACKETS_PER_EVENT = 6;

export function createAir({ seed, lossRatio = 0, packetsPerEvent = PACKETS_PER_EVENT }: AirOptions): Air {
  const medium: Medium = { controllers: new Set(), random: seededRandom(seed), lossRatio, packetsPerEvent };
  const rollers = new Set<PeripheralHandle>();
  const makeController = (options: ControllerOptions): Controller => new Controller(medium, options);
  let adapters = 0;
  return {
    central: () => {
      adapters++;
      const address = `c0:00:00:00:00:${adapters.toString(16).padStart(2, '0')}`;
      return new VirtualHciSocket(makeController({ address, rssiDbm: -50 }));
    },
    peripheral: (firmware, options) => {
      const roller = createPeripheral(firmware, makeController, options);
      rollers.add(roller);
      return roller;
    },
    setLoss: (ratio) => (medium.lossRatio = ratio),
    close: () => {
      for (const roller of rollers) roller.close();
      for (const controller of medium.controllers) controller.close();
    },
  };
}
