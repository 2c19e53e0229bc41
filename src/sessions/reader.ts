import { readFile } from 'node:fs/promises';
import type { McapTypes } from '@mcap/core';
import type { z } from 'zod';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { AppError } from '../errors.ts';
import type { FrameSource } from '../link/port.ts';
import {
  JSON_CHANNELS, characteristicOf, isJsonTopic, topicOf, type JsonTopic, type TruthCue, type TruthTick,
} from './channels.ts';
import { readError } from './file-errors.ts';
import { decodeMeta, META_NAME } from './meta.ts';
import type { RecordedEvent, Recording, RecordingMeta } from './recording.ts';
import { isMcap, visitFile } from './records.ts';

/**
 * Reads a recording, finished or not. Rejects with E_FILE_READ, with E_NOT_A_RECORDING for any other file, and with E_RECORDING
 * where it is one of ours but holds nothing that could be read.
 */
export async function readRecording(path: string): Promise<Recording> {
  const bytes = await readFile(path).catch((error: unknown) => Promise.reject(readError(path, error)));
  // What is read of it lies in it, and is to be no Buffer where the file is plain either.
  return parseRecording(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength), path);
}

/** The same from bytes; `file` is the name told in errors. */
export function parseRecording(bytes: Uint8Array, file: string): Recording {
  if (!isMcap(bytes)) throw notARecording(file, 'it is no MCAP file');
  const reading = createReading();
  visitFile(bytes, {
    record: (record) => takeRecord(reading, record),
    message: (channelId, highNs, lowNs, data) => takeMessage(reading, channelId, nsOf(reading, highNs, lowNs), data),
    damage: (words) => reading.damages.push(words),
  });
  return finish(reading, file);
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
/** While it is being read, `arrivalS` is in nanoseconds since the first message of the file. */
type PendingEvent = RecordedEvent extends infer E ? (E extends unknown ? Writable<E> : never) : never;

interface Channel {
  readonly topic: string;
  readonly characteristic: FrameSource | undefined;
}

interface Reading {
  profile: string;
  /** All metadata of ours together: what is told later in the file wins. */
  metadata: Map<string, string> | null;
  readonly channels: Map<number, Channel>;
  readonly events: PendingEvent[];
  readonly ticks: TruthTick[];
  readonly cues: TruthCue[];
  /** Log time of the first message of the file, in halves of its nanoseconds. */
  origin: { readonly highNs: number; readonly lowNs: number } | null;
  /** Messages promised by the file's own statistics; null where it has none. */
  promised: bigint | null;
  messages: number;
  /** Messages that were not understood, by topic. */
  readonly misread: Map<string, number>;
  readonly damages: string[];
}

const createReading = (): Reading => ({
  profile: '',
  metadata: null,
  channels: new Map(),
  events: [],
  ticks: [],
  cues: [],
  origin: null,
  promised: null,
  messages: 0,
  misread: new Map(),
  damages: [],
});

/** Nanoseconds since the first message of the file; exact within a hundred days of it. */
function nsOf(reading: Reading, highNs: number, lowNs: number): number {
  const { origin } = reading;
  if (origin !== null) return (highNs - origin.highNs) * 2 ** 32 + (lowNs - origin.lowNs);
  reading.origin = { highNs, lowNs };
  return 0;
}

function takeRecord(reading: Reading, record: McapTypes.TypedMcapRecord): void {
  if (record.type === 'Header') reading.profile = record.profile;
  else if (record.type === 'Statistics') reading.promised = record.messageCount;
  else if (record.type === 'Channel') {
    reading.channels.set(record.id, { topic: record.topic, characteristic: characteristicOf(record.topic) });
  } else if (record.type === 'Metadata' && record.name === META_NAME) {
    reading.metadata = new Map([...(reading.metadata ?? []), ...record.metadata]);
  }
}

function takeMessage(reading: Reading, channelId: number, ns: number, data: Uint8Array): void {
  reading.messages++;
  const channel = reading.channels.get(channelId);
  if (channel === undefined) return misread(reading, 'a channel that was not announced');
  const { topic, characteristic } = channel;
  if (characteristic !== undefined) reading.events.push({ type: 'frame', characteristic, bytes: data, arrivalS: ns });
  else if (isJsonTopic(topic) && TAKE[topic]?.(reading, ns, data) === false) misread(reading, topic);
}

function misread(reading: Reading, topic: string): void {
  reading.misread.set(topic, (reading.misread.get(topic) ?? 0) + 1);
}

type Take = (reading: Reading, ns: number, data: Uint8Array) => boolean;

/** What is done with a message of a JSON channel; false where it is not what the channel carries. What was derived is left alone. */
const TAKE: { readonly [T in JsonTopic]?: Take } = {
  '/link': taking(JSON_CHANNELS['/link'], (reading, ns, message) => {
    if (message.type === 'state') reading.events.push({ ...message, arrivalS: ns });
    else {
      const { type, ...roller } = message;
      reading.events.push({ type, roller, arrivalS: ns });
    }
  }),
  '/commands': taking(JSON_CHANNELS['/commands'], (reading, ns, command) =>
    reading.events.push({ type: 'command', command, arrivalS: ns }),
  ),
  '/truth': taking(JSON_CHANNELS['/truth'], (reading, _ns, tick) => reading.ticks.push(tick)),
  '/truth/cues': taking(JSON_CHANNELS['/truth/cues'], (reading, _ns, cue) => reading.cues.push(cue)),
};

function taking<S extends z.ZodType>(schema: S, take: (reading: Reading, ns: number, message: z.infer<S>) => void): Take {
  return (reading, ns, data) => {
    const read = schema.safeParse(parseJson(data));
    if (read.success) take(reading, ns, read.data);
    return read.success;
  };
}

function parseJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8'));
  } catch {
    return undefined;
  }
}

function finish(reading: Reading, file: string): Recording {
  const { messages, ticks, cues, events, channels } = reading;
  const carriesSamples = [...channels.values()].some(({ characteristic }) => characteristic !== undefined && SAMPLES.includes(characteristic));
  if (reading.metadata === null && !carriesSamples) {
    throw notARecording(
      file,
      `it has no channel ${topicOf('stream')}${reading.profile === '' ? '' : ` (its profile is ${reading.profile})`}`,
    );
  }
  putInOrder(events);
  const { highNs, lowNs } = reading.origin ?? { highNs: 0, lowNs: 0 };
  const originNs = (BigInt(highNs) << 32n) + BigInt(lowNs);
  const firstNs = originNs + BigInt(events[0]?.arrivalS ?? 0);
  const meta = decodeMeta(reading.metadata ?? new Map(), Number(firstNs / 1_000_000n), file);
  const damage = damageOf(reading);
  const holds = (name: FrameSource): boolean => events.some((event) => event.type === 'frame' && event.characteristic === name);
  const missing = SAMPLES.some(holds) ? (holds('info') ? undefined : 'info') : 'stream';
  if (missing !== undefined) {
    throw new AppError(
      'E_RECORDING',
      `${file} holds no message of ${topicOf(missing)}${damage === null ? '' : ` that could be read (${damage})`}`,
      hintOf(reading),
    );
  }
  const unreadable = infoFault(events);
  if (unreadable !== null) {
    const hint = 'it may be of a newer version of this program, or its roller of another firmware';
    throw new AppError('E_RECORDING', `${file}: the info value of its roller cannot be read (${unreadable})`, hint);
  }
  const aheadNs = Number(originNs - BigInt(meta.startUtcMs) * 1_000_000n);
  const startNs = Math.abs(aheadNs) < APART_NS ? aheadNs : -(events[0]?.arrivalS ?? 0);
  for (const event of events) event.arrivalS = (startNs + event.arrivalS) / 1e9;
  return { meta: { ...rollerOf(events), ...meta }, events, truth: { ticks, cues }, damage, messages };
}

/** Why no info value says what the roller is, so that none of its frames means anything; null: one does. */
function infoFault(events: readonly RecordedEvent[]): string | null {
  let fault: string | null = null;
  for (const event of events) {
    if (event.type !== 'frame' || event.characteristic !== 'info') continue;
    const info = decodeInfo(event.bytes);
    if (info.ok) return null;
    fault ??= info.fault.detail;
  }
  return fault;
}

/** Log times that are so far from `startUtc` are those of a clock that knows no date: arrival then counts from the first of them. */
const APART_NS = 86_400e9;

/** The roller that was there last. */
function rollerOf(events: readonly RecordedEvent[]): Pick<RecordingMeta, 'roller'> {
  const last = events.findLast((event) => event.type === 'info');
  return last === undefined ? {} : { roller: { id: last.roller.id, name: last.roller.name } };
}

/** Channels of samples: a recording has one or the other. */
const SAMPLES: readonly FrameSource[] = ['stream', 'sensor'];

const notARecording = (file: string, why: string): AppError =>
  new AppError(
    'E_NOT_A_RECORDING',
    `${file} is not a roller recording: ${why}`,
    'record one with `smart-roller simulate` or `smart-roller import`',
  );

const hintOf = ({ damages }: Reading): string =>
  damages.some((damage) => damage.includes('compression'))
    ? 'its chunks are compressed: `mcap decompress` makes it readable'
    : 'there is nothing in it to play';

function damageOf({ damages, promised, messages, misread: misreads }: Reading): string | null {
  const words = [...new Set(damages)];
  if (promised !== null && promised > messages) words.push(`${promised - BigInt(messages)} of ${promised} messages are lost`);
  for (const [topic, count] of misreads) words.push(`${count} of ${topic} not understood`);
  return words.length === 0 ? null : words.join(', ');
}

/** By time of arrival; equal times keep the order of the file. Most files are in order as they are. */
function putInOrder(events: PendingEvent[]): void {
  const isInOrder = events.every((event, index) => index === 0 || events[index - 1]!.arrivalS <= event.arrivalS);
  if (!isInOrder) events.sort((a, b) => a.arrivalS - b.arrivalS);
}
