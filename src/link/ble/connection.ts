import { AppError } from '../../errors.ts';
import { answer, pause, within } from './deadline.ts';
import { advertises } from './hearing.ts';
import { isAdapterOn, type ConnectParameters, type Noble, type NoblePeripheral } from './noble-port.ts';
import type { Scanner } from './scanner.ts';

/**
 * 7.5 to 15 ms between connection events and a supervision timeout of 3 s. noble's own 0.42 s drops the link when a body lies between
 * the radios; 3 s survive a blackout of 2 s without a gap, and a roller whose battery was out for a moment is not kept waiting for longer
 * (Linux only, other systems choose for themselves).
 */
const PARAMETERS: ConnectParameters = { minInterval: 6, maxInterval: 12, latency: 0, timeout: 300 };

const CANCEL_MS = 1000;
/** Between two tries of a connect that has failed in passing. */
const RETRY_MS = 100;
/**
 * Until a disconnect is over: the adapter waits for a roller that does not answer until the supervision timeout. When the link is being closed
 * nobody connects again.
 */
const DISCONNECT_MS = 10 * PARAMETERS.timeout + 1000;
const HURRIED_MS = 1000;

/** HCI's error codes (Core Vol 1 Part F). */
const CONNECTION_EXISTS = 0x0b;
const NOT_ESTABLISHED = 0x3e;

/** HCI's reasons in words. */
const REASONS: Readonly<Record<number, string>> = {
  0x02: 'the adapter has lost the connection',
  0x08: 'the roller is out of reach or its battery is empty',
  0x13: 'the roller ended the connection',
  0x14: 'the roller ended the connection: low on resources',
  0x15: 'the roller was switched off',
  0x16: 'the connection was ended here',
  [NOT_ESTABLISHED]: 'the connection could not be established',
};

/** Why a connection ended, or was none. */
export const lost = (message: string): AppError => new AppError('E_LINK_LOST', message, 'it is connected again as soon as it is heard');

export interface ConnectionWatch {
  /** Aborts when the connection is gone. */
  readonly gone: AbortSignal;
  release(): void;
}

/**
 * Watches over one connection: it is gone when noble says so, or when the adapter loses its power, which noble tells nobody. To be
 * called before the connect, or a drop right after it is missed.
 */
export function watchConnection(noble: Noble, peripheral: NoblePeripheral): ConnectionWatch {
  const controller = new AbortController();
  const disconnected = (reason: unknown): void => {
    const known = typeof reason === 'number' ? (REASONS[reason] ?? `the connection was lost (reason 0x${reason.toString(16)})`) : null;
    controller.abort(lost(known ?? 'the connection was lost'));
  };
  const stateChanged = (state: string): void => {
    if (state !== 'poweredOn') controller.abort(lost('the Bluetooth adapter is off'));
  };
  peripheral.on('disconnect', disconnected);
  noble.on('stateChange', stateChanged);
  return {
    gone: controller.signal,
    release: () => {
      peripheral.removeListener('disconnect', disconnected);
      noble.removeListener('stateChange', stateChanged);
    },
  };
}

/**
 * Connects; tried again while the adapter holds on to the connection before, or the roller has not heard the first packets. A pending
 * connect that is given up is cancelled, or it would block every later one for ever; where the cancel comes too late the peripheral is left connected.
 */
export async function connect(noble: Noble, peripheral: NoblePeripheral, signal: AbortSignal): Promise<void> {
  for (;;) {
    const error = await tryToConnect(noble, peripheral, signal);
    if (error === null) return;
    if (!isPassing(error)) throw lost(`connecting failed: ${error instanceof Error ? error.message : error}`);
    await pause(RETRY_MS, signal);
  }
}

async function tryToConnect(noble: Noble, peripheral: NoblePeripheral, signal: AbortSignal): Promise<Error | string | null> {
  try {
    const [error] = await answer<[Error | string | null | undefined]>(peripheral, 'connect', signal, () => peripheral.connect(PARAMETERS));
    return error ?? null;
  } catch (error) {
    await cancel(noble, peripheral);
    throw error;
  }
}

/** noble tells the status of the adapter at the end of its message: "Connection Failed to be Established (0x3e)". */
function isPassing(error: Error | string): boolean {
  const [, code] = /\(0x([0-9a-f]+)\)$/.exec(error instanceof Error ? error.message : error) ?? [];
  const status = code === undefined ? null : Number.parseInt(code, 16);
  return status === CONNECTION_EXISTS || status === NOT_ESTABLISHED;
}

async function cancel(noble: Noble, peripheral: NoblePeripheral): Promise<void> {
  if (peripheral.state !== 'connecting') return;
  // The first 'connect' is noble's own, at once; the state changes with the adapter's answer.
  const cancelled = (): boolean => peripheral.state !== 'connecting';
  const cancelling = within(CANCEL_MS, 'cancelling', [], (signal) =>
    answer(peripheral, 'connect', signal, () => cancelNow(noble, peripheral), cancelled));
  await cancelling.catch(() => undefined);
}

function cancelNow(noble: Noble, peripheral: NoblePeripheral): void {
  try {
    peripheral.cancelConnect();
  } catch {
    // noble's macOS side has no cancel, and ends a pending connect by a disconnect.
    noble.disconnect(peripheral.id);
  }
}

/** noble and the scan over one adapter. */
export interface Radio {
  readonly noble: Noble;
  readonly scanner: Scanner;
}

/**
 * Disconnects what is connected, and only that: on anything else noble would end the connection with handle 0. It is over when the adapter
 * says so, or when the peripheral advertises: it is not connected any more, whatever the adapter thinks. Where no answer comes noble is told, or it
 * would refuse the next connect. It is cut short when `closing` aborts.
 */
export async function disconnect({ noble, scanner }: Radio, peripheral: NoblePeripheral, closing: AbortSignal): Promise<void> {
  if (peripheral.state !== 'connected' && peripheral.state !== 'disconnecting') return;
  if (isAdapterOn(noble)) await askToEnd(scanner, peripheral, closing).catch(() => undefined);
  if (stateOf(peripheral) !== 'disconnected') noble.onDisconnect(peripheral.id, undefined);
}

/** Rejects where it is not known to be over in time. */
async function askToEnd(scanner: Scanner, peripheral: NoblePeripheral, closing: AbortSignal): Promise<void> {
  const ended = (signal: AbortSignal, ask: () => void): Promise<unknown> => answer(peripheral, 'disconnect', signal, ask);
  const ask = (): void => peripheral.disconnect();
  const hurry = (first: () => void): Promise<unknown> => within(HURRIED_MS, 'disconnecting', [], (signal) => ended(signal, first));
  if (closing.aborted) return void (await hurry(ask));
  try {
    await within(DISCONNECT_MS, 'disconnecting', [closing], (signal) =>
      Promise.race([ended(signal, ask), advertises(scanner, peripheral, signal)]));
  } catch (error) {
    if (!closing.aborted) throw error;
    await hurry(() => undefined);
  }
}

/** Read again: it changes behind the compiler's back. */
const stateOf = (peripheral: NoblePeripheral): NoblePeripheral['state'] => peripheral.state;
