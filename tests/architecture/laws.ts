import type { ImportEdge, SourceFile } from './imports.ts';

/** What a room may import: prefixes of files, or names of packages. `types` holds what may be imported as types only. */
interface Room {
  readonly room: string;
  readonly files: readonly string[];
  readonly types?: readonly string[];
  /** Packages allowed; absent: any that no other law forbids. */
  readonly packages?: readonly string[];
  /** Words that may not stand in its code, outside comments. */
  readonly forbidden?: RegExp;
}

const NO_CLOCK_NO_CHANCE = /\bDate\b|\bMath\.random\b|\bperformance\b|\bsetTimeout\b|\bsetInterval\b|\bprocess\b/;

/** What the API and the library both go by: schemas and tables, pure. */
const KEPT_SCHEMAS = [
  'src/sessions/library/records.ts', 'src/sessions/export/formats.ts', 'src/sessions/export/json.ts', 'src/sessions/summary/summary.ts',
  'src/sessions/summary/trends.ts',
];

/** Who may import whom. The first room whose prefix a file has is its room. */
const ROOMS: readonly Room[] = [
  { room: 'firmware-protocol/generate/', files: ['firmware-protocol/'], packages: ['node:fs', 'node:path', 'node:url', 'node:process'] },
  { room: 'firmware-protocol/', files: ['firmware-protocol/'], packages: [], forbidden: NO_CLOCK_NO_CHANCE },
  { room: 'src/motion/', files: ['src/motion/', 'src/guide/'], types: ['firmware-protocol/'], packages: ['rxjs'], forbidden: NO_CLOCK_NO_CHANCE },
  { room: 'src/coaching/', files: ['src/coaching/', 'src/guide/'], types: ['firmware-protocol/', 'src/motion/'], packages: ['rxjs'], forbidden: NO_CLOCK_NO_CHANCE },
  { room: 'src/guide/', files: ['src/guide/'], packages: ['zod'], forbidden: NO_CLOCK_NO_CHANCE },
  { room: 'src/dashboard/', files: ['src/dashboard/', 'src/guide/'], types: ['src/server/wire.ts', 'src/server/api/schemas.ts'], packages: ['preact', '@preact/signals', '@fontsource-variable/inter'] },
  { room: 'simulators/', files: ['simulators/', 'firmware-protocol/', 'src/guide/', 'src/link/port.ts', 'src/clock.ts'] },
  { room: 'src/link/', files: ['src/link/', 'firmware-protocol/', 'src/clock.ts', 'src/errors.ts'], types: ['src/motion/'] },
  {
    room: 'src/peripheral/',
    files: ['src/peripheral/', 'firmware-protocol/', 'src/link/ble/deadline.ts', 'src/link/ble/missing.ts', 'src/errors.ts'],
    types: ['simulators/roller/port.ts', 'src/link/port.ts', 'src/link/ble/noble-port.ts', 'src/clock.ts'],
  },
  { room: 'src/conformance/', files: ['src/conformance/', 'firmware-protocol/'], packages: [], forbidden: NO_CLOCK_NO_CHANCE },
  {
    room: 'src/server/',
    files: ['src/server/', 'src/guide/', 'src/link/port.ts', 'src/coaching/', 'src/errors.ts', 'src/clock.ts', 'src/ids.ts', ...KEPT_SCHEMAS],
    types: ['src/'],
  },
  {
    room: 'src/sessions/',
    files: ['src/sessions/', 'firmware-protocol/', 'src/guide/', 'src/link/port.ts', 'src/errors.ts', 'src/clock.ts', 'src/ids.ts', 'src/pipeline.ts', 'src/coaching/parameters.ts'],
    types: ['src/', 'simulators/'],
  },
];

/** Files that alone may name a package, or be imported. */
const ONLY = [
  { what: /^@(abandonware|stoprocent)\/(?!bleno$)/, by: /^src\/link\/ble\// },
  { what: /^@abandonware\/bleno$/, by: /^src\/peripheral\// },
  { what: /^src\/app\.ts$/, by: /^src\/cli\// },
  { what: /^src\/app\//, by: /^src\/app[/.]/ },
  { what: /^src\/cli\//, by: /^src\/cli\// },
] as const;

const startsWithAny = (text: string, prefixes: readonly string[]): boolean => prefixes.some((prefix) => text.startsWith(prefix));

/** Every break of a law, one line each. Tests and config files are under no law but those of `ONLY`. */
export function breaksOf(files: readonly SourceFile[], edges: readonly ImportEdge[]): string[] {
  const roomOf = (file: string): Room | undefined => ROOMS.find(({ room }) => file.startsWith(room));
  const breaks: string[] = [];
  for (const { from, to, isPackage, typesOnly } of edges) {
    if (from.startsWith('tests/')) continue;
    const room = roomOf(from);
    const allowed = isPackage
      ? (room?.packages === undefined || room.packages.includes(to))
      : room === undefined || startsWithAny(to, room.files) || (typesOnly && startsWithAny(to, room.types ?? []));
    if (!allowed) breaks.push(`${from} imports ${to}${typesOnly ? ' (types)' : ''}`);
    for (const { what, by } of ONLY) if (what.test(to) && !by.test(from)) breaks.push(`${from} imports ${to}, which is for ${by.source} alone`);
  }
  for (const { file, text } of files) {
    const word = roomOf(file)?.forbidden?.exec(withoutComments(text));
    if (word) breaks.push(`${file} uses ${word[0]}`);
  }
  return breaks;
}

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
