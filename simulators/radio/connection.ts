import {
  addressBytes, BOUNDARY, completedPackets, disconnectionComplete, EVENT, event, LE_EVENT, leEvent, ROLE, STATUS, u16, u8,
} from './hci.ts';
import { missRatio } from './hearing.ts';

/** One controller's side of a connection. */
export interface End {
  readonly handle: number;
  readonly address: string;
  readonly addressType: number;
  readonly rssiDbm: number;
  /** On air now. */
  readonly audible: boolean;
  toHost(packet: Buffer): void;
  /** The connection is over. */
  forget(): void;
}

/** In the units of HCI: 1.25 ms, connection events, 10 ms. */
export interface ConnectionParameters {
  readonly interval: number;
  readonly latency: number;
  readonly supervisionTimeout: number;
}

export interface Channel {
  /** Seeded numbers in [0, 1). */
  readonly random: () => number;
  /** Share of connection events and advertisements that are not heard. */
  lossRatio: number;
  /** Packets each way in one connection event: radios do not send one a piece. */
  readonly packetsPerEvent: number;
}

/** ACL packets a controller takes before it has sent one. */
export const ACL_BUFFERS = 8;

/**
 * A link between two controllers. Every connection interval both meet for one event and exchange what is queued; an event that is not heard
 * is made up for in the next one, as the link layer repeats a packet until it is acknowledged. Not heard for the supervision timeout: over.
 */
export class Connection {
  readonly #ends: readonly [End, End];
  readonly #channel: Channel;
  readonly #queues: readonly [Buffer[], Buffer[]] = [[], []];
  #parameters: ConnectionParameters;
  #termination: { role: number; reason: number } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #nextEventMs: number;
  #lastHeardMs: number;

  constructor(central: End, peripheral: End, parameters: ConnectionParameters, channel: Channel) {
    this.#ends = [central, peripheral];
    this.#parameters = parameters;
    this.#channel = channel;
    this.#lastHeardMs = performance.now();
    this.#nextEventMs = this.#lastHeardMs + this.#intervalMs;
    for (const role of [ROLE.central, ROLE.peripheral]) this.#announce(role);
    this.#wait();
  }

  /** Queues an ACL packet of the host with this role. */
  send(role: number, packet: Buffer): void {
    const queue = this.#queueOf(role);
    if (queue.length < ACL_BUFFERS) queue.push(packet);
    else this.#endOf(role).toHost(event(EVENT.dataBufferOverflow, u8(1)));
  }

  /** New parameters, told to both hosts. */
  update(parameters: ConnectionParameters): void {
    this.#parameters = parameters;
    for (const end of this.#ends) {
      end.toHost(leEvent(LE_EVENT.connectionUpdateComplete, u8(STATUS.success), u16(end.handle), this.#parameterBytes()));
    }
  }

  /** A host asked to disconnect; it is done in the next event. */
  terminate(role: number, reason: number): void {
    this.#termination = { role, reason };
  }

  peerOf(role: number): End {
    return this.#endOf(1 - role);
  }

  /** Ends without a word to anyone. */
  abandon(): void {
    clearTimeout(this.#timer);
    for (const end of this.#ends) end.forget();
  }

  get #intervalMs(): number {
    return this.#parameters.interval * 1.25;
  }

  get #timeoutMs(): number {
    return this.#parameters.supervisionTimeout * 10;
  }

  #endOf(role: number): End {
    return role === ROLE.central ? this.#ends[0] : this.#ends[1];
  }

  #queueOf(role: number): Buffer[] {
    return role === ROLE.central ? this.#queues[0] : this.#queues[1];
  }

  #parameterBytes(): Buffer {
    const { interval, latency, supervisionTimeout } = this.#parameters;
    return Buffer.concat([u16(interval), u16(latency), u16(supervisionTimeout)]);
  }

  #announce(role: number): void {
    const end = this.#endOf(role);
    const peer = this.peerOf(role);
    end.toHost(leEvent(
      LE_EVENT.connectionComplete, u8(STATUS.success), u16(end.handle), u8(role), u8(peer.addressType), addressBytes(peer.address),
      this.#parameterBytes(), u8(0),
    ));
  }

  #wait(): void {
    this.#timer = setTimeout(() => this.#meet(), Math.max(0, this.#nextEventMs - performance.now()));
  }

  /** Runs every event that is due; the anchors stay on their grid, however late the timer is. */
  #meet(): void {
    const nowMs = performance.now();
    while (this.#nextEventMs <= nowMs) {
      this.#nextEventMs += this.#intervalMs;
      const heard = this.#ends.every((end) => end.audible) && this.#channel.random() >= missRatio(this.#channel.lossRatio, ...this.#ends);
      if (heard) {
        this.#lastHeardMs = nowMs;
        this.#exchange(ROLE.central);
        this.#exchange(ROLE.peripheral);
      }
      // A peer that does not hear that it is over is waited for, until the supervision timeout.
      if (this.#termination && heard) return this.#over(this.#termination.role, this.#termination.reason);
    }
    if (nowMs - this.#lastHeardMs > this.#timeoutMs) return this.#over(this.#termination?.role ?? null, STATUS.connectionTimeout);
    this.#wait();
  }

  #exchange(role: number): void {
    const queue = this.#queueOf(role);
    const end = this.#endOf(role);
    const peer = this.peerOf(role);
    const count = Math.min(queue.length, this.#channel.packetsPerEvent);
    for (const packet of queue.splice(0, count)) {
      const boundary = (packet.readUInt16LE(1) >> 12) & 3;
      const received = Buffer.from(packet);
      received.writeUInt16LE(peer.handle | ((boundary === BOUNDARY.continuing ? boundary : BOUNDARY.firstFromController) << 12), 1);
      peer.toHost(received);
    }
    if (count > 0) end.toHost(completedPackets(end.handle, count));
  }

  /** Tells both hosts: the one that wanted it that it did, the other why; where nobody did, both why. */
  #over(terminator: number | null, reason: number): void {
    for (const role of [ROLE.central, ROLE.peripheral]) {
      const end = this.#endOf(role);
      end.toHost(disconnectionComplete(end.handle, role === terminator ? STATUS.localHostTerminated : reason));
    }
    this.abandon();
  }
}
