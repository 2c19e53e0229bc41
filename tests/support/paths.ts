import { existsSync } from 'node:fs';
import path from 'node:path';

/** The repository's root, from the sources as well as from dist. */
export const ROOT = findRoot(import.meta.dirname);
export const DASHBOARD = path.join(ROOT, 'dist/dashboard');

function findRoot(folder: string): string {
  return existsSync(path.join(folder, 'package-lock.json')) ? folder : findRoot(path.dirname(folder));
}
