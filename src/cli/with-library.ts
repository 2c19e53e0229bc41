import { existsSync } from 'node:fs';
import { loadConfig } from '../config.ts';
import { dataFolder, here } from '../data-folder.ts';
import { openLibrary, type Library } from '../sessions/library/library.ts';
import type { Invocation } from './command.ts';
import type { Io } from './io.ts';
import { counted } from './session-text.ts';

/** Where the library is, for a command. */
export function folderOf(invocation: Invocation, io: Io): string {
  const config = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  return dataFolder(config, { ...here(), env: io.env });
}

/**
 * Opens the library that is meant, has something done with it and closes it. What was damaged is told; recordings that the library
 * does not know come in. Where there is no data folder there is an empty library, which only `create` puts on the disk.
 */
export async function withLibrary<T>(
  invocation: Invocation,
  io: Io,
  work: (library: Library, folder: string) => T | Promise<T>,
  { create = false } = {},
): Promise<T> {
  const { coaching } = loadConfig({ flags: invocation.settings, env: io.env, file: invocation.configFile });
  const folder = folderOf(invocation, io);
  const library = await openLibrary(create || existsSync(folder) ? folder : null, { clock: io.clock, coaching });
  try {
    if (library.damage !== null) io.err(`smart-roller: warning: ${library.damage}`);
    const { kept, skipped } = await library.catchUp();
    if (kept > 0) io.err(`smart-roller: note: ${counted(kept, 'recording')} came into the library`);
    if (library.isNew) for (const { why } of skipped) io.err(`smart-roller: warning: ${why}`);
    return await work(library, folder);
  } finally {
    library.close();
  }
}
