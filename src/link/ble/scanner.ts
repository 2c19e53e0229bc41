import { SERVICES } from '../../../firmware-protocol/gatt.ts';
import type { Noble, NoblePeripheral } from './noble-port.ts';

/** Scans die without a word and start without having started (abandonware/noble issues 79, 191, 247, 339): begin anew now and then. */
const RESTART_MS = 10_000;

/** One scan for rollers, shared by every link over one adapter. */
export interface Scanner {
  /** Hears every advertisement until the returned function is called. */
  listen(heard: (peripheral: NoblePeripheral) => void): () => void;
  /** Keeps the scan off meanwhile: many adapters cannot scan and connect at once. */
  quietly<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

export function createScanner(noble: Noble, beforeRestart: () => void): Scanner {
  const listeners = new Set<(peripheral: NoblePeripheral) => void>();
  let quiet = 0;
  let restart: NodeJS.Timeout | undefined;

  const heard = (peripheral: NoblePeripheral): void => {
    for (const listener of [...listeners]) listener(peripheral);
  };

  const stop = (): void => {
    if (restart === undefined) return;
    clearInterval(restart);
    restart = undefined;
    if (noble._state === 'poweredOn') noble.stopScanning();
  };

  const start = (): void => {
    beforeRestart();
    // Its own "started" is not waited for: it comes when the scan has not begun, too.
    noble.startScanning([SERVICES.roller], true);
  };

  /** Brings the adapter to what is wanted now. */
  const apply = (): void => {
    const wanted = listeners.size > 0 && quiet === 0 && noble._state === 'poweredOn';
    if (!wanted) return stop();
    if (restart !== undefined) return;
    start();
    restart = setInterval(start, RESTART_MS);
  };

  noble.on('discover', heard);
  noble.on('stateChange', apply);
  return {
    listen: (listener) => {
      listeners.add(listener);
      apply();
      return () => {
        listeners.delete(listener);
        apply();
      };
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
