import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PAGE = path.resolve(import.meta.dirname, '../../../docs/performance.md');
const HEAD = `# Performance

Written by \`npm run bench\`, the link's part by \`npm run bench -- link\`; do not edit by hand. Each part is one run on one machine (Node ${process.versions.node}): compare ratios,
not times.
`;

/** Parts of the page, by heading, in their order. */
export const HEADINGS = ['The live service', 'The path, without waiting', 'An hour of recording', 'A library of a thousand sessions', 'A link that fails'] as const;
export type Part = { readonly [H in (typeof HEADINGS)[number]]?: string };

const said: string[] = [];

/** Prints a line, and keeps it for the page. */
export function say(line: string): void {
  console.log(line);
  said.push(line);
}

/** What was said since the last time, as a list. */
export const takeSaid = (): string => said.splice(0).map((line) => `- ${line.replaceAll(/\s*\n\s*/g, ' ')}`).join('\n');

/** Writes what was measured now; the other parts stay as they were. */
export function writePage(measured: Part): void {
  const known = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const parts = HEADINGS.flatMap((heading) => {
    const body = measured[heading] ?? known.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0]?.trim();
    return body === undefined ? [] : [`\n## ${heading}\n\n${body}\n`];
  });
  writeFileSync(PAGE, HEAD + parts.join(''));
}
