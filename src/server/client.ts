import type { WebSocket } from 'ws';
import { AppError, type ErrorCode } from '../errors.ts';
import { createBudget, spend, type Budget } from './budget.ts';
import type { Channel } from './channel.ts';
import type { WireCode } from './codes.ts';
import type { NumberedCue } from './cue-log.ts';
import { follow, takeMissed, takeNew, type Following } from './following.ts';
import type { ServerMessage } from './wire.ts';

/** Snapshots a client may be behind before it gets no more, 0.75 s of them. */
const WINDOW = 15;
/** A ping follows every so many snapshots; its pong says that they have arrived. */
const PING_EVERY = 5;
/** Not a word and not a pong for so long: the client is gone. */
const SILENCE_S = 15;

/** One connection: what it watches, what it was sent and is known to have received, and how much it may still say. */
export interface Client {
  readonly socket: WebSocket;
  channel: Channel;
  following: Following;
  /** The device id of the roller it asked for; null: whichever is there. */
  wanted: string | null;
  /** Snapshots sent, and how many of them its pongs have confirmed. */
  sent: number;
  confirmed: number;
  heardS: number;
  readonly messages: Budget;
  /** What is left of our patience with messages over the budget. */
  readonly patience: Budget;
}

export const createClient = (socket: WebSocket, channel: Channel, wanted: string | null, nowS: number): Client => ({
  socket,
  channel,
  following: follow(channel.cues, nowS),
  wanted,
  sent: 0,
  confirmed: 0,
  heardS: nowS,
  messages: createBudget(20, 40, nowS),
  patience: createBudget(5, 200, nowS),
});

/** From now on it is told of another station, whose cues are counted by themselves. */
export const watch = (client: Client, channel: Channel, nowS: number): void =>
  void Object.assign(client, { channel, following: follow(channel.cues, nowS) });

/** A thousandth is finer than anything measured, and keeps a message short. */
const rounded = (_key: string, value: unknown): unknown => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value);
export const encode = (message: ServerMessage): string => JSON.stringify(message, rounded);

type Reached = Pick<Client, 'socket'>;
export const send = ({ socket }: Reached, message: ServerMessage): void => socket.send(encode(message));
export const sendError = (to: Reached, code: WireCode | ErrorCode, message: string): void => send(to, { type: 'error', code, message });
/** Tells why `what` was not done. What broke here is told as no more than that: the log has the rest. */
export const sendFailure = (to: Reached, error: unknown, what: string): void =>
  error instanceof AppError ? sendError(to, error.code, `${error.message}; ${error.hint}`) : sendError(to, 'internal', `${what} failed`);
const sendBytes = (client: Client, bytes: Buffer): void => client.socket.send(bytes, { binary: false });
const sendAll = (client: Client, cues: readonly NumberedCue[]): void => {
  for (const { bytes } of cues) sendBytes(client, bytes);
};

/** Sends every cue that this connection has not been sent, unless its `resume` is still awaited. */
export const sendCues = (client: Client, nowS: number): void => sendAll(client, takeNew(client.following, nowS));

/** Sends what the client missed after `afterSeq`, then what is new; where it asks for what cannot be given it is told so. */
export function resume(client: Client, afterSeq: number, nowS: number): void {
  const { problem, cues } = takeMissed(client.following, afterSeq);
  if (problem !== null) sendError(client, problem.code, problem.message);
  sendAll(client, cues);
  sendCues(client, nowS);
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
