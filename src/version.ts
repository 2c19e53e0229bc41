import { existsSync, readFileSync } from 'node:fs';

/** package.json stands above both src/ and dist/src/. */
const PACKAGE = ['../package.json', '../../package.json'].map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));

export const VERSION: string =
  PACKAGE === undefined ? 'unknown' : (JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version;

/** Name and version, as recordings and the wire tell them. */
export const SOFTWARE = `smart-roller-companion ${VERSION}`;
