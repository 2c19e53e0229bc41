import type { NoblePeripheral } from './noble-port.ts';
import type { Scanner } from './scanner.ts';
import type { Target } from './target.ts';

/** A roller advertises at least every 1.3 s (firmware-protocol/SPEC.md, section 2): so long a better one is waited for. */
const PATIENCE_MS = 1500;

/** A roller advertises about ten times a second: one that has been silent for so long was away. */
const AWAY_MS = 1000;
const SLICE_MS = 100;

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

/** The first advertisement that is accepted. */
async function untilHeard(scanner: Scanner, accepts: (peripheral: NoblePeripheral) => boolean, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let stopListening: (() => void) | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      stopListening = scanner.listen((peripheral) => {
        if (accepts(peripheral)) resolve();
      });
    });
  } finally {
    stopListening?.();
  }
}

/** Hears a peripheral offer to be connected. */
export const advertises = (scanner: Scanner, { id }: NoblePeripheral, signal: AbortSignal): Promise<void> =>
  untilHeard(scanner, (peripheral) => peripheral.id === id && peripheral.connectable !== false, signal);

/**
 * Hears a roller come back on air that has been away. One that is there all along, and with which something has just failed, does not count; nor does
 * silence while the scan is off.
 */
export async function comesBack(scanner: Scanner, target: Target, signal: AbortSignal): Promise<void> {
  let silentMs = 0;
  const listening = setInterval(() => {
    if (silentMs < AWAY_MS) silentMs = scanner.isOn ? silentMs + SLICE_MS : 0;
  }, SLICE_MS);
  const wasAway = (peripheral: NoblePeripheral): boolean => {
    if (!target.accepts(peripheral)) return false;
    const isBack = silentMs >= AWAY_MS;
    silentMs = 0;
    return isBack;
  };
  try {
    await untilHeard(scanner, wasAway, signal);
  } finally {
    clearInterval(listening);
  }
}
