import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../errors.ts';
import { readError, writeError } from '../file-errors.ts';
import { filesIn } from '../files-in.ts';

/** The name of the library's own file in a data folder; the recordings lie beside it. */
export const LIBRARY_FILE = 'library.db';
const RECORDING = /^[^.].*\.mcap$/;

/** A time as part of a name that sorts by it. */
export const stampOf = (utcMs: number): string => `${new Date(utcMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;

/** As the recorder calls them. */
export const recordingName = (sessionId: string, startUtcMs: number): string =>
  `${new Date(startUtcMs).toISOString().replaceAll(/[:.]/g, '-')}-${sessionId.slice(-12)}.mcap`;

export const isRecordingName = (name: string): boolean => path.basename(name) === name && RECORDING.test(name);

/** Where a recording lies. A name that leads out of the folder is refused, whoever wrote it: throws E_LIBRARY. */
export function pathIn(folder: string, name: string): string {
  if (isRecordingName(name)) return path.join(folder, name);
  const hint = 'rebuild the library with `smart-roller library rebuild`';
  throw new AppError('E_LIBRARY', `${JSON.stringify(name)} is no name of a recording`, hint);
}

/** The names of the recordings in a folder, in order; none where there is no folder. Rejects with E_FILE_READ. */
export const recordingsIn = async (folder: string): Promise<readonly string[]> =>
  (await filesIn(folder)).filter((name) => RECORDING.test(name)).toSorted();

export const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Bytes of a file; null where there is none. Rejects with E_FILE_READ. */
export async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw readError(file, error);
  }
}

/** Removes a file; false where there was none. Rejects with E_FILE_WRITE. */
export async function removeFile(file: string): Promise<boolean> {
  try {
    await rm(file);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw writeError(file, error);
  }
}

/** SHA-256 of a file. Rejects with E_FILE_READ. */
export async function hashOf(file: string): Promise<Buffer> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash).catch((error: unknown) => Promise.reject(readError(file, error)));
  return hash.digest();
}
