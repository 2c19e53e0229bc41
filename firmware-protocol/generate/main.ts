import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './outputs.ts';

/** `npm run generate`, from the root of the repository: writes everything that comes from the tables. */
const FOLDER = 'firmware-protocol';

mkdirSync(`${FOLDER}/vectors`, { recursive: true });
for (const [path, text] of Object.entries(generatedFiles(readFileSync(`${FOLDER}/SPEC.md`, 'utf8')))) {
  writeFileSync(`${FOLDER}/${path}`, text);
}
