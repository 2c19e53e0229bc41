import { AppError } from '../errors.ts';
import type { Wish } from './channel.ts';
import { makeClaim, mayClaim, mayCommand } from './claim.ts';
import { resume, send, sendError, sendFailure, type Client } from './client.ts';
import { channelWith, giveUp, isAstray, sayAstray, turnTo, type Switchboard } from './switchboard.ts';
import type { ClientMessage } from './wire.ts';

type OwnType = Exclude<ClientMessage['type'], Wish['type']>;
type Handler<T extends OwnType> = (board: Switchboard, client: Client, message: Extract<ClientMessage, { type: T }>) => void | Promise<void>;

const sayClaimed = (client: Client): void => sendError(client, 'claimed', `${client.channel.claim?.label} has this roller to themselves`);

/** What the hub does itself; everything else is for the roller that the client watches. */
const OWN: { readonly [T in OwnType]: Handler<T> } = {
  resume: ({ clock }, client, { afterSeq }) => resume(client, afterSeq, clock.monotonicS()),

  watch(board, client, { roller }) {
    client.wanted = roller;
    const channel = channelWith(board, roller);
    if (channel === undefined) sayAstray(client);
    else turnTo(board, client, channel);
  },

  claim(board, client, { label }) {
    const { channel } = client;
    if (isAstray(client)) return sayAstray(client);
    if (!mayClaim(channel.claim, client, label, board.clock.monotonicS())) return sayClaimed(client);
    channel.claim = makeClaim(label, client);
    board.log.info(`hub: ${label} claims station ${channel.station}`);
    board.helloDue = true;
  },

  release(board, client) {
    if (client.channel.claim?.holder === client) giveUp(board, client.channel);
  },

  async scan({ source, channels }, client) {
    const rollers = await source.scan();
    const labelAt = (station: number | null): string | null => channels.find((channel) => channel.station === station)?.claim?.label ?? null;
    send(client, { type: 'air', rollers: rollers.map((roller) => ({ ...roller, claimedBy: labelAt(roller.station) })) });
  },

  /** The station that has it, one that is still without, or the client's own. */
  meet(board, client, { roller }) {
    const present = channelWith(board, roller);
    const channel = present ?? board.channels.find(({ source }) => source.roller() === null) ?? client.channel;
    if (present === undefined) {
      if (!mayCommand(channel.claim, client, board.clock.monotonicS())) return sayClaimed(client);
      board.source.meet(roller, channel.station);
    }
    client.wanted = null;
    turnTo(board, client, channel);
  },
};

const isOwn = (message: ClientMessage): message is Extract<ClientMessage, { type: OwnType }> => message.type in OWN;

/** Whoever holds the claim commands, and without one everybody; pain is heard from all. */
function fulfil({ clock }: Switchboard, client: Client, wish: Wish): void | Promise<void> {
  const { source, claim } = client.channel;
  if (isAstray(client)) return sayAstray(client);
  if (wish.type !== 'pain' && !mayCommand(claim, client, clock.monotonicS())) return sayClaimed(client);
  return source.fulfil(wish);
}

/** Carries out what a client says; it is told what goes wrong. Never rejects. */
export async function carryOut(board: Switchboard, client: Client, message: ClientMessage): Promise<void> {
  try {
    await (isOwn(message) ? (OWN[message.type] as Handler<OwnType>)(board, client, message) : fulfil(board, client, message));
  } catch (error) {
    if (!(error instanceof AppError)) board.log.warn(`hub: ${message.type} failed: ${String(error)}`);
    sendFailure(client, error, message.type);
  }
}
