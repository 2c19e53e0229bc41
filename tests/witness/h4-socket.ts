import { EventEmitter } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { HciSocket } from '../../src/link/ble/noble-port.ts';

const ACL = 0x02;
const EVENT = 0x04;
const RESET = Buffer.of(0x01, 0x03, 0x0c, 0x00);

/** Bytes of the packet that a buffer begins with; null where its head is not whole. */
function lengthOf(bytes: Buffer): number | null {
  if (bytes[0] === EVENT) return bytes.length < 3 ? null : 3 + bytes[2]!;
  if (bytes[0] === ACL) return bytes.length < 5 ? null : 5 + bytes.readUInt16LE(3);
  if (bytes.length === 0) return null;
  throw new Error(`H4: an adapter sends no packets of the type ${bytes[0]}`);
}

/** An adapter of btvirt, which makes one for each connection to its socket: HCI packets in H4, one after the other in a byte stream. */
class H4Socket extends EventEmitter implements HciSocket {
  readonly #stream: Socket;
  readonly #packets: Buffer[] = [];
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Socket) {
    super();
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => this.#take(chunk));
    stream.on('error', (error) => this.emit('error', error));
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    for (let length = lengthOf(this.#rest); length !== null && length <= this.#rest.length; length = lengthOf(this.#rest)) {
      this.#packets.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
      // One to a macrotask, as from a socket of the kernel.
      setImmediate(() => this.emit('data', this.#packets.shift()!));
    }
  }

  write(packet: Buffer): void {
    this.#stream.write(packet);
  }

  isDevUp(): boolean {
    return !this.#stream.closed;
  }

  stop(): void {
    this.#stream.destroy();
  }

  /** The kernel's own matters. */
  start(): void {}
  setFilter(): void {}
  bindRaw(): number { return 0; }
  bindUser(): number { return 0; }
  bindControl(): number { return 0; }
}

/** A new adapter, reset as the kernel does when it is turned on. Rejects where nobody listens. */
export async function openH4Socket(path: string): Promise<HciSocket> {
  const stream = connect(path);
  await new Promise<void>((resolve, reject) => {
    stream.once('connect', resolve);
    stream.once('error', reject);
  });
  const socket = new H4Socket(stream);
  const isReset = new Promise<void>((resolve) => {
    socket.once('data', () => resolve());
  });
  socket.write(RESET);
  await isReset;
  return socket;
}
