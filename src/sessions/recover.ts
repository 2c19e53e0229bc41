import { open, rm, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { McapTypes } from '@mcap/core';
import { systemClock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { topicOf } from './channels.ts';
import { readError } from './file-errors.ts';
import { filesIn } from './files-in.ts';
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
/** The one compression of MCAP that is not read here. A file that has it is whole for others: nothing of it is thrown away. */
const FOREIGN = 'unsupported compression "lz4"';
const FOREIGN_HINT = '`mcap recover`, then `mcap decompress`, make it readable';
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
  const names = await filesIn(folder);
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
  const announced = await announcedIn(file);
  if (!announced.isOurs) return { file, outcome: 'left', told: `${file} is not finished, and not a roller recording` };
  if (announced.isForeign) return { file, outcome: 'left', told: `${file} is not finished, and packed by lz4: ${FOREIGN_HINT}` };
  if (announced.messages === 0) return { file, outcome: 'left', told: `${file} is not finished, and no message of it can be read` };
  const copy = createCopy(announced);
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
  hasOwner: boolean;
  /** By a program that runs. */
  isOwned: boolean;
  messages: number;
}

function headOf(bytes: Uint8Array): Head {
  const head: Head = { hasOwner: false, isOwned: false, messages: 0 };
  if (!isMcap(bytes)) return head;
  visitRecords(bytes, MAGIC_BYTES, {
    record(record) {
      if (record.type !== 'Metadata') return;
      const owner = ownerOf(record);
      head.hasOwner ||= owner !== null;
      head.isOwned ||= owner !== null && isRunning(owner);
    },
    message: () => head.messages++,
    damage: () => undefined,
  });
  return head;
}

/** What a file announces, wherever: a writer that is not ours does so within chunks, among the messages. */
interface Announced {
  library: string;
  readonly schemas: Map<number, McapTypes.Schema>;
  readonly channels: Map<number, McapTypes.Channel>;
  isOurs: boolean;
  /** A compression that this software does not know: what is packed by it would be lost. */
  isForeign: boolean;
  /** That can be read. */
  messages: number;
}

async function announcedIn(file: string): Promise<Announced> {
  const announced: Announced = { library: '', schemas: new Map(), channels: new Map(), isOurs: false, isForeign: false, messages: 0 };
  const { channels, schemas } = announced;
  const visitor: RecordVisitor = {
    record(record) {
      if (record.type === 'Header') announced.library = record.library;
      else if (record.type === 'Schema') addFirst(schemas, record);
      else if (record.type === 'Channel') addFirst(channels, record);
      announced.isOurs ||= record.type === 'Channel' ? OUR_TOPICS.has(record.topic) : record.type === 'Metadata' && record.name === META_NAME;
    },
    message: () => announced.messages++,
    damage: (words) => (announced.isForeign ||= words === FOREIGN),
  };
  for await (const _block of blocksOf(file, visitor));
  return announced;
}

/** What follows the messages repeats what they go by, and may be where the file was hurt. */
function addFirst<Announcement extends { readonly id: number }>(known: Map<number, Announcement>, record: Announcement): void {
  if (!known.has(record.id)) known.set(record.id, record);
}

/** Every whole record of a file that is not finished, a block at a time; at its end what is left of it is told as damage. */
async function* blocksOf(file: string, visitor: RecordVisitor): AsyncGenerator<void> {
  const handle = await open(file);
  try {
    if (!isMcap(await bytesAt(handle, 0, MAGIC_BYTES))) return;
    let block = NO_BYTES;
    let position = MAGIC_BYTES;
    for (;;) {
      const more = await bytesAt(handle, position, BLOCK_BYTES);
      position += more.length;
      block = Buffer.concat([block, more]);
      block = block.subarray(Math.max(0, visitRecords(block, 0, visitor)));
      yield;
      if (more.length === 0 || block.length > LONGEST_RECORD_BYTES) break;
    }
    const { size } = await handle.stat();
    visitor.damage(endMissing(size - position + block.length));
  } finally {
    await handle.close();
  }
}

/** A recording that is being copied, record by record. */
interface Copy {
  readonly channels: ReadonlyMap<number, McapTypes.Channel>;
  readonly encoder: McapEncoder;
  messages: number;
  firstNs: bigint;
  lastNs: bigint;
  /** Messages of channels that are announced nowhere. */
  strangers: number;
  readonly damages: string[];
  /** What comes next in the new file. */
  pieces: Uint8Array[];
}

const createCopy = ({ library, schemas, channels }: Announced): Copy => ({
  channels,
  encoder: createMcapEncoder({ library, schemas: [...schemas.values()], channels: [...channels.values()], metadata: [] }),
  messages: 0, firstNs: 0n, lastNs: 0n, strangers: 0, damages: [], pieces: [],
});

/** The bytes of the finished file, as the unfinished one is read. That is closed before the other takes its place. */
async function* copyOf(file: string, copy: Copy): AsyncGenerator<Uint8Array> {
  const { encoder } = copy;
  yield encoder.head();
  for await (const _block of blocksOf(file, copying(copy))) yield* copy.pieces.splice(0);
  yield encoder.closeChunk();
  yield encoder.metadata({ name: META_NAME, metadata: encodeLateMeta({ recovered: wordsOf(copy) }) });
  yield encoder.end();
}

const copying = (copy: Copy): RecordVisitor => ({
  record(record) {
    if (record.type !== 'Metadata' || ownerOf(record) !== null) return;
    copy.pieces.push(copy.encoder.closeChunk(), copy.encoder.metadata(record));
  },
  message(channelId, highNs, lowNs, data) {
    if (!copy.channels.has(channelId)) return void copy.strangers++;
    const { encoder } = copy;
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
