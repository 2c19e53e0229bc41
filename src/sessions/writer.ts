import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from './file-errors.ts';
import { CHUNK_S, layoutOf, messageOf } from './layout.ts';
import { createMcapEncoder, type McapEncoder, type Packing } from './mcap-encoder.ts';
import type { DerivedEvent, RecordedEvent, RecordingMeta, TruthEvent } from './recording.ts';

type SavedEvent = RecordedEvent | TruthEvent | DerivedEvent;

const CHUNK_NS = BigInt(CHUNK_S * 1e9);
/** Gathered before it is written. */
const PIECE_BYTES = 256 * 1024;

/**
 * Writes a whole recording, or nothing: the file appears under its name when it is complete. It is plain, so that every reader of MCAP
 * reads it without a decompressor, unless it is to be packed. Rejects with E_FILE_WRITE.
 */
export const saveRecording = (path: string, meta: RecordingMeta, events: Iterable<SavedEvent>, packing: Packing = 'plain'): Promise<void> =>
  saveFile(path, () => encodeRecording(meta, events, packing));

/** Log time of what arrived `arrivalS` after the start. */
export const logTimeNs = ({ startUtcMs }: RecordingMeta, arrivalS: number): bigint =>
  BigInt(startUtcMs) * 1_000_000n + BigInt(Math.round(arrivalS * 1e9));

function* encodeRecording(meta: RecordingMeta, events: Iterable<SavedEvent>, packing: Packing): Generator<Uint8Array> {
  const encoder = createMcapEncoder({ ...layoutOf(meta), packing });
  yield encoder.head();
  let logTime = logTimeNs(meta, 0);
  for (const event of events) {
    if ('arrivalS' in event) logTime = logTimeNs(meta, event.arrivalS); // what has none is logged with the events it follows
    yield* closeWhenDue(encoder, logTime);
    const { channelId, data } = messageOf(event);
    encoder.add(channelId, logTime, data);
  }
  yield encoder.end();
}

/** Closes the chunk being filled where a message of this time would make it too long. */
export function* closeWhenDue(encoder: McapEncoder, logTime: bigint): Generator<Uint8Array> {
  if (encoder.chunkSpanNs(logTime) >= CHUNK_NS) yield encoder.closeChunk();
}

type Pieces = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Where a process gathers a file. */
const partialOf = (path: string, pid: number): string => join(dirname(path), `.${basename(path)}.${pid}.part`);

/** The process that gathers a recording under this name; null: no such name. */
export function pidOfPartial(name: string): number | null {
  const match = /^\..+\.mcap\.(\d+)\.part$/.exec(name);
  return match === null ? null : Number(match[1]);
}

/** The name of a file is on the disk, too. Windows has no such call, and needs none. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r').catch(() => null);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** Puts a file in its place when it is whole and on the disk; until then what stood there stands. Rejects with E_FILE_WRITE. */
export async function saveFile(path: string, pieces: () => Pieces): Promise<void> {
  const partial = partialOf(path, process.pid);
  const disk = onDisk(path);
  try {
    const handle = await disk(open(partial, 'w'));
    try {
      await writeAll((bytes) => disk(handle.appendFile(bytes)), pieces());
      await disk(handle.sync());
    } finally {
      await handle.close();
    }
    await disk(rename(partial, path));
    await syncFolder(path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined); // a name may be too long even for that
    throw error;
  }
}

/** What is asked of the disk; its failures name the file that was asked for, and those of the source stay what they are. */
const onDisk =
  (path: string) =>
  async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw writeError(path, error);
    }
  };

async function writeAll(append: (bytes: Uint8Array) => Promise<void>, pieces: Pieces): Promise<void> {
  let gathered: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    gathered.push(piece);
    bytes += piece.length;
    if (bytes < PIECE_BYTES) continue;
    await append(Buffer.concat(gathered));
    gathered = [];
    bytes = 0;
  }
  await append(Buffer.concat(gathered));
}
