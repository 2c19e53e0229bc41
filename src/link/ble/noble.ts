import { createRequire } from 'node:module';
import process from 'node:process';
import type { EventEmitter } from 'node:events';
import { AppError } from '../../errors.ts';
import type { Claims } from './claims.ts';
import { disconnect } from './connection.ts';
import { answer, within } from './deadline.ts';
import { createHciBindings, isHciBindings } from './hci-bindings.ts';
import { mendHciBindings } from './hci-mends.ts';
import { howToGetBluetooth } from './missing.ts';
import { adapterState, knownPeripherals, type HciSocket, type Noble } from './noble-port.ts';
import { createScanner, type Scanner } from './scanner.ts';
import { forgetStrangers } from './strangers.ts';

/** noble, started, with what links over one adapter have to share. */
export interface NobleHandle {
  readonly noble: Noble;
  readonly scanner: Scanner;
  /** Which rollers its links hold: two never go for the same. */
  readonly claims: Claims;
  /** Runs connects one after the other: a second one would wait behind the first for ever, and cancelling it would cancel the first. */
  connecting<T>(work: () => Promise<T>): Promise<T>;
  /** Has `close` wait for a link that is being taken down. */
  finishing(work: Promise<void>): void;
  /** Ends scan, connections, timers and listeners. */
  close(): Promise<void>;
}

export interface NobleOptions {
  /** Another socket than the adapter's: noble's own Bluetooth stack runs over it, on every system. */
  readonly hciSocket?: HciSocket;
  /** Another way to the radio than this system's; with it nothing native is loaded. */
  readonly bindings?: Bindings;
  readonly startTimeoutMs?: number;
}

/** What noble drives: a Bluetooth stack of its own over HCI, or the system's. */
export type Bindings = EventEmitter & { init(): void; stop?: (() => void) | undefined };

const require = createRequire(import.meta.url);
const START_TIMEOUT_MS = 5000;
/** Peripherals kept in noble's cache before strangers are forgotten. */
const CACHE_LIMIT = 64;
/** Every link listens to the adapter's state; Node would warn of a leak at eleven. */
const LISTENERS = 64;

/**
 * Loads and starts noble. Rejects with E_BLUETOOTH, which says what is missing and how to get it: the native part, the adapter, its
 * power or the permission. noble itself is loaded only here, so that everything else works without it.
 */
export async function openNoble({ startTimeoutMs = START_TIMEOUT_MS, ...given }: NobleOptions = {}): Promise<NobleHandle> {
  const { noble, bindings } = load(given);
  const stopHost = isHciBindings(bindings) ? mendHciBindings(noble, bindings) : () => bindings.stop?.();
  const removeExitHandlers = keepSigintFree(bindings);
  const end = (): void => {
    stopHost();
    removeExitHandlers();
    noble.removeAllListeners();
  };
  try {
    await start(noble, startTimeoutMs);
  } catch (error) {
    end();
    throw error;
  }
  return createHandle(noble, bindings, end);
}

function load({ hciSocket, bindings: given }: NobleOptions): { noble: Noble; bindings: Bindings } {
  try {
    const createNoble = require('@abandonware/noble/with-bindings') as (bindings: Bindings) => Noble;
    const bindings = given ?? (hciSocket ? createHciBindings(hciSocket) : systemBindings());
    return { noble: createNoble(bindings).setMaxListeners(LISTENERS), bindings };
  } catch (error) {
    throw howToGetBluetooth('unloadable', error);
  }
}

/** Those of the system that runs; on Linux a raw HCI socket. */
const systemBindings = (): Bindings => (require('@abandonware/noble/lib/resolve-bindings') as (options: object) => Bindings)({});

/**
 * noble's SIGINT handler ends the process with status 1 where it is the last one, so it comes off at once: shutting down is the program's
 * own business. Its exit handler frees the adapter's connections where the program crashes, and may stay until the returned function
 * is called.
 */
function keepSigintFree(bindings: Bindings): () => void {
  const init = bindings.init.bind(bindings);
  const events: EventEmitter = process;
  const exitHandlers: Listener[] = [];
  bindings.init = () => {
    const before = new Set([...listenersOf('SIGINT'), ...listenersOf('exit')]);
    init();
    for (const handler of listenersOf('SIGINT')) if (!before.has(handler)) events.removeListener('SIGINT', handler);
    exitHandlers.push(...listenersOf('exit').filter((handler) => !before.has(handler)));
  };
  return () => {
    for (const handler of exitHandlers) events.removeListener('exit', handler);
  };
}

type Listener = () => void;
const listenersOf = (event: string): Listener[] => (process as EventEmitter).listeners(event) as Listener[];

/** Initialises by the first `stateChange` listener, as noble wants it; the `warning` listener has to be there before. */
async function start(noble: Noble, timeoutMs: number): Promise<void> {
  let warning: string | null = null;
  const failed = new AbortController();
  const warned = (message: string): void => {
    warning = message;
    failed.abort(howToGetBluetooth('no-adapter', new Error(message)));
  };
  noble.on('warning', warned);
  try {
    await within(timeoutMs, 'starting Bluetooth', [failed.signal], async (signal) => {
      const [state] = await answer<[string]>(noble, 'stateChange', signal, () => undefined, (now) => now === 'poweredOn' || refused(now));
      if (refused(state)) throw howToGetBluetooth(state);
    });
  } catch (error) {
    if (warning !== null || !(error instanceof AppError) || error.code !== 'E_LINK_TIMEOUT') throw error;
    throw howToGetBluetooth(adapterState(noble) === 'poweredOff' ? 'off' : 'no-adapter');
  } finally {
    noble.removeListener('warning', warned);
  }
}

const refused = (state: string): state is 'unauthorized' | 'unsupported' => state === 'unauthorized' || state === 'unsupported';

const ignore = (): void => undefined;

function createHandle(noble: Noble, bindings: Bindings, end: () => void): NobleHandle {
  // Without a listener of ours noble prints its warnings.
  noble.on('warning', ignore);
  const scanner = createScanner(noble, () => forgetStrangers(noble, bindings, CACHE_LIMIT));
  const unfinished = new Set<Promise<void>>();
  let lastConnect: Promise<unknown> = Promise.resolve();
  return {
    noble,
    scanner,
    claims: new Set(),
    connecting: (work) => {
      const turn = lastConnect.then(() => scanner.quietly(work));
      lastConnect = turn.catch(() => undefined);
      return turn;
    },
    finishing: (work) => {
      const settled = work.catch(ignore).finally(() => unfinished.delete(settled));
      unfinished.add(settled);
    },
    close: async () => {
      await Promise.allSettled(unfinished);
      scanner.close();
      await Promise.all(knownPeripherals(noble).map((peripheral) => disconnect({ noble, scanner }, peripheral, AbortSignal.abort())));
      end();
    },
  };
}
