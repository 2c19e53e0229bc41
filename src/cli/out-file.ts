import { lstat, realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '../errors.ts';

const real = (path: string): Promise<string> => realpath(path).catch(() => resolve(path));

/**
 * The file that `--out` leads to: of a link the one that it names. Rejects with E_USAGE where that is what the command reads (`source`, and
 * in words `what`), and with E_FILE_WRITE where something stands there that is no file: what is written takes the place of what was, and a
 * device or a pipe would be gone.
 */
export async function outFile(out: string, reads?: { readonly source: string; readonly what: string }): Promise<string> {
  const path = await real(out);
  if (reads !== undefined && path === (await real(reads.source))) {
    throw new AppError('E_USAGE', `--out is ${reads.what} itself`, 'give another name');
  }
  const found = await stat(path).catch(() => null);
  if (found !== null && !found.isFile() && !found.isDirectory()) {
    throw new AppError('E_FILE_WRITE', `cannot write ${out}: a device or a pipe would be replaced`, 'give the name of a file');
  }
  const isLink = await lstat(out).then((entry) => entry.isSymbolicLink(), () => false);
  return isLink ? path : out;
}
