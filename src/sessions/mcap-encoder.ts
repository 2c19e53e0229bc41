import { crc32 } from 'node:zlib';
import { McapChunkBuilder, McapRecordBuilder, type McapTypes } from '@mcap/core';
import { zstdCompress } from './zstd.ts';

export interface McapContents {
  readonly library: string;
  readonly schemas: readonly McapTypes.Schema[];
  readonly channels: readonly McapTypes.Channel[];
  readonly metadata: readonly McapTypes.Metadata[];
  /** How chunks are packed; plain ones need no decompressor. */
  readonly packing?: Packing;
}

export type Packing = 'zstd' | 'plain';

/** An MCAP file as it grows. Every call gives the bytes that come next in the file; nothing is written here. */
export interface McapEncoder {
  /** Magic, header, schemas, channels and metadata: first in the file. */
  head(): Uint8Array;
  /** Adds a message to the chunk being filled. */
  add(channelId: number, logTime: bigint, data: Uint8Array): void;
  /** Log time between the first message of the chunk being filled and this one; 0 where it is empty. */
  chunkSpanNs(logTime: bigint): bigint;
  /** Closes the chunk: one piece that can be read by itself. Empty where there is no message in it. */
  closeChunk(): Uint8Array;
  /** A metadata record after all chunks so far. */
  metadata(record: McapTypes.Metadata): Uint8Array;
  /** The last chunk, the summary and the end of the file. */
  end(): Uint8Array;
  /** Takes the end back. What comes next in the file stands in its place, which is given: the offset from the start of the file. */
  reopen(): number;
}

/** The name of the compression in the file, and how it is done. */
const PACKINGS: Readonly<Record<Packing, { readonly compression: string; readonly pack: (bytes: Uint8Array) => Uint8Array }>> = {
  zstd: { compression: 'zstd', pack: zstdCompress },
  plain: { compression: '', pack: (bytes) => bytes },
};

/**
 * Schemas, channels and metadata stand at the head, outside the chunks, so that every chunk can be read by itself and a file cut
 * short keeps all whole ones. (McapWriter of @mcap/core closes chunks by size only: at our rates a crash would lose a minute.)
 */
export function createMcapEncoder({ library, schemas, channels, metadata, packing = 'zstd' }: McapContents): McapEncoder {
  const { compression, pack } = PACKINGS[packing];
  const records = new McapRecordBuilder();
  const chunk = new McapChunkBuilder({ useMessageIndex: true });
  /** Kept as bytes: there will be thousands. */
  const chunkIndexes = new McapRecordBuilder();
  let chunkCount = 0;
  const metadataIndexes: McapTypes.MetadataIndex[] = [];
  const counts = new Map<number, bigint>();
  const span = { first: 0n, last: 0n };
  let position = 0;
  let endStart = 0;

  /** What has been built since the last time. */
  const take = (): Uint8Array => {
    const bytes = records.buffer;
    records.reset();
    position += bytes.length;
    return bytes;
  };
  /** Where the next record will start. */
  const here = (): bigint => BigInt(position + records.length);

  const writeChannels = (): void => {
    for (const schema of schemas) records.writeSchema(schema);
    for (const channel of channels) records.writeChannel(channel);
  };

  const writeMetadata = (record: McapTypes.Metadata): void => {
    const offset = here();
    records.writeMetadata(record);
    metadataIndexes.push({ name: record.name, offset, length: here() - offset });
  };

  const writeChunk = (): void => {
    if (chunk.numMessages === 0) return;
    const { messageStartTime, messageEndTime, buffer } = chunk;
    const packed = pack(buffer);
    const chunkStartOffset = here();
    const sizes = { uncompressedSize: BigInt(buffer.length), compression };
    records.writeChunk({ messageStartTime, messageEndTime, uncompressedCrc: crc32(buffer), records: packed, ...sizes });
    const indexStart = here();
    const messageIndexOffsets = new Map<number, bigint>();
    for (const index of chunk.indices) {
      messageIndexOffsets.set(index.channelId, here());
      records.writeMessageIndex(index);
    }
    chunkCount++;
    chunkIndexes.writeChunkIndex({
      messageStartTime,
      messageEndTime,
      chunkStartOffset,
      chunkLength: indexStart - chunkStartOffset,
      messageIndexOffsets,
      messageIndexLength: here() - indexStart,
      compressedSize: BigInt(packed.length),
      ...sizes,
    });
    chunk.reset();
  };

  const writeSummary = (): void => {
    writeChannels();
    records.writeStatistics({
      messageCount: [...counts.values()].reduce((sum, count) => sum + count, 0n),
      schemaCount: schemas.length,
      channelCount: channels.length,
      attachmentCount: 0,
      metadataCount: metadataIndexes.length,
      chunkCount,
      messageStartTime: span.first,
      messageEndTime: span.last,
      channelMessageCounts: counts,
    });
    for (const index of metadataIndexes) records.writeMetadataIndex(index);
  };

  return {
    head() {
      records.writeMagic();
      records.writeHeader({ profile: '', library });
      writeChannels();
      for (const record of metadata) writeMetadata(record);
      return take();
    },
    add(channelId, logTime, data) {
      const sequence = counts.get(channelId) ?? 0n;
      if (counts.size === 0 || logTime < span.first) span.first = logTime;
      if (counts.size === 0 || logTime > span.last) span.last = logTime;
      counts.set(channelId, sequence + 1n);
      chunk.addMessage({ channelId, sequence: Number(sequence & 0xffff_ffffn), logTime, publishTime: logTime, data });
    },
    chunkSpanNs: (logTime) => (chunk.numMessages === 0 ? 0n : logTime - chunk.messageStartTime),
    closeChunk() {
      writeChunk();
      return take();
    },
    metadata(record) {
      writeMetadata(record);
      return take();
    },
    end() {
      writeChunk();
      endStart = Number(here());
      records.writeDataEnd({ dataSectionCrc: 0 });
      const data = take();
      const summaryStart = here();
      writeSummary();
      const summary = Buffer.concat([records.buffer, chunkIndexes.buffer]);
      records.reset();
      records.writeFooter({ summaryStart, summaryOffsetStart: 0n, summaryCrc: 0 });
      const footer = sealed(summary, records.buffer);
      records.reset();
      records.writeMagic();
      return Buffer.concat([data, summary, footer, take()]);
    },
    reopen() {
      position = endStart;
      return endStart;
    },
  };
}

/** Puts the checksum, the last four bytes of the footer, over all of the summary and the footer before it. */
function sealed(summary: Uint8Array, footer: Uint8Array): Uint8Array {
  const at = footer.length - 4;
  new DataView(footer.buffer, footer.byteOffset).setUint32(at, crc32(footer.subarray(0, at), crc32(summary)), true);
  return footer;
}
