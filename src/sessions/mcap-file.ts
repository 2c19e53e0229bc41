import { crc32 } from 'node:zlib';
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from '@mcap/core';

export interface McapContents {
  readonly library: string;
  readonly schemas: readonly McapTypes.Schema[];
  readonly channels: readonly McapTypes.Channel[];
  readonly metadata: readonly McapTypes.Metadata[];
  /** A chunk is closed when it spans this much log time, ns. */
  readonly chunkNs: bigint;
  /** Writes all of the bytes at the end of the file. */
  readonly output: (bytes: Uint8Array) => Promise<void>;
}

export interface McapFile {
  /** Adds a message. Resolves when the output has taken what was due; its rejection is the output's. */
  add(channelId: number, logTime: bigint, data: Uint8Array): Promise<void>;
  /** Closes the last chunk and writes the summary. */
  end(): Promise<void>;
}

/**
 * Writes an MCAP file as it grows. Schemas, channels and metadata stand at the head, outside the chunks, so that every chunk
 * can be read by itself; one write a chunk, so that a file cut short keeps all whole ones. Uncompressed: sensor noise does not
 * compress. (McapWriter of @mcap/core closes chunks by size only: at our rates a crash would lose the last minute.)
 */
export async function createMcapFile(contents: McapContents): Promise<McapFile> {
  const { schemas, channels, metadata, chunkNs } = contents;
  const records = new McapRecordBuilder();
  const chunk = new McapChunkBuilder({ useMessageIndex: true });
  const chunkIndexes: McapTypes.ChunkIndex[] = [];
  const metadataIndexes: McapTypes.MetadataIndex[] = [];
  const counts = new Map<number, bigint>();
  const span = { first: 0n, last: 0n };
  let position = 0;
  let tail = Promise.resolve();

  /** Hands over what has been built, after all that was handed over before. */
  const flush = (bytes = records.buffer): Promise<void> => {
    records.reset();
    position += bytes.length;
    tail = tail.then(() => contents.output(bytes));
    return tail;
  };
  /** Where the next record will start. */
  const here = (): bigint => BigInt(position + records.length);

  const writeChannels = (): void => {
    for (const schema of schemas) records.writeSchema(schema);
    for (const channel of channels) records.writeChannel(channel);
  };

  const closeChunk = (): Promise<void> => {
    if (chunk.numMessages === 0) return tail;
    const { messageStartTime, messageEndTime, buffer } = chunk;
    const size = BigInt(buffer.length);
    const chunkStartOffset = here();
    records.writeChunk({
      messageStartTime,
      messageEndTime,
      uncompressedSize: size,
      uncompressedCrc: crc32(buffer),
      compression: '',
      records: buffer,
    });
    const indexStart = here();
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of chunk.indices) {
      messageIndexOffsets.set(index.channelId, here());
      records.writeMessageIndex(index);
    }
    chunkIndexes.push({
      messageStartTime,
      messageEndTime,
      chunkStartOffset,
      chunkLength: indexStart - chunkStartOffset,
      messageIndexOffsets,
      messageIndexLength: here() - indexStart,
      compression: '',
      compressedSize: size,
      uncompressedSize: size,
    });
    chunk.reset();
    return flush();
  };

  records.writeMagic();
  records.writeHeader({ profile: '', library: contents.library });
  writeChannels();
  for (const record of metadata) {
    const offset = here();
    records.writeMetadata(record);
    metadataIndexes.push({ name: record.name, offset, length: here() - offset });
  }
  await flush();

  return {
    add(channelId, logTime, data) {
      const closed = chunk.numMessages > 0 && logTime - chunk.messageStartTime >= chunkNs ? closeChunk() : tail;
      const sequence = counts.get(channelId) ?? 0n;
      if (counts.size === 0 || logTime < span.first) span.first = logTime;
      if (counts.size === 0 || logTime > span.last) span.last = logTime;
      counts.set(channelId, sequence + 1n);
      chunk.addMessage({ channelId, sequence: Number(sequence & 0xffff_ffffn), logTime, publishTime: logTime, data });
      return closed;
    },
    end() {
      void closeChunk(); // what it rejects with, the flush below does too
      records.writeDataEnd({ dataSectionCrc: 0 });
      const summaryStart = here();
      const summaryAt = records.length;
      writeChannels();
      records.writeStatistics({
        messageCount: [...counts.values()].reduce((sum, count) => sum + count, 0n),
        schemaCount: schemas.length,
        channelCount: channels.length,
        attachmentCount: 0,
        metadataCount: metadata.length,
        chunkCount: chunkIndexes.length,
        messageStartTime: span.first,
        messageEndTime: span.last,
        channelMessageCounts: counts,
      });
      for (const index of chunkIndexes) records.writeChunkIndex(index);
      for (const index of metadataIndexes) records.writeMetadataIndex(index);
      records.writeFooter({ summaryStart, summaryOffsetStart: 0n, summaryCrc: 0 });
      void flush(sealed(records.buffer, summaryAt));
      records.writeMagic();
      return flush();
    },
  };
}

/** Puts the checksum, the last four bytes of the footer, over all of the summary before it. */
function sealed(bytes: Uint8Array, summaryAt: number): Uint8Array {
  const at = bytes.length - 4;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, crc32(bytes.subarray(summaryAt, at)), true);
  return bytes;
}
