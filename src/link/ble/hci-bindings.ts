import Module, { createRequire } from 'node:module';
import type { EventEmitter } from 'node:events';
import type { HciSocket } from './noble-port.ts';

/** noble's own Bluetooth host for a raw HCI socket, as far as it has to be mended (hci-mends.ts). */
export interface HciBindings extends EventEmitter {
  _state: string | null;
  _pendingConnectionUuid: string | null;
  readonly _aclStreams: Record<number, unknown>;
  /** Of each connection both ways: noble's id of its peripheral by the handle, and the handle by the id. */
  readonly _handles: Record<string, string | number>;
  readonly _hci: Hci;
  readonly _gap: { _discoveries: Record<string, unknown> };
  init(): void;
  onStateChange(state: string): void;
  onDisconnComplete(handle: number, reason: number): void;
}

export interface Hci extends EventEmitter {
  _state: string | null;
  _isDevUp: boolean | null;
  _aclQueue: { handle: number }[];
  readonly _aclConnections: Map<number, unknown>;
  readonly _socket: HciSocket;
  init(): void;
  pollIsDevUp(): void;
  flushAcl(): Promise<void>;
  disconnect(handle: number, reason?: number): void;
  processCmdStatusEvent(opCode: number, status: number): void;
  processCmdCompleteEvent(opCode: number, status: number, result: Buffer): void;
}

const require = createRequire(import.meta.url);
const SOCKET_PACKAGE = '@abandonware/bluetooth-hci-socket';
const PRIVATE_FILES = ['@abandonware/noble/lib/hci-socket/bindings.js', '@abandonware/noble/lib/hci-socket/hci.js'];

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
