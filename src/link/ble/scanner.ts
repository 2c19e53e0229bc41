import { driverOf } from '../drivers/drivers.ts';
import { isAdapterOn, type Noble, type NoblePeripheral } from './noble-port.ts';

/**
 * Scans die without a word and start without having started (abandonware/noble issues 79, 191, 247, 339): one that has heard nobody at all for so
 * long is begun anew, and any other every fourth time.
 */
const LOOK_MS = 2500;
const LOOKS = 4;

/** One scan for rollers, shared by every link over one adapter. */
export interface Scanner {
  /** The adapter is listening now. */
  readonly isOn: boolean;
  /** Hears every advertisement of a sensor that can be used, until the returned function is called. */
  listen(heard: (peripheral: NoblePeripheral) => void): () => void;
  /** Keeps the scan off meanwhile: many adapters cannot scan and connect at once. */
  quietly<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export function createScanner(noble: Noble, beforeStart: () => void): Scanner {
  const listeners = new Set<(peripheral: NoblePeripheral) => void>();
  let quiet = 0;
  let looking: NodeJS.Timeout | undefined;
  let looks = 0;
  let heardAnybody = false;

  const start = (): void => {
    looks = 0;
    heardAnybody = false;
    beforeStart();
    try {
      // Its own "started" is not waited for: it comes when the scan has not begun, too.
      // And all are listened to: there are sensors that tell of no service, only a name.
      noble.startScanning([], true);
    } catch {
      // The adapter has just gone: either it says so, or the next start finds it.
    }
  };

  const look = (): void => {
    looks++;
    if (!heardAnybody || looks >= LOOKS) start();
    heardAnybody = false;
  };

  /** Brings the adapter to what is wanted now. */
  const apply = (): void => {
    const isOn = isAdapterOn(noble);
    const wanted = isOn && listeners.size > 0 && quiet === 0;
    if (wanted === (looking !== undefined)) return;
    clearInterval(looking);
    looking = wanted ? setInterval(look, LOOK_MS) : undefined;
    if (wanted) start();
    else if (isOn) noble.stopScanning();
  };

  const heard = (peripheral: NoblePeripheral): void => {
    heardAnybody = true;
    if (driverOf(peripheral.advertisement) === null) return;
    for (const listener of listeners) listener(peripheral);
  };

  const listen = (listener: (peripheral: NoblePeripheral) => void): (() => void) => {
    listeners.add(listener);
    apply();
    return () => {
      listeners.delete(listener);
      apply();
    };
  };

  noble.on('discover', heard);
  noble.on('stateChange', apply);
  return {
    listen,
    get isOn() {
      return looking !== undefined;
    },
    quietly: async (work) => {
      quiet++;
      apply();
      try {
        return await work();
      } finally {
        quiet--;
        apply();
      }
    },
    close: () => {
      listeners.clear();
      apply();
      noble.removeListener('discover', heard);
      noble.removeListener('stateChange', apply);
    },
  };
}
