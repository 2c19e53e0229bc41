import Module, { createRequire } from 'node:module';
import type { EventEmitter } from 'node:events';
import { knownPeripherals, type HciSocket, type Noble } from './noble-port.ts';

/** noble's host for a raw HCI socket, as far as it has to be mended. */
export interface HciBindings extends EventEmitter {
  _state: string | null;
  _pendingConnectionUuid: string | null;
  readonly _aclStreams: Record<number, unknown>;
  readonly _hci: Hci;
  readonly _gap: { _discoveries: Record<string, unknown> };
  init(): void;
  onStateChange(state: string): void;
}

interface Hci extends EventEmitter {
  _state: string | null;
  _isDevUp: boolean | null;
  _aclQueue: { handle: number }[];
  readonly _aclConnections: Map<number, unknown>;
  readonly _socket: HciSocket;
  init(): void;
  pollIsDevUp(): void;
  flushAcl(): Promise<void>;
  processCmdCompleteEvent(opCode: number, status: number, result: Buffer): void;
}

const require = createRequire(import.meta.url);
const SOCKET_PACKAGE = '@abandonware/bluetooth-hci-socket';
const PRIVATE_FILES = ['@abandonware/noble/lib/hci-socket/bindings.js', '@abandonware/noble/lib/hci-socket/hci.js'];
const READ_RSSI = 0x1405;
const RSSI_REPLY_BYTES = 3;
const POLL_MS = 1000;
/** Connection terminated by the local host. */
const ENDED_HERE = 0x16;

type Bindings = new (options: object) => HciBindings;
let privateBindings: Bindings | null = null;
let nextSocket: HciSocket | null = null;

/**
 * noble's own Bluetooth stack over a socket of ours. Its hci.js makes its socket itself, from a package that works on Linux, throws when it
 * is loaded on Windows without USB support, and when it is constructed on macOS: a socket set afterwards would come too late. So a
 * private copy of the two files is loaded once, while the module loader answers that one name with a constructor that hands out the given
 * socket. A real adapter in the same process gets the shared copy, untouched.
 */
export function createHciBindings(socket: HciSocket): HciBindings {
  privateBindings ??= loadPrivately();
  nextSocket = socket;
  return new privateBindings({});
}

/** A constructor that returns an object makes `new` give that object. */
function GivenSocket(): HciSocket | null {
  return nextSocket;
}

function loadPrivately(): Bindings {
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load;
  const shared = PRIVATE_FILES.map((name) => require.resolve(name)).map((path) => [path, require.cache[path]] as const);
  for (const [path] of shared) delete require.cache[path];
  loader._load = (name, ...rest) => (name === SOCKET_PACKAGE ? GivenSocket : load(name, ...rest));
  try {
    return require(PRIVATE_FILES[0]!) as Bindings;
  } finally {
    loader._load = load;
    for (const [path, module] of shared) {
      delete require.cache[path];
      if (module) require.cache[path] = module;
    }
  }
}

export const isHciBindings = (bindings: object): bindings is HciBindings => '_hci' in bindings && '_aclStreams' in bindings;

/** Mends noble's HCI host before it is started; the function returned ends it. */
export function mendHciBindings(bindings: HciBindings): () => void {
  const hci = bindings._hci;
  mendFlush(hci);
  mendRssiReply(hci);
  mendPowerOff(bindings);
  const stopPolling = ownPoll(hci);
  return () => {
    stopPolling();
    hci._socket.stop();
    hci._socket.removeAllListeners();
  };
}

/** A packet queued for a connection that has just ended makes noble's flush reject with nobody listening, and that ends the process. */
function mendFlush(hci: Hci): void {
  const flush = hci.flushAcl.bind(hci);
  hci.flushAcl = async () => {
    hci._aclQueue = hci._aclQueue.filter(({ handle }) => hci._aclConnections.has(handle));
    await flush().catch(() => undefined);
  };
}

/** An adapter may answer an error to Read RSSI with the status alone; noble reads on past the end and throws. */
function mendRssiReply(hci: Hci): void {
  const process = hci.processCmdCompleteEvent.bind(hci);
  hci.processCmdCompleteEvent = (opCode, status, result) => {
    if (opCode === READ_RSSI && (status !== 0 || result.length < RSSI_REPLY_BYTES)) return;
    process(opCode, status, result);
  };
}

/**
 * An adapter that loses its power tells nobody that its connections are over. noble would believe in them for ever, count their packets
 * against the buffers, and queue every later connect behind the one that was pending. (It also prints advice to stdout here; ours is in
 * missing.ts.)
 */
function mendPowerOff(bindings: HciBindings): void {
  const hci = bindings._hci;
  bindings.onStateChange = (state) => {
    if (bindings._state === state) return;
    bindings._state = state;
    bindings.emit('stateChange', state);
    if (state !== 'poweredOff') return;
    hci._aclQueue = [];
    for (const handle of Object.keys(bindings._aclStreams).map(Number)) {
      hci._aclConnections.delete(handle);
      hci.emit('disconnComplete', handle, ENDED_HERE);
    }
    const pending = bindings._pendingConnectionUuid;
    bindings._pendingConnectionUuid = null;
    if (pending !== null) bindings.emit('connect', pending, new Error('the adapter is off'));
  };
}

/** noble asks every second whether the adapter is up, with a timer that nobody can end. The same, with an end. */
function ownPoll(hci: Hci): () => void {
  const start = [
    'setSocketFilter', 'setEventMask', 'setLeEventMask', 'readLocalVersion', 'writeLeHostSupported', 'readLeHostSupported',
    'readLeBufferSize', 'readBdAddr',
  ] as const;
  const steps = hci as unknown as Record<(typeof start)[number], () => void>;
  let timer: NodeJS.Timeout | undefined;
  hci.pollIsDevUp = () => {
    clearTimeout(timer);
    const isUp = hci._socket.isDevUp();
    if (isUp && !hci._isDevUp && hci._state === 'poweredOff') {
      // It is back: listen anew, which polls again.
      hci._socket.removeAllListeners();
      hci._state = null;
      return hci.init();
    }
    if (isUp && !hci._isDevUp) for (const step of start) steps[step]();
    if (!isUp && hci._isDevUp !== false) hci.emit('stateChange', 'poweredOff');
    hci._isDevUp = isUp;
    timer = setTimeout(() => hci.pollIsDevUp(), POLL_MS);
  };
  return () => clearTimeout(timer);
}

/** Forgets strangers seen in passing, but nothing that is listened to. noble and its bindings only ever add: 1.3 kB for each address. */
export function forgetStrangers(noble: Noble, bindings: object, limit: number): void {
  const known = knownPeripherals(noble);
  if (known.length > limit) {
    const maps = ['_peripherals', '_services', '_characteristics', '_descriptors', '_discoveredPeripheralUUids'] as const;
    const tables = noble as unknown as Record<(typeof maps)[number], Record<string, unknown>>;
    const strangers = known.filter((peripheral) => peripheral.eventNames().length === 0);
    for (const { id } of strangers) for (const map of maps) delete tables[map][id];
  }
  if (isHciBindings(bindings) && Object.keys(bindings._gap._discoveries).length > limit) bindings._gap._discoveries = {};
}
