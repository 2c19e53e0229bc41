import { crc32 } from 'node:zlib';
import { McapStreamReader, hasMcapPrefix, type McapTypes } from '@mcap/core';
import { zstdDecompress } from './zstd.ts';

/** Gets what is in an MCAP file, in the order of the file. */
export interface RecordVisitor {
  /** A record that is neither a message nor a chunk, and no index. */
  record(record: McapTypes.TypedMcapRecord): void;
  /**
   * A message, in a chunk or outside. Its log time comes as the two halves of its nanoseconds: a bigint for each would take as
   * long as all the rest.
   */
  message(channelId: number, highNs: number, lowNs: number, data: Uint8Array): void;
  /** What could not be read where something should have been, in words. */
  damage(words: string): void;
}

export const MAGIC_BYTES = 8;
const RECORD_HEAD_BYTES = 9;
/** Channel, sequence number, log time and publish time of a message. */
const MESSAGE_HEAD_BYTES = 22;
/** Times, size and checksum of a chunk, up to the name of its compression. */
const CHUNK_HEAD_BYTES = 28;
const FOOTER_BYTES = 20;
/** Footer record and closing magic. */
export const END_BYTES = RECORD_HEAD_BYTES + FOOTER_BYTES + MAGIC_BYTES;

const FOOTER = 0x02;
const MESSAGE = 0x05;
const CHUNK = 0x06;
/** Header, schema, channel, statistics, metadata. */
const TOLD: ReadonlySet<number> = new Set([0x01, 0x03, 0x04, 0x0b, 0x0c]);

/** Whether bytes begin as an MCAP file does. */
export const isMcap = (bytes: Uint8Array): boolean =>
  bytes.length >= MAGIC_BYTES && hasMcapPrefix(viewOf(bytes.subarray(0, MAGIC_BYTES)));

/** Whether the last `END_BYTES` of a file are those of one that was finished. */
export const isEnd = (bytes: Uint8Array): boolean =>
  bytes.length === END_BYTES &&
  bytes[0] === FOOTER &&
  viewOf(bytes).getUint32(1, true) === FOOTER_BYTES &&
  isMcap(bytes.subarray(-MAGIC_BYTES));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Gives every whole record of a piece of an MCAP file, from `at` on, those in chunks included. Returns where the first record
 * that is not whole begins, or -1 at the end of a finished file. A chunk that cannot be read costs that chunk only. Never
 * throws, whatever the bytes.
 */
export function visitRecords(bytes: Uint8Array, at: number, visitor: RecordVisitor): number {
  const view = viewOf(bytes);
  while (at + RECORD_HEAD_BYTES <= bytes.length) {
    const opcode = bytes[at]!;
    const end = at + RECORD_HEAD_BYTES + lengthAt(view, at + 1);
    if (end > bytes.length) break;
    if (opcode === FOOTER && isEnd(bytes.subarray(at, at + END_BYTES)) && bytes.length - at === END_BYTES) return -1;
    try {
      visitRecord(opcode, bytes.subarray(at, end), visitor);
    } catch (error) {
      visitor.damage(error instanceof Error ? error.message : String(error));
    }
    at = end;
  }
  return at;
}

/** Every whole record of a file; told as damage where it has no end. Never throws, whatever the bytes. */
export function visitFile(bytes: Uint8Array, visitor: RecordVisitor): void {
  const at = visitRecords(bytes, MAGIC_BYTES, visitor);
  if (at >= 0) visitor.damage(endMissing(bytes.length - at));
}

/** How it is told that a file was not finished. */
export const endMissing = (bytesLeft: number): string =>
  bytesLeft === 0 ? 'the file ends without its index' : `the file is cut short: its last ${bytesLeft} bytes are no whole record`;

/** Lengths beyond 2^53 are beyond any file, and stay so. */
const lengthAt = (view: DataView, at: number): number => view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true);

function visitRecord(opcode: number, bytes: Uint8Array, visitor: RecordVisitor): void {
  if (opcode === FOOTER) throw new Error('a footer in the middle');
  if (opcode === MESSAGE) visitMessage(bytes, viewOf(bytes), 0, bytes.length, visitor);
  else if (opcode === CHUNK) visitChunk(bytes, visitor);
  else if (TOLD.has(opcode)) visitor.record(parsed(bytes));
}

function parsed(bytes: Uint8Array): McapTypes.TypedMcapRecord {
  const parser = new McapStreamReader({ noMagicPrefix: true });
  parser.append(bytes);
  const record = parser.nextRecord();
  if (record === undefined) throw new Error('a record that is not whole');
  return record;
}

function visitMessage(bytes: Uint8Array, view: DataView, at: number, end: number, visitor: RecordVisitor): void {
  const head = at + RECORD_HEAD_BYTES;
  const data = head + MESSAGE_HEAD_BYTES;
  if (data > end) throw new Error('a message without its head');
  visitor.message(view.getUint16(head, true), view.getUint32(head + 10, true), view.getUint32(head + 6, true), bytes.subarray(data, end));
}

function visitChunk(bytes: Uint8Array, visitor: RecordVisitor): void {
  const records = unpacked(bytes);
  const view = viewOf(records);
  let at = 0;
  while (at < records.length) {
    const end = at + RECORD_HEAD_BYTES + (at + RECORD_HEAD_BYTES > records.length ? 0 : lengthAt(view, at + 1));
    if (end > records.length) throw new Error('a chunk ends within a record');
    const opcode = records[at]!;
    if (opcode === MESSAGE) visitMessage(records, view, at, end, visitor);
    else if (TOLD.has(opcode)) visitor.record(parsed(records.subarray(at, end)));
    at = end;
  }
}

/** The records of a chunk, whose checksum is right. */
function unpacked(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const head = RECORD_HEAD_BYTES + CHUNK_HEAD_BYTES;
  if (bytes.length < head + 4) throw new Error('a chunk without its head');
  const nameBytes = view.getUint32(head, true);
  const sizeAt = head + 4 + nameBytes;
  if (sizeAt + 8 > bytes.length || sizeAt + 8 + lengthAt(view, sizeAt) > bytes.length) {
    throw new Error('a chunk that is longer than its record');
  }
  const compression = Buffer.from(bytes.subarray(head + 4, sizeAt)).toString('utf8');
  const packed = bytes.subarray(sizeAt + 8, sizeAt + 8 + lengthAt(view, sizeAt));
  const records = compression === '' ? packed : decompressed(compression, packed, lengthAt(view, RECORD_HEAD_BYTES + 16));
  const checksum = view.getUint32(RECORD_HEAD_BYTES + 24, true);
  if (checksum !== 0 && checksum !== crc32(records)) throw new Error('a chunk has the wrong CRC');
  return records;
}

function decompressed(compression: string, packed: Uint8Array, size: number): Uint8Array {
  if (compression !== 'zstd') throw new Error(`unsupported compression ${JSON.stringify(compression)}`);
  try {
    return zstdDecompress(packed, size);
  } catch (error) {
    throw new Error('a chunk cannot be decompressed', { cause: error });
  }
}
