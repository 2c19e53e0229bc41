import type { WebSocket } from 'ws';
import type { ErrorCode } from '../errors.ts';
import { createBudget, spend, type Budget } from './budget.ts';
import { cuesBetween, oldestSeq, type CueLog } from './cue-log.ts';
import type { WireCode } from './codes.ts';
import type { ServerMessage } from './wire.ts';

/** Snapshots a client may be behind before it gets no more, 0.75 s of them. */
const WINDOW = 15;
/** A ping follows every so many snapshots; its pong says that they have arrived. */
const PING_EVERY = 5;
/** A new client's cues wait this long for its `resume`, so that what it missed comes before what is new. */
const RESUME_WAIT_S = 0.25;
/** Not a word and not a pong for so long: the client is gone. */
const SILENCE_S = 15;

/** One connection: what it was sent, what it is known to have received, and how much it may still say. */
export interface Client {
  readonly socket: WebSocket;
  readonly joinedS: number;
  /** Cues with fromSeq <= seq < toSeq were sent on this connection, each once. */
  fromSeq: number;
  toSeq: number;
  /** It has resumed, or has had the time to: cues flow at once. */
  settled: boolean;
  /** Snapshots sent, and how many of them its pongs have confirmed. */
  sent: number;
  confirmed: number;
  heardS: number;
  readonly messages: Budget;
  /** What is left of our patience with messages over the budget. */
  readonly patience: Budget;
}

export const createClient = (socket: WebSocket, log: CueLog, nowS: number): Client => ({
  socket,
  joinedS: nowS,
  fromSeq: log.lastSeq + 1,
  toSeq: log.lastSeq + 1,
  settled: false,
  sent: 0,
  confirmed: 0,
  heardS: nowS,
  messages: createBudget(20, 40, nowS),
  patience: createBudget(5, 200, nowS),
});

/** A thousandth is finer than anything measured, and keeps a message short. */
const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);
export const encode = (message: ServerMessage): string => JSON.stringify(message, rounded);

export const send = (client: Client, message: ServerMessage): void => client.socket.send(encode(message));
export const sendError = (client: Client, code: WireCode | ErrorCode, message: string): void =>
  send(client, { type: 'error', code, message });
const sendBytes = (client: Client, bytes: Buffer): void => client.socket.send(bytes, { binary: false });

/** Sends every cue that this connection has not been sent, unless its `resume` is still awaited. */
export function sendCues(client: Client, log: CueLog, nowS: number): void {
  client.settled ||= nowS - client.joinedS >= RESUME_WAIT_S;
  if (!client.settled) return;
  for (const cue of cuesBetween(log, client.toSeq, log.lastSeq + 1)) sendBytes(client, cue.bytes);
  client.toSeq = log.lastSeq + 1;
}

/**
 * Sends what the client missed after `afterSeq`, in order, none twice on one connection, then what is new.
 * Where it asks for what is no longer kept, or for what has not been, it is told so.
 */
export function resume(client: Client, log: CueLog, afterSeq: number, nowS: number): void {
  client.settled = true;
  const oldest = oldestSeq(log);
  if (afterSeq > log.lastSeq) {
    sendError(client, 'resume-ahead', `the last cue is ${log.lastSeq}, not ${afterSeq}: the service has been restarted`);
  } else if (afterSeq + 1 < client.fromSeq) {
    if (afterSeq + 1 < oldest) sendError(client, 'resume-too-old', `cues before ${oldest} are no longer kept`);
    for (const cue of cuesBetween(log, afterSeq + 1, client.fromSeq)) sendBytes(client, cue.bytes);
    client.fromSeq = afterSeq + 1;
  }
  sendCues(client, log, nowS);
}

/**
 * Sends a snapshot, unless the client is too far behind: then it gets the latest once it has caught up. Counting pongs
 * bounds what lies in the buffers of the network too, where old snapshots would else wait in line by the thousand.
 */
export function sendSnapshot(client: Client, bytes: Buffer): void {
  if (client.sent - client.confirmed >= WINDOW) return;
  sendBytes(client, bytes);
  if (++client.sent % PING_EVERY === 0) client.socket.ping(String(client.sent));
}

/** A pong came: it carries the number of the snapshot that its ping followed. */
export function confirm(client: Client, payload: Buffer, nowS: number): void {
  client.heardS = nowS;
  const number = Number(payload.toString('latin1'));
  if (number > client.confirmed && number <= client.sent) client.confirmed = number;
}

export const isGone = (client: Client, nowS: number): boolean => nowS - client.heardS > SILENCE_S;

/** Whether a message may be read now. One over the budget is answered with an error; too many of those end the connection. */
export function admit(client: Client, nowS: number): boolean {
  client.heardS = nowS;
  if (spend(client.messages, nowS)) return true;
  sendError(client, 'too-many-messages', 'slow down: this message was not read');
  if (!spend(client.patience, nowS)) client.socket.close(1008, 'too many messages');
  return false;
}
