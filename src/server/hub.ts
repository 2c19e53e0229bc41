import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { CueEvent } from '../coaching/events.ts';
import { AppError } from '../errors.ts';
import { admit, confirm, createClient, encode, isGone, resume, send, sendCues, sendError, sendSnapshot, type Client } from './client.ts';
import { appendCue, createCueLog } from './cue-log.ts';
import { readMessage } from './inbound.ts';
import type { Log } from './log.ts';
import { startPacer } from './pacer.ts';
import { WIRE_PROTOCOL, type CalibrationMessage, type ClientMessage, type HelloMessage, type ServerMessage, type SessionMessage, type SnapshotMessage } from './wire.ts';

export const SNAPSHOT_HZ = 20;
const MAX_CLIENTS = 64;
const KEPT_CUES = 1000;
/** A client that does not answer the close is cut off after this. */
const CLOSE_WAIT_MS = 500;

/** What a person asked for; `resume` is the hub's own. */
export type Wish = Exclude<ClientMessage, { type: 'resume' }>;

/** Where the hub gets what it tells, and who carries out what its clients wish. */
export interface HubSource {
  hello(): Omit<HelloMessage, 'type' | 'protocol' | 'lastCueSeq'>;
  session(): Omit<SessionMessage, 'type'>;
  snapshot(): Omit<SnapshotMessage, 'type'>;
  /** What it throws or rejects with is told to the client that wished it. */
  fulfil(wish: Wish): void | Promise<void>;
}

/** Tells every client the same: snapshots twenty times a second, cues and the session at once. */
export interface Hub {
  attach(socket: WebSocket): void;
  /** Sends hello anew: the rollers have changed. */
  hello(): void;
  /** Sends a cue and gives its number. */
  cue(event: CueEvent): number;
  /** Sends the session as it is now. */
  session(): void;
  /** Sends how calibrating goes on. */
  calibration(news: Omit<CalibrationMessage, 'type'>): void;
  readonly clientCount: number;
  /** Closes every connection with 1001; nothing is left running. */
  close(): Promise<void>;
}

export interface HubOptions {
  readonly source: HubSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly maxClients?: number;
  readonly keptCues?: number;
}

export function createHub({ source, clock, log, maxClients = MAX_CLIENTS, keptCues = KEPT_CUES }: HubOptions): Hub {
  const clients = new Set<Client>();
  const cues = createCueLog(keptCues);
  let closed = false;

  const stopPacer = startPacer(1 / SNAPSHOT_HZ, clock, () => {
    if (clients.size === 0) return;
    const nowS = clock.monotonicS();
    const bytes = Buffer.from(encode({ type: 'snapshot', ...source.snapshot() }));
    for (const client of clients) {
      if (isGone(client, nowS)) client.socket.terminate();
      sendCues(client, cues, nowS);
      sendSnapshot(client, bytes);
    }
  });

  function attach(socket: WebSocket): void {
    if (closed) return socket.close(1001, 'the service is closing');
    const client = createClient(socket, cues, clock.monotonicS());
    if (clients.size >= maxClients) {
      sendError(client, 'too-many-clients', `at most ${maxClients} clients at a time`);
      return socket.close(1013, 'too many clients');
    }
    clients.add(client);
    socket.on('close', () => clients.delete(client));
    socket.on('pong', (payload) => confirm(client, payload, clock.monotonicS()));
    socket.on('message', (data, isBinary) => hear(client, data as Buffer, isBinary));
    send(client, hello());
    send(client, session());
  }

  const hello = (): HelloMessage => ({ type: 'hello', protocol: WIRE_PROTOCOL, ...source.hello(), lastCueSeq: cues.lastSeq });
  const session = (): SessionMessage => ({ type: 'session', ...source.session() });
  const broadcast = (message: ServerMessage): void => {
    for (const client of clients) send(client, message);
  };

  function hear(client: Client, bytes: Buffer, isBinary: boolean): void {
    const nowS = clock.monotonicS();
    if (!admit(client, nowS)) return;
    const inbound = readMessage(bytes, isBinary);
    if (!inbound.ok) return sendError(client, inbound.code, inbound.message);
    if (inbound.message.type === 'resume') return resume(client, cues, inbound.message.afterSeq, nowS);
    void fulfil(client, inbound.message);
  }

  async function fulfil(client: Client, wish: Wish): Promise<void> {
    try {
      await source.fulfil(wish);
    } catch (error) {
      const known = error instanceof AppError;
      if (!known) log.warn(`hub: ${wish.type} failed: ${String(error)}`);
      sendError(client, known ? error.code : 'internal', known ? `${error.message}; ${error.hint}` : `${wish.type} failed`);
    }
  }

  return {
    attach,
    cue(event) {
      const { seq } = appendCue(cues, event);
      for (const client of clients) sendCues(client, cues, clock.monotonicS());
      return seq;
    },
    hello: () => broadcast(hello()),
    session: () => broadcast(session()),
    calibration: (news) => broadcast({ type: 'calibration', ...news }),
    get clientCount() {
      return clients.size;
    },
    async close() {
      closed = true;
      stopPacer();
      await Promise.all(Array.from(clients, ({ socket }) => closeSocket(socket)));
    },
  };
}

function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), CLOSE_WAIT_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    socket.close(1001, 'the service is closing');
  });
}
