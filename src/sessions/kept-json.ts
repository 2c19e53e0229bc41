import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { readError, writeError } from './file-errors.ts';

/** A small file of a data folder that is read once and then only written. */
export interface KeptJson<T> {
  /** What was there, or what stands for nothing. */
  readonly content: T;
  /** What was wrong with the file that was there, in a sentence; null: nothing. */
  readonly damage: string | null;
  /** One after the other. Resolves when it is on the disk; without a folder at once. Rejects with E_FILE_WRITE. */
  write(content: T): Promise<void>;
}

export interface KeptJsonOptions<T> {
  /** Null: what is written lasts as long as the program. */
  readonly folder: string | null;
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly empty: T;
  /** What follows where the file cannot be understood. */
  readonly consequence: string;
  readonly utcMs: number;
}

/** Opens such a file. One that cannot be understood is set aside under another name and told. Rejects with E_FILE_READ or E_FILE_WRITE. */
export async function openKeptJson<T>({ folder, name, schema, empty, consequence, utcMs }: KeptJsonOptions<T>): Promise<KeptJson<T>> {
  if (folder === null) return { content: empty, damage: null, write: () => Promise.resolve() };
  const file = path.join(folder, name);
  let written: Promise<unknown> = Promise.resolve();
  const write = (content: T): Promise<void> => {
    const text = `${JSON.stringify(content, null, 2)}\n`;
    const turn = written.then(() => writeWhole(file, text));
    written = turn.catch(() => undefined);
    return turn;
  };
  const text = await readIfThere(file);
  if (text === null) return { content: empty, damage: null, write };
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return { content: parsed.data, damage: null, write };
  const aside = await setAside(file, utcMs);
  return { content: empty, damage: `${file} cannot be understood and is now ${aside}; ${consequence}`, write };
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw readError(file, error);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function setAside(file: string, utcMs: number): Promise<string> {
  const aside = file.replace(/\.json$/, `.broken-${new Date(utcMs).toISOString().slice(0, 19).replaceAll(':', '-')}.json`);
  await rename(file, aside).catch((error: unknown) => Promise.reject(writeError(aside, error)));
  return aside;
}

/** The old file or the new one, never half of one: a new file takes the place of the old when it is whole. */
async function writeWhole(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    throw writeError(file, error);
  }
}
