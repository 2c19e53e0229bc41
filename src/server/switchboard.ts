import type { Clock } from '../clock.ts';
import { rollerOf, type Channel, type StationSource } from './channel.ts';
import { leaveClaim } from './claim.ts';
import { send, sendError, watch, type Client } from './client.ts';
import type { Log } from './log.ts';
import { WIRE_PROTOCOL, type AirRoller, type HelloMessage, type PlaybackMessage, type SessionMessage, type TimelineMessage } from './wire.ts';

/** Who the hub speaks for. */
export interface HubSource extends Pick<HelloMessage, 'software' | 'source'> {
  /** At least one, in the order of their numbers. */
  readonly stations: readonly StationSource[];
  /** Who is in the air, after some seconds of listening. */
  scan(): Promise<readonly Omit<AirRoller, 'claimedBy'>[]>;
  /** Has a station take a roller in place of its own. Throws E_REFUSED where there is no radio to find it with. */
  meet(roller: string, station: number): void;
}

/** Who is connected, and to which station. */
export interface Switchboard {
  readonly source: HubSource;
  readonly clock: Clock;
  readonly log: Log;
  readonly channels: readonly Channel[];
  readonly clients: Set<Client>;
  /** Rollers or claims have changed: everybody is greeted anew with the next snapshot. */
  helloDue: boolean;
}

export const channelWith = ({ channels }: Switchboard, roller: string | null): Channel | undefined =>
  roller === null ? undefined : channels.find((channel) => channel.source.roller()?.id === roller);

export const watchersOf = ({ clients }: Switchboard, channel: Channel): Client[] => [...clients].filter((client) => client.channel === channel);

export const sessionOf = ({ source }: Channel): SessionMessage => ({ type: 'session', ...source.session() });

/** What is told of a recording that is played; nothing of a roller that is there. */
export function playbackOf({ source }: Channel): (PlaybackMessage | TimelineMessage)[] {
  const playback = source.playback();
  return playback === null ? [] : [{ type: 'playback', ...playback.state }, { type: 'timeline', ...playback.timeline }];
}

/** The roller it asked for has no station now, so it watches another: that one is not for it to command. */
export const isAstray = ({ wanted, channel }: Client): boolean => wanted !== null && channel.source.roller()?.id !== wanted;
export const sayAstray = (client: Client): void => sendError(client, 'no-such-roller', `the roller ${client.wanted} has no station here`);

function sendHello({ source: { software, source }, channels }: Switchboard, client: Client): void {
  const { station, cues, claim } = client.channel;
  const rollers = channels.map(rollerOf).filter((roller) => roller !== null);
  const own = { station, holdsClaim: claim?.holder === client, lastCueSeq: cues.lastSeq };
  send(client, { type: 'hello', protocol: WIRE_PROTOCOL, software, source, rollers, ...own });
}

export function greet(board: Switchboard, client: Client): void {
  sendHello(board, client);
  send(client, sessionOf(client.channel));
  for (const message of playbackOf(client.channel)) send(client, message);
}

/** Greets everybody anew, and brings those who wait for a roller to it once it is there. */
export function greetAll(board: Switchboard): void {
  board.helloDue = false;
  for (const client of board.clients) {
    const channel = channelWith(board, client.wanted);
    if (channel !== undefined && channel !== client.channel) turnTo(board, client, channel);
    else sendHello(board, client);
  }
}

/** From now on the client is told of this station; a claim of the one before is over. */
export function turnTo(board: Switchboard, client: Client, channel: Channel): void {
  if (channel !== client.channel) {
    if (client.channel.claim?.holder === client) giveUp(board, client.channel);
    watch(client, channel, board.clock.monotonicS());
  }
  greet(board, client);
}

export function giveUp(board: Switchboard, channel: Channel): void {
  board.log.info(`hub: ${channel.claim?.label} gives up station ${channel.station}`);
  channel.claim = null;
  board.helloDue = true;
}

export function leave({ clients, clock }: Switchboard, client: Client): void {
  const { channel } = client;
  clients.delete(client);
  if (channel.claim?.holder === client) channel.claim = leaveClaim(channel.claim, clock.monotonicS());
}
