import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';
import type { CueEvent } from '../coaching/events.ts';
import type { AppError } from '../errors.ts';
import type { Channel } from './channel.ts';
import { isOver } from './claim.ts';
import { admit, confirm, createClient, encode, isGone, send, sendCues, sendError, sendSnapshot, type Client } from './client.ts';
import { appendCue, createCueLog } from './cue-log.ts';
import { readMessage } from './inbound.ts';
import type { Log } from './log.ts';
import { startPacer } from './pacer.ts';
import { carryOut } from './requests.ts';
import { channelWith, giveUp, greet, greetAll, isAstray, leave, playbackOf, sayAstray, sessionOf, watchersOf, type HubSource, type Switchboard } from './switchboard.ts';
import type { CalibrationMessage, ServerMessage } from './wire.ts';

export const SNAPSHOT_HZ = 20;
const MAX_CLIENTS = 64;
const KEPT_CUES = 1000;
/** A client that does not answer the close is cut off after this. */
const CLOSE_WAIT_MS = 500;

/** Where what happens at one station is told. */
export interface Audience {
  /** Its roller has changed: everybody gets hello anew, with the next snapshot. */
  hello(): void;
  /** Sends a cue and gives its number. */
  cue(event: CueEvent): number;
  /** Sends the session as it is now. */
  session(): void;
  /** Sends how the recording is played, and its timeline. */
  playback(): void;
  /** Tells everybody who watches what went wrong, unasked. */
  trouble(error: Pick<AppError, 'code' | 'message' | 'hint'>): void;
  /** Sends how calibrating goes on. */
  calibration(news: Omit<CalibrationMessage, 'type'>): void;
}

/** Tells every client of the station it watches: snapshots twenty times a second, cues and the session at once. */
export interface Hub {
  /** Takes a client on; `roller` is the device id of the one it wants to watch, null: the first station's. */
  attach(socket: WebSocket, roller?: string | null): void;
  /** One for each station, in the same order. */
  readonly audiences: readonly Audience[];
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
  const channels = source.stations.map((each, index): Channel => ({ station: index + 1, source: each, cues: createCueLog(keptCues), claim: null }));
  const board: Switchboard = { source, clock, log, channels, clients: new Set(), helloDue: false };
  const { clients } = board;
  let closed = false;

  const stopPacer = startPacer(1 / SNAPSHOT_HZ, clock, () => {
    const nowS = clock.monotonicS();
    for (const channel of channels) if (channel.claim !== null && isOver(channel.claim, nowS)) giveUp(board, channel);
    if (board.helloDue) greetAll(board);
    for (const channel of channels) showNow(channel, nowS);
  });

  function showNow(channel: Channel, nowS: number): void {
    const watching = watchersOf(board, channel);
    if (watching.length === 0) return;
    const bytes = Buffer.from(encode({ type: 'snapshot', ...channel.source.snapshot() }));
    for (const client of watching) {
      if (isGone(client, nowS)) client.socket.terminate();
      sendCues(client, nowS);
      sendSnapshot(client, bytes);
    }
  }

  function attach(socket: WebSocket, roller: string | null = null): void {
    if (closed) return socket.close(1001, 'the service is closing');
    const client = createClient(socket, channelWith(board, roller) ?? channels[0]!, roller, clock.monotonicS());
    if (clients.size >= maxClients) {
      sendError(client, 'too-many-clients', `at most ${maxClients} clients at a time`);
      return socket.close(1013, 'too many clients');
    }
    clients.add(client);
    socket.on('close', () => leave(board, client));
    socket.on('pong', (payload) => confirm(client, payload, clock.monotonicS()));
    socket.on('message', (data, isBinary) => hear(client, data as Buffer, isBinary));
    greet(board, client);
    if (isAstray(client)) sayAstray(client);
  }

  function hear(client: Client, bytes: Buffer, isBinary: boolean): void {
    if (!admit(client, clock.monotonicS())) return;
    const inbound = readMessage(bytes, isBinary);
    if (inbound.ok) void carryOut(board, client, inbound.message);
    else sendError(client, inbound.code, inbound.message);
  }

  const audienceOf = (channel: Channel): Audience => {
    const tell = (message: ServerMessage): void => {
      for (const client of watchersOf(board, channel)) send(client, message);
    };
    return {
      hello: () => void (board.helloDue = true),
      cue(event) {
        const { seq } = appendCue(channel.cues, channel.source.roller()?.id ?? null, event);
        for (const client of watchersOf(board, channel)) sendCues(client, clock.monotonicS());
        return seq;
      },
      session: () => tell(sessionOf(channel)),
      playback: () => playbackOf(channel).forEach(tell),
      trouble: ({ code, message, hint }) => tell({ type: 'error', code, message: `${message}; ${hint}` }),
      calibration: (news) => tell({ type: 'calibration', ...news }),
    };
  };

  return {
    attach,
    audiences: channels.map(audienceOf),
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
