import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { readError } from './file-errors.ts';

/**
 * The names of the files in a folder, links to files among them; none where there is no folder. Whatever else may have the name of a
 * recording is no file: to open a pipe would wait for ever. Rejects with E_FILE_READ.
 */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw readError(folder, error);
  });
  const names: string[] = [];
  for (const entry of entries) {
    if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path.join(folder, entry.name))))) names.push(entry.name);
  }
  return names;
}

const isFile = (file: string): Promise<boolean> =>
  stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
