import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exportRecording } from '../../../src/sessions/export/export.ts';
import { EXPORT_FORMAT_NAMES } from '../../../src/sessions/export/formats.ts';
import { sessionDocument } from '../../../src/sessions/export/json.ts';
import { sessionSummary } from '../../../src/sessions/summary/summary.ts';
import { trends } from '../../../src/sessions/summary/trends.ts';
import { simulated } from '../simulated.ts';
import { options } from './exports.ts';

const exported = readFileSync('docs/export.md', 'utf8');
const summaries = readFileSync('docs/summaries.md', 'utf8');
const named = (names: readonly string[], page: string): string[] => names.filter((name) => !page.includes(`\`${name}\``));

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** Every key of a JSON Schema, down to `depth` objects. */
function keysOf({ properties = {}, items, anyOf = [] }: Schema, depth: number): string[] {
  if (depth === 0) return [];
  const inner = Object.entries(properties).flatMap(([key, schema]) => [key, ...keysOf(schema, depth - 1)]);
  return [...inner, ...(items === undefined ? [] : keysOf(items, depth)), ...anyOf.flatMap((schema) => keysOf(schema, depth))];
}

describe('the pages', () => {
  it('on exports name every format, column and developer field', () => {
    for (const format of EXPORT_FORMAT_NAMES) expect(exported).toContain(`--format ${format} `);
    const [header = ''] = Buffer.from(exportRecording(simulated('s01', 1), options('csv')).bytes).toString('utf8').split('\r\n');
    expect(named(header.split(','), exported)).toEqual([]);
    const source = readFileSync('src/sessions/export/fit/developer-fields.ts', 'utf8');
    const fields = [...source.matchAll(/^ {2}(\w+): \{ type:/gm)].map(([, name]) => name!);
    expect(fields.length).toBeGreaterThan(8);
    expect(named(fields, exported)).toEqual([]);
    expect(named(keysOf(z.toJSONSchema(sessionDocument) as Schema, 1), exported)).toEqual([]);
  });

  it('on summaries name every key', () => {
    const { properties = {} } = z.toJSONSchema(sessionSummary) as Schema;
    const { groups, ...others } = properties;
    expect(named(keysOf({ properties: others }, 2), summaries)).toEqual([]);
    expect(named(keysOf(groups!, 1), summaries)).toEqual([]);
    const { properties: { groups: weekly } = {} } = z.toJSONSchema(trends) as Schema;
    expect(named(keysOf(weekly!.items!.properties!['weeks']!, 1), summaries)).toEqual([]);
  });
});
