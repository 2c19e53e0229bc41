import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { writeError } from '../file-errors.ts';
import { isMissing, isRecordingName, LIBRARY_FILE, recordingsIn, sizeOf, stampOf } from './folder.ts';
import { openLibrary, type Library, type LibraryOptions } from './library.ts';

/**
 * A backup is a folder: a data folder with a list of what belongs to it, so that it can be checked by hand (`sha256sum`) and read
 * without this program.
 */
const MANIFEST_FILE = 'manifest.json';

const manifest = z.object({
  format: z.literal('smart-roller-backup'),
  version: z.literal(1),
  software: z.string(),
  createdUtc: z.iso.datetime(),
  files: z.array(
    z.object({
      name: z.string().refine((name) => name === LIBRARY_FILE || isRecordingName(name)),
      bytes: z.int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
type Manifest = z.infer<typeof manifest>;
type Listed = Manifest['files'][number];

export interface BackedUp {
  readonly recordings: number;
  readonly bytes: number;
}

export interface BackupOptions {
  readonly out: string;
  /** Replace a backup that is there. Anything else is never replaced. */
  readonly force: boolean;
  readonly software: string;
  readonly utcMs: number;
}

/** Writes a backup, whole or not at all, while the library is in use. Rejects with E_NOT_EMPTY, E_FILE_WRITE, E_LIBRARY. */
export async function backUp(library: Library, { out, force, software, utcMs }: BackupOptions): Promise<BackedUp> {
  const { folder } = library;
  if (folder === null) throw new AppError('E_LIBRARY', 'a library in memory cannot be backed up', 'give a data folder with --data');
  const isThere = !(await isEmpty(out));
  const hint = 'choose another folder; --force replaces an older backup, and nothing else';
  if (isThere && !(force && (await readManifest(out).catch(() => null)))) throw new AppError('E_NOT_EMPTY', `${out} is not empty`, hint);
  return inPart(out, async (part) => {
    library.copyTo(path.join(part, LIBRARY_FILE));
    const files = [await listed(part, LIBRARY_FILE)];
    for (const name of await recordingsIn(folder)) files.push(...(await copiedIfThere(path.join(folder, name), part, name)));
    const content: Manifest = { format: 'smart-roller-backup', version: 1, software, createdUtc: new Date(utcMs).toISOString(), files };
    await writeFile(path.join(part, MANIFEST_FILE), `${JSON.stringify(content, null, 2)}\n`);
    const older = `${part}.older`;
    if (isThere) await rename(out, older);
    else await rm(out, { recursive: true, force: true });
    await rename(part, out);
    await rm(older, { recursive: true, force: true });
    return { recordings: files.length - 1, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

export interface Restored extends BackedUp {
  readonly sessions: number;
  readonly createdUtc: string;
  /** Where what was in the data folder is now; null: there was nothing. */
  readonly setAside: string | null;
}

export interface RestoreOptions extends LibraryOptions {
  readonly from: string;
  readonly folder: string;
  /** Even where the data folder is not empty: what is in it is set aside as a folder beside it. */
  readonly force: boolean;
}

/**
 * Puts a backup in the place of a data folder, after every file of it has been checked. Rejects with E_BACKUP, E_NOT_EMPTY, E_FILE_WRITE,
 * E_LIBRARY_NEWER; then the data folder is as it was.
 */
export async function restore({ from, folder, force, ...options }: RestoreOptions): Promise<Restored> {
  const { files, createdUtc } = await readManifest(from);
  const isThere = !(await isEmpty(folder));
  if (isThere && !force) throw new AppError('E_NOT_EMPTY', `${folder} is not empty`, 'give --force to have what is in it set aside');
  return inPart(folder, async (part) => {
    for (const file of files) await checkedCopy(from, part, file);
    const library = await openLibrary(part, options);
    const { sessions } = library.stats();
    library.close();
    const setAside = isThere ? `${path.resolve(folder)}.before-${stampOf(options.clock.utcMs())}` : null;
    if (setAside !== null) await rename(folder, setAside);
    else await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
    return { sessions, recordings: files.length - 1, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), createdUtc, setAside };
  });
}

/** Works in a folder beside `place`, of which nothing is left where it fails. */
async function inPart<T>(place: string, work: (part: string) => Promise<T>): Promise<T> {
  const part = `${path.resolve(place)}.${process.pid}.part`;
  try {
    await mkdir(part, { recursive: true });
    return await work(part);
  } catch (error) {
    throw error instanceof AppError ? error : writeError(place, error);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

async function isEmpty(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length === 0;
  } catch (error) {
    if (isMissing(error)) return true;
    throw writeError(folder, error);
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch((error: unknown) => {
    throw badBackup(folder, isMissing(error) ? `it has no ${MANIFEST_FILE}` : String(error));
  });
  const read = manifest.safeParse(parsed(text));
  if (!read.success) throw badBackup(folder, `its ${MANIFEST_FILE} cannot be understood`);
  if (!read.data.files.some(({ name }) => name === LIBRARY_FILE)) throw badBackup(folder, `it has no ${LIBRARY_FILE}`);
  return read.data;
}

const badBackup = (folder: string, why: string): AppError =>
  new AppError('E_BACKUP', `${folder} is no whole backup: ${why}`, 'give a folder that `smart-roller backup` wrote, as it wrote it');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function checkedCopy(from: string, part: string, { name, bytes, sha256 }: Listed): Promise<void> {
  const found = await copied(path.join(from, name), part, name).catch((error: unknown) => {
    throw isMissing(error) ? badBackup(from, `${name} is missing`) : error;
  });
  if (found.bytes !== bytes || found.sha256 !== sha256) throw badBackup(from, `${name} is not as it was`);
}

/** Copies a file and tells what was copied. */
async function copied(source: string, folder: string, name: string): Promise<Listed> {
  const tally = createTally();
  await pipeline(createReadStream(source), tally.through, createWriteStream(path.join(folder, name)));
  return { name, ...tally.result() };
}

/** A session may be removed while the rest is copied. */
const copiedIfThere = (source: string, folder: string, name: string): Promise<readonly Listed[]> =>
  copied(source, folder, name).then(
    (file) => [file],
    async (error: unknown) => {
      if ((await sizeOf(source)) !== null) throw error;
      await rm(path.join(folder, name), { force: true });
      return [];
    },
  );

async function listed(folder: string, name: string): Promise<Listed> {
  const tally = createTally();
  await pipeline(createReadStream(path.join(folder, name)), tally.through, async (chunks) => {
    for await (const _chunk of chunks);
  });
  return { name, ...tally.result() };
}

function createTally(): { readonly through: Transform; readonly result: () => Omit<Listed, 'name'> } {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { through, result: () => ({ bytes, sha256: hash.digest('hex') }) };
}
