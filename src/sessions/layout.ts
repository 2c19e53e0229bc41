import { encodingOf, JSON_CHANNELS, TOPICS, topicOf, type JsonTopic, type Topic } from './channels.ts';
import { flatJsonSchema } from './json-schema.ts';
import type { McapContents } from './mcap-encoder.ts';
import { encodeMeta, META_NAME } from './meta.ts';
import type { DerivedEvent, RecordedEvent, RecordingMeta, TruthEvent } from './recording.ts';

/** A chunk is closed after so much: what a kill loses at most. */
export const CHUNK_S = 0.5;

const json = (value: object): Uint8Array => Buffer.from(JSON.stringify(value));

const SCHEMAS = (Object.keys(JSON_CHANNELS) as JsonTopic[]).map((topic, index) => ({
  topic,
  record: {
    id: index + 1,
    name: `smart-roller${topic.replaceAll('/', '.')}`,
    encoding: 'jsonschema',
    data: json(flatJsonSchema(JSON_CHANNELS[topic])),
  },
}));

const CHANNELS = TOPICS.map((topic, id) => {
  const schemaId = SCHEMAS.find((schema) => schema.topic === topic)?.record.id ?? 0;
  return { id, schemaId, topic, messageEncoding: encodingOf(topic), metadata: new Map<string, string>() };
});

/** What stands at the head of every recording. */
export const layoutOf = (meta: RecordingMeta): McapContents => ({
  library: meta.software,
  schemas: SCHEMAS.map(({ record }) => record),
  channels: CHANNELS,
  metadata: [{ name: META_NAME, metadata: encodeMeta(meta) }],
});

const CHANNEL_IDS = new Map<Topic, number>(TOPICS.map((topic, id) => [topic, id]));

/** The message of an event: its channel and its bytes. */
export function messageOf(event: RecordedEvent | TruthEvent | DerivedEvent): { readonly channelId: number; readonly data: Uint8Array } {
  const [topic, data] = encoded(event);
  return { channelId: CHANNEL_IDS.get(topic)!, data };
}

function encoded(event: RecordedEvent | TruthEvent | DerivedEvent): [Topic, Uint8Array] {
  switch (event.type) {
    case 'frame':
      return [topicOf(event.characteristic), event.bytes];
    case 'state':
      return ['/link', json({ type: 'state', state: event.state, reason: event.reason })];
    case 'info':
      return ['/link', json({ type: 'info', ...event.roller })];
    case 'command':
      return ['/commands', json(event.command)];
    case 'truth':
      return ['/truth', json(withoutType(event))];
    case 'truth-cue':
      return ['/truth/cues', json(withoutType(event))];
    case 'motion':
      return ['/motion', json(withoutType(event))];
    case 'cue':
      return ['/cues', json(withoutType(event))];
  }
}

function withoutType({ type: _type, ...rest }: { readonly type: string }): object {
  return rest;
}
