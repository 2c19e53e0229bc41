import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { encodingOf, JSON_CHANNELS, TOPICS, topicOf, type JsonTopic } from './channels.ts';
import { writeError } from './file-errors.ts';
import { flatJsonSchema } from './json-schema.ts';
import { createMcapFile, type McapContents } from './mcap-file.ts';
import { encodeMeta, META_NAME } from './meta.ts';
import type { RecordedEvent, RecordingMeta, TruthEvent } from './recording.ts';

/** A kill loses at most the chunk being filled. */
const CHUNK_NS = 500_000_000n;

export interface RecordingWriter {
  /**
   * Adds an event. Resolves when the file has taken what was due: awaiting it bounds memory.
   * Rejects with E_FILE_WRITE once the file cannot be written.
   */
  write(event: RecordedEvent | TruthEvent): Promise<void>;
  /** Writes the index and closes the file. */
  finish(): Promise<void>;
  /** Closes the file as it is: a recording without an index, which can be read all the same. */
  abandon(): Promise<void>;
}

interface WriterOptions {
  /** The `arrivalS` of the events that is `meta.startUtcMs`. */
  readonly originS?: number;
  /** The file as errors tell it. */
  readonly name?: string;
}

/** Starts a recording in a file of its own; an existing one is replaced. Rejects with E_FILE_WRITE. */
export async function createRecordingWriter(
  path: string,
  meta: RecordingMeta,
  { originS = 0, name = path }: WriterOptions = {},
): Promise<RecordingWriter> {
  const startNs = BigInt(meta.startUtcMs) * 1_000_000n;
  const handle = await open(path, 'w').catch((error: unknown) => Promise.reject(writeError(name, error)));
  const file = await createMcapFile(layout(meta, outputTo(handle, name))).catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  let latestS = 0;
  return {
    write(event) {
      const { topic, data } = messageOf(event);
      if ('arrivalS' in event) latestS = event.arrivalS - originS; // truth is logged with the events it follows
      return file.add(TOPICS.indexOf(topic), startNs + BigInt(Math.round(latestS * 1e9)), data);
    },
    async finish() {
      try {
        await file.end();
      } finally {
        await handle.close();
      }
    },
    abandon: () => handle.close(),
  };
}

/** Writes a whole recording, or nothing: the file appears under its name when it is complete. */
export async function saveRecording(path: string, meta: RecordingMeta, events: Iterable<RecordedEvent | TruthEvent>): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const writer = await createRecordingWriter(partial, meta, { name: path });
    try {
      for (const event of events) await writer.write(event);
    } catch (error) {
      await writer.abandon();
      throw error;
    }
    await writer.finish();
    await rename(partial, path).catch((error: unknown) => Promise.reject(writeError(path, error)));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function messageOf(event: RecordedEvent | TruthEvent): { readonly topic: (typeof TOPICS)[number]; readonly data: Uint8Array } {
  switch (event.type) {
    case 'frame':
      return { topic: topicOf(event.characteristic), data: event.bytes };
    case 'state':
      return { topic: '/link', data: json({ type: 'state', state: event.state, reason: event.reason }) };
    case 'info':
      return { topic: '/link', data: json({ type: 'info', ...event.roller }) };
    case 'command':
      return { topic: '/commands', data: json(event.command) };
    case 'truth': {
      const { type: _type, ...tick } = event;
      return { topic: '/truth', data: json(tick) };
    }
    case 'truth-cue': {
      const { type: _type, ...cue } = event;
      return { topic: '/truth/cues', data: json(cue) };
    }
  }
}

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

function layout(meta: RecordingMeta, output: McapContents['output']): McapContents {
  const jsonTopics = Object.keys(JSON_CHANNELS) as JsonTopic[];
  return {
    library: meta.software,
    schemas: jsonTopics.map((topic, index) => ({
      id: index + 1,
      name: `smart-roller${topic.replaceAll('/', '.')}`,
      encoding: 'jsonschema',
      data: json(flatJsonSchema(JSON_CHANNELS[topic])),
    })),
    channels: TOPICS.map((topic, id) => {
      const schemaId = jsonTopics.indexOf(topic as JsonTopic) + 1;
      return { id, schemaId, topic, messageEncoding: encodingOf(topic), metadata: new Map() };
    }),
    metadata: [{ name: META_NAME, metadata: encodeMeta(meta) }],
    chunkNs: CHUNK_NS,
    output,
  };
}

const outputTo =
  (handle: FileHandle, name: string) =>
  async (bytes: Uint8Array): Promise<void> => {
    await handle.appendFile(bytes).catch((error: unknown) => Promise.reject(writeError(name, error)));
  };
