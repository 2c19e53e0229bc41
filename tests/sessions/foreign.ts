import { McapWriter, TempBuffer, type McapWriterOptions } from '@mcap/core';
import { encodingOf, TOPICS, type Topic } from '../../src/sessions/channels.ts';
import { messageOf } from '../../src/sessions/layout.ts';
import { encodeMeta, META_NAME } from '../../src/sessions/meta.ts';
import type { RecordedEvent, TruthEvent } from '../../src/sessions/recording.ts';
import { logTimeNs } from '../../src/sessions/writer.ts';
import { META } from './samples.ts';

/**
 * The bytes of a recording as another program lays it out: its metadata before all else, its channels within the chunks, each before its
 * first message.
 */
export async function foreignFile(events: Iterable<RecordedEvent | TruthEvent>, options: Omit<McapWriterOptions, 'writable'>): Promise<Buffer> {
  const buffer = new TempBuffer();
  const writer = new McapWriter({ writable: buffer, ...options });
  await writer.start({ profile: '', library: 'another program' });
  await writer.addMetadata({ name: META_NAME, metadata: encodeMeta(META) });
  const channels = new Map<Topic, number>();
  let logTime = 0n;
  for (const event of events) {
    const { channelId, data } = messageOf(event);
    const topic = TOPICS[channelId]!;
    if (!channels.has(topic)) {
      channels.set(topic, await writer.registerChannel({ topic, schemaId: 0, messageEncoding: encodingOf(topic), metadata: new Map() }));
    }
    if ('arrivalS' in event) logTime = logTimeNs(META, event.arrivalS);
    await writer.addMessage({ channelId: channels.get(topic)!, sequence: 0, logTime, publishTime: logTime, data });
  }
  await writer.end();
  return Buffer.from(buffer.get());
}
