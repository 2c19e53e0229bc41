import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from '../file-errors.ts';
import type { Exported } from './export.ts';

/**
 * Writes an export, and beside it what belongs to it; each appears under its name when it is whole. Resolves to the names, rejects
 * with E_FILE_WRITE.
 */
export async function saveExport(path: string, { bytes, sidecar }: Exported): Promise<readonly string[]> {
  await writeWhole(path, bytes);
  if (sidecar === null) return [path];
  const beside = `${path}${sidecar.extension}`;
  await writeWhole(beside, sidecar.bytes);
  return [path, beside];
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const handle = await open(partial, 'w');
    try {
      await handle.writeFile(bytes);
    } finally {
      await handle.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined); // a name may be too long even for that
    throw writeError(path, error);
  }
}
