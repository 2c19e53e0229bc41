import { McapRecordBuilder, McapStreamReader, hasMcapPrefix, type McapTypes } from '@mcap/core';

type McapRecord = McapTypes.TypedMcapRecord;

/** One record, or what was wrong where one should have been. */
export type RecordOrDamage = { readonly ok: true; readonly record: McapRecord } | { readonly ok: false; readonly damage: string };

const MAGIC_BYTES = 8;
const RECORD_HEAD_BYTES = 9;
const FOOTER = 0x02;
/** Footer record and closing magic. */
const END_BYTES = RECORD_HEAD_BYTES + 20 + MAGIC_BYTES;

/** Whether bytes begin as an MCAP file does. */
export const isMcap = (bytes: Uint8Array): boolean => bytes.length >= MAGIC_BYTES && hasMcapPrefix(viewOf(bytes.subarray(0, MAGIC_BYTES)));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * Every whole record of an MCAP file, those in its chunks included, in the order of the file. A chunk that cannot be read costs
 * that chunk only; a file cut short ends where its last whole record does. Never throws, whatever the bytes.
 */
export function* readRecords(bytes: Uint8Array): Generator<RecordOrDamage> {
  const view = viewOf(bytes);
  const channels = new Map<number, McapTypes.Channel>();
  let parser = new McapStreamReader({ noMagicPrefix: true });
  let at = MAGIC_BYTES;
  while (at + RECORD_HEAD_BYTES <= bytes.length) {
    const opcode = bytes[at];
    const end = at + RECORD_HEAD_BYTES + Number(view.getBigUint64(at + 1, true));
    if (opcode === FOOTER && bytes.length - at === END_BYTES) return;
    if (end > bytes.length) break;
    try {
      if (opcode === FOOTER) throw new Error('a footer in the middle');
      parser.append(bytes.subarray(at, end));
      for (let record; (record = parser.nextRecord());) {
        if (record.type === 'Channel') channels.set(record.id, record);
        yield { ok: true, record };
      }
    } catch (error) {
      yield { ok: false, damage: error instanceof Error ? error.message : String(error) };
      parser = parserKnowing(channels.values());
    }
    at = end;
  }
  yield {
    ok: false,
    damage:
      at === bytes.length
        ? 'the file ends without its index'
        : `the file is cut short: its last ${bytes.length - at} bytes are no whole record`,
  };
}

/** A parser does not go on after an error: a new one, told the channels that came before. */
function parserKnowing(channels: Iterable<McapTypes.Channel>): McapStreamReader {
  const parser = new McapStreamReader({ noMagicPrefix: true });
  const records = new McapRecordBuilder();
  for (const channel of channels) records.writeChannel(channel);
  parser.append(records.buffer);
  while (parser.nextRecord());
  return parser;
}
