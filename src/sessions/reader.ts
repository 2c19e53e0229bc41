import { readFile } from 'node:fs/promises';
import type { McapTypes } from '@mcap/core';
import type { z } from 'zod';
import { AppError } from '../errors.ts';
import type { FrameSource } from '../link/port.ts';
import { JSON_CHANNELS, characteristicOf, isJsonTopic, topicOf, type JsonTopic, type TruthCue, type TruthTick } from './channels.ts';
import { readError } from './file-errors.ts';
import { decodeMeta, META_NAME } from './meta.ts';
import type { RecordedEvent, Recording } from './recording.ts';
import { isMcap, readRecords } from './records.ts';

/**
 * Reads a recording, finished or not. Rejects with E_FILE_READ, with E_NOT_A_RECORDING for any other file, and with E_RECORDING
 * where it is one of ours but holds nothing that could be read.
 */
export async function readRecording(path: string): Promise<Recording> {
  const bytes = await readFile(path).catch((error: unknown) => Promise.reject(readError(path, error)));
  return parseRecording(bytes, path);
}

/** The same from bytes; `file` is the name told in errors. */
export function parseRecording(bytes: Uint8Array, file: string): Recording {
  if (!isMcap(bytes)) throw notARecording(file, 'it is no MCAP file');
  const reading = createReading();
  for (const entry of readRecords(bytes)) {
    if (entry.ok) takeRecord(reading, entry.record);
    else reading.damages.push(entry.damage);
  }
  return finish(reading, file);
}

type WithoutArrival<E> = E extends unknown ? Omit<E, 'arrivalS'> : never;

interface Reading {
  profile: string;
  metadata: ReadonlyMap<string, string> | null;
  readonly topics: Map<number, string>;
  readonly events: { readonly logTime: bigint; readonly event: WithoutArrival<RecordedEvent> }[];
  readonly ticks: TruthTick[];
  readonly cues: TruthCue[];
  /** Messages promised by the file's own statistics; null where it has none. */
  promised: bigint | null;
  messages: number;
  /** JSON messages that were not understood, by topic. */
  readonly misread: Map<string, number>;
  readonly damages: string[];
}

const createReading = (): Reading => ({
  profile: '',
  metadata: null,
  topics: new Map(),
  events: [],
  ticks: [],
  cues: [],
  promised: null,
  messages: 0,
  misread: new Map(),
  damages: [],
});

function takeRecord(reading: Reading, record: McapTypes.TypedMcapRecord): void {
  if (record.type === 'Header') reading.profile = record.profile;
  else if (record.type === 'Metadata' && record.name === META_NAME) reading.metadata ??= record.metadata;
  else if (record.type === 'Channel') reading.topics.set(record.id, record.topic);
  else if (record.type === 'Statistics') reading.promised = record.messageCount;
  else if (record.type === 'Message') takeMessage(reading, record);
}

function takeMessage(reading: Reading, { channelId, logTime, data }: McapTypes.Message): void {
  reading.messages++;
  const topic = reading.topics.get(channelId) ?? '';
  const characteristic = characteristicOf(topic);
  if (characteristic !== undefined) {
    reading.events.push({ logTime, event: { type: 'frame', characteristic, bytes: data } });
  } else if (isJsonTopic(topic) && !TAKE[topic](reading, logTime, parseJson(data))) {
    reading.misread.set(topic, (reading.misread.get(topic) ?? 0) + 1);
  }
}

type Take = (reading: Reading, logTime: bigint, json: unknown) => boolean;

/** What is done with a message of each JSON channel; false where it is not what the channel carries. */
const TAKE: Readonly<Record<JsonTopic, Take>> = {
  '/link': taking(JSON_CHANNELS['/link'], (reading, logTime, message) => {
    if (message.type === 'state') reading.events.push({ logTime, event: message });
    else {
      const { type, ...roller } = message;
      reading.events.push({ logTime, event: { type, roller } });
    }
  }),
  '/commands': taking(JSON_CHANNELS['/commands'], (reading, logTime, command) =>
    reading.events.push({ logTime, event: { type: 'command', command } }),
  ),
  '/truth': taking(JSON_CHANNELS['/truth'], (reading, _logTime, tick) => reading.ticks.push(tick)),
  '/truth/cues': taking(JSON_CHANNELS['/truth/cues'], (reading, _logTime, cue) => reading.cues.push(cue)),
};

function taking<S extends z.ZodType>(schema: S, take: (reading: Reading, logTime: bigint, message: z.infer<S>) => void): Take {
  return (reading, logTime, json) => {
    const read = schema.safeParse(json);
    if (read.success) take(reading, logTime, read.data);
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
  const { messages, ticks, cues } = reading;
  const events = inOrder(reading.events);
  if (reading.metadata === null && !SAMPLES.some((name) => [...reading.topics.values()].includes(topicOf(name)))) {
    throw notARecording(
      file,
      `it has no channel ${topicOf('stream')}${reading.profile === '' ? '' : ` (its profile is ${reading.profile})`}`,
    );
  }
  const first = events[0]?.logTime ?? 0n;
  const meta = decodeMeta(reading.metadata ?? new Map(), Number(first / 1_000_000n), file);
  const damage = damageOf(reading);
  const holds = (name: FrameSource): boolean => events.some(({ event }) => event.type === 'frame' && event.characteristic === name);
  const missing = SAMPLES.some(holds) ? (holds('info') ? undefined : 'info') : 'stream';
  if (missing !== undefined) {
    throw new AppError(
      'E_RECORDING',
      `${file} holds no message of ${topicOf(missing)}${damage === null ? '' : ` that could be read (${damage})`}`,
      hintOf(reading),
    );
  }
  return { meta, events: timed(events, meta.startUtcMs), truth: { ticks, cues }, damage, messages };
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

function damageOf({ damages, promised, messages, misread }: Reading): string | null {
  const words = [...new Set(damages)];
  if (promised !== null && promised > messages) words.push(`${promised - BigInt(messages)} of ${promised} messages are lost`);
  for (const [topic, count] of misread) words.push(`${count} of ${topic} not understood`);
  return words.length === 0 ? null : words.join(', ');
}

/** By time of arrival; equal times keep the order of the file. */
const inOrder = (events: Reading['events']): Reading['events'] =>
  events.toSorted((a, b) => (a.logTime < b.logTime ? -1 : a.logTime > b.logTime ? 1 : 0));

function timed(events: Reading['events'], startUtcMs: number): readonly RecordedEvent[] {
  const startNs = BigInt(startUtcMs) * 1_000_000n;
  const recorded: RecordedEvent[] = [];
  for (const { logTime, event } of events) recorded.push({ ...event, arrivalS: Number(logTime - startNs) / 1e9 });
  return recorded;
}
