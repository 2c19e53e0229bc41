import { driverOf } from '../drivers/drivers.ts';
import { isAdapterOn, type Noble, type NoblePeripheral } from './noble-port.ts';
import type { Target } from './target.ts';

/** Scans die without a word and start without having started (abandonware/noble issues 79, 191, 247, 339): begin anew now and then. */
const RESTART_MS = 10_000;

/** A roller advertises about ten times a second: one that has been silent for so long was away. */
const AWAY_MS = 1000;
const SLICE_MS = 100;

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
  let restart: NodeJS.Timeout | undefined;

  const start = (): void => {
    beforeStart();
    try {
      // Its own "started" is not waited for: it comes when the scan has not begun, too.
      // And all are listened to: there are sensors that tell of no service, only a name.
      noble.startScanning([], true);
    } catch {
      // The adapter has just gone: either it says so, or the next start finds it.
    }
  };

  /** Brings the adapter to what is wanted now. */
  const apply = (): void => {
    const isOn = isAdapterOn(noble);
    const wanted = isOn && listeners.size > 0 && quiet === 0;
    if (wanted === (restart !== undefined)) return;
    clearInterval(restart);
    restart = wanted ? setInterval(start, RESTART_MS) : undefined;
    if (wanted) start();
    else if (isOn) noble.stopScanning();
  };

  const heard = (peripheral: NoblePeripheral): void => {
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
      return restart !== undefined;
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

/** A roller advertises at least every 1.3 s (firmware-protocol/SPEC.md, section 2): so long a better one is waited for. */
const PATIENCE_MS = 1500;

/**
 * The peripheral that is meant, which no other link may go for from now on: the first one heard that the target prefers, or, where there is none
 * for a moment, the first one it accepts. There is no deadline: a roller may be turned on tomorrow.
 */
export async function findPeripheral(scanner: Scanner, target: Target, signal: AbortSignal): Promise<NoblePeripheral> {
  signal.throwIfAborted();
  let stopListening: (() => void) | undefined;
  let patience: NodeJS.Timeout | undefined;
  try {
    return await new Promise((resolve, reject) => {
      let found = false;
      const take = (peripheral: NoblePeripheral): void => {
        if (found || !target.accepts(peripheral)) return;
        found = true;
        target.takes(peripheral);
        resolve(peripheral);
      };
      const wait = (peripheral: NoblePeripheral): NodeJS.Timeout => setTimeout(() => {
        patience = undefined;
        take(peripheral);
      }, PATIENCE_MS);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      stopListening = scanner.listen((peripheral) => {
        if (!target.accepts(peripheral)) return;
        if (target.prefers(peripheral)) take(peripheral);
        else patience ??= wait(peripheral);
      });
    });
  } finally {
    clearTimeout(patience);
    stopListening?.();
  }
}

/** The next advertisement of a peripheral by which it could be connected. */
export function advertises(scanner: Scanner, { id }: NoblePeripheral, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const stopListening = scanner.listen((peripheral) => {
      if (peripheral.id === id && peripheral.connectable !== false) resolve();
    });
    signal.addEventListener('abort', () => {
      stopListening();
      reject(signal.reason as Error);
    }, { once: true });
  });
}

/**
 * Hears a roller come back on air that has been away. One that is there all along, and with which something has just failed, does not count; nor does
 * silence while the scan is off.
 */
export function comesBack(scanner: Scanner, target: Target, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    let silentMs = 0;
    const listening = setInterval(() => {
      if (silentMs < AWAY_MS) silentMs = scanner.isOn ? silentMs + SLICE_MS : 0;
    }, SLICE_MS);
    const stopListening = scanner.listen((peripheral) => {
      if (!target.accepts(peripheral)) return;
      if (silentMs >= AWAY_MS) resolve();
      silentMs = 0;
    });
    signal.addEventListener('abort', () => {
      clearInterval(listening);
      stopListening();
      reject(signal.reason as Error);
    }, { once: true });
  });
}
