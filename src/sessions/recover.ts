import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { McapTypes } from '@mcap/core';
import { systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { topicOf } from './channels.ts';
import { readError } from './file-errors.ts';
import { createMcapEncoder, type McapEncoder } from './mcap-encoder.ts';
import { encodeLateMeta, META_NAME } from './meta.ts';
import { isAlive, isRunning, ownerOf } from './owner.ts';
import { END_BYTES, endMissing, isEnd, isMcap, MAGIC_BYTES, visitRecords, type RecordVisitor } from './records.ts';
import { closeWhenDue, pidOfPartial, saveFile } from './writer.ts';

/** What became of a file that may not have been finished. */
export type Recovery = { readonly file: string } & (
  | { readonly outcome: 'whole' }
  /** Its whole chunks are in a finished file of the same name. `told`: what was lost, for a person. */
  | { readonly outcome: 'recovered'; readonly messages: number; readonly told: string }
  /** The program ended before anything had been recorded; the file is gone. */
  | { readonly outcome: 'removed'; readonly told: string }
  /** Not touched. */
  | { readonly outcome: 'left'; readonly told: string }
);

const NO_BYTES: Uint8Array = new Uint8Array(0);
const BLOCK_BYTES = 2 ** 20;
/** What claims to be longer is no record. */
const LONGEST_RECORD_BYTES = 64 * 2 ** 20;
/** The head of our recordings is 8 KB long. */
const HEAD_BYTES = 64 * 2 ** 10;
/** What a file whose metadata is lost is known by: the samples of a roller, or of another sensor. */
const OUR_TOPICS: ReadonlySet<string> = new Set([topicOf('stream'), topicOf('sensor')]);
/** A file that does not yet say whose it is may have been made a moment ago. */
const YOUNG_MS = 60_000;
/** A recording by the recorder, as its name tells. */
const OUR_NAME = /^\d{4}-\d\d-\d\dT[\d-]+Z-[0-9a-f]{12}\.mcap$/;

/**
 * Finishes the recordings of a folder whose program ended before it could; those that a running program writes, and other
 * files, are left alone. Gives what became of each that was not whole, in order of their names. Rejects with E_FILE_READ where
 * the folder cannot be read.
 */
export async function recoverFolder(folder: string): Promise<readonly Recovery[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw readError(folder, error);
  });
  const recoveries: Recovery[] = [];
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const pid = pidOfPartial(name);
    if (pid !== null && !isAlive(pid)) await rm(join(folder, name), { force: true });
    if (pid === null && name.endsWith('.mcap')) recoveries.push(await recoverRecording(join(folder, name)));
  }
  return recoveries.filter(({ outcome }) => outcome !== 'whole');
}

/** The same of one file. What goes wrong is told in what it gives: the file is then left as it was. */
export async function recoverRecording(file: string): Promise<Recovery> {
  try {
    return await recover(file);
  } catch (error) {
    return { file, outcome: 'left', told: error instanceof AppError ? error.line : readError(file, error).line };
  }
}

async function recover(file: string): Promise<Recovery> {
  const { size, mtimeMs, isFinished, head } = await lookAt(file);
  if (isFinished) return { file, outcome: 'whole' };
  if (head.isOwned) return { file, outcome: 'left', told: `${file} is being recorded by a program that runs` };
  if (head.messages === 0 && size < HEAD_BYTES && OUR_NAME.test(basename(file))) {
    const isYoung = systemClock.utcMs() - mtimeMs < YOUNG_MS;
    if (isYoung && !head.hasOwner) return { file, outcome: 'left', told: `${file} has only just been begun` };
    await rm(file);
    return { file, outcome: 'removed', told: `${file}: the program ended before anything was recorded` };
  }
  if (!head.isOurs) return { file, outcome: 'left', told: `${file} is not finished, and not a roller recording` };
  const copy = createCopy();
  await saveFile(file, () => copyOf(file, copy));
  return { file, outcome: 'recovered', messages: copy.messages, told: `${file}: ${wordsOf(copy)}` };
}

async function lookAt(file: string): Promise<{ size: number; mtimeMs: number; isFinished: boolean; head: Head }> {
  const handle = await open(file);
  try {
    const { size, mtimeMs } = await handle.stat();
    const isFinished = isEnd(await bytesAt(handle, Math.max(0, size - END_BYTES), END_BYTES));
    return { size, mtimeMs, isFinished, head: headOf(isFinished ? NO_BYTES : await bytesAt(handle, 0, HEAD_BYTES)) };
  } finally {
    await handle.close();
  }
}

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const { buffer, bytesRead } = await handle.read(new Uint8Array(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

interface Head {
  isOurs: boolean;
  hasOwner: boolean;
  /** By a program that runs. */
  isOwned: boolean;
  messages: number;
}

function headOf(bytes: Uint8Array): Head {
  const head: Head = { isOurs: false, hasOwner: false, isOwned: false, messages: 0 };
  if (!isMcap(bytes)) return head;
  visitRecords(bytes, MAGIC_BYTES, {
    record(record) {
      if (record.type === 'Channel' && OUR_TOPICS.has(record.topic)) head.isOurs = true;
      if (record.type !== 'Metadata') return;
      if (record.name === META_NAME) head.isOurs = true;
      const owner = ownerOf(record);
      head.hasOwner ||= owner !== null;
      head.isOwned ||= owner !== null && isRunning(owner);
    },
    message: () => head.messages++,
    damage: () => undefined,
  });
  return head;
}

/** A recording that is being copied, record by record. */
interface Copy {
  library: string;
  readonly schemas: McapTypes.Schema[];
  readonly channels: Map<number, McapTypes.Channel>;
  readonly metadata: McapTypes.Metadata[];
  /** Made at the first message. */
  encoder: McapEncoder | null;
  messages: number;
  firstNs: bigint;
  lastNs: bigint;
  /** Messages of channels that were not announced before the first message. */
  strangers: number;
  readonly damages: string[];
  /** What comes next in the new file. */
  pieces: Uint8Array[];
}

const createCopy = (): Copy => ({
  library: '', schemas: [], channels: new Map(), metadata: [], encoder: null,
  messages: 0, firstNs: 0n, lastNs: 0n, strangers: 0, damages: [], pieces: [],
});

/** The bytes of the finished file, as the unfinished one is read. That is closed before the other takes its place. */
async function* copyOf(file: string, copy: Copy): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    yield* copyRecords(handle, copy);
  } finally {
    await handle.close();
  }
  const encoder = encoderOf(copy);
  yield* copy.pieces.splice(0);
  yield encoder.closeChunk();
  yield encoder.metadata({ name: META_NAME, metadata: encodeLateMeta({ recovered: wordsOf(copy) }) });
  yield encoder.end();
}

async function* copyRecords(handle: FileHandle, copy: Copy): AsyncGenerator<Uint8Array> {
  const visitor = copying(copy);
  let block = NO_BYTES;
  let position = MAGIC_BYTES;
  for (;;) {
    const more = await bytesAt(handle, position, BLOCK_BYTES);
    position += more.length;
    block = Buffer.concat([block, more]);
    block = block.subarray(Math.max(0, visitRecords(block, 0, visitor)));
    yield* copy.pieces.splice(0);
    if (more.length === 0 || block.length > LONGEST_RECORD_BYTES) break;
  }
  const { size } = await handle.stat();
  copy.damages.push(endMissing(size - position + block.length));
}

function encoderOf(copy: Copy): McapEncoder {
  if (copy.encoder === null) {
    copy.encoder = createMcapEncoder({ ...copy, channels: [...copy.channels.values()] });
    copy.pieces.push(copy.encoder.head());
  }
  return copy.encoder;
}

const copying = (copy: Copy): RecordVisitor => ({
  record(record) {
    if (record.type === 'Header') copy.library = record.library;
    else if (record.type === 'Schema' && copy.encoder === null) copy.schemas.push(record);
    else if (record.type === 'Channel' && copy.encoder === null) copy.channels.set(record.id, record);
    else if (record.type === 'Metadata' && ownerOf(record) === null) {
      if (copy.encoder === null) copy.metadata.push(record);
      else copy.pieces.push(copy.encoder.closeChunk(), copy.encoder.metadata(record));
    }
  },
  message(channelId, highNs, lowNs, data) {
    if (!copy.channels.has(channelId)) return void copy.strangers++;
    const encoder = encoderOf(copy);
    const logTime = (BigInt(highNs) << 32n) + BigInt(lowNs);
    copy.pieces.push(...closeWhenDue(encoder, logTime));
    encoder.add(channelId, logTime, data);
    if (copy.messages === 0 || logTime < copy.firstNs) copy.firstNs = logTime;
    if (copy.messages === 0 || logTime > copy.lastNs) copy.lastNs = logTime;
    copy.messages++;
  },
  damage: (words) => copy.damages.push(words),
});

function wordsOf({ messages, firstNs, lastNs, strangers, damages }: Copy): string {
  const seconds = (Number(lastNs - firstNs) / 1e9).toFixed(1);
  const lost = [...new Set(damages), ...(strangers > 0 ? [`${strangers} messages of unknown channels`] : [])].join(', ');
  const kept = `${messages} messages over ${seconds} s are kept`;
  return `the program ended while it was recording; ${kept}, what came in its last second may be missing (${lost})`;
}
