import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { commandMessage, JSON_CHANNELS, TOPICS } from '../../src/sessions/channels.ts';
import { flatJsonSchema } from '../../src/sessions/json-schema.ts';
import { decodeMeta, encodeMeta } from '../../src/sessions/meta.ts';
import type { RecordingMeta } from '../../src/sessions/recording.ts';
import { ROOT } from '../support/paths.ts';
import { META } from './samples.ts';

const page = readFileSync(path.join(ROOT, 'docs/recording-format.md'), 'utf8');

const FULL: Required<RecordingMeta> = {
  ...META,
  coaching: { ...defaultCoachingConfig, areaWarnS: 25 },
  overrides: { group: 'lats', side: 'left', massKg: 70 },
  start: 'first-contact',
  hubId: 'h',
  personId: 'p',
  rollerId: 'r',
  screening: { pregnant: false, age: 40 },
  painBefore: 2,
  painAfter: 0,
  roller: { id: '0011', name: 'Roller' },
  recovered: 'the program ended',
  importedFrom: 'log.csv',
};

describe('the page on the format', () => {
  it.each(TOPICS)('names %s', (topic) => expect(page).toContain(`\`${topic}\``));

  it.each(Object.entries(JSON_CHANNELS))('names every field of %s', (_topic, schema) => {
    const { properties } = flatJsonSchema(schema) as { properties: object };
    for (const field of Object.keys(properties)) expect(page).toContain(`"${field}"`);
  });

  it('names every command', () => {
    for (const { shape } of commandMessage.options) expect(page).toContain(`"${shape.type.value}"`);
  });

  it('names every key of the metadata', () => {
    for (const key of encodeMeta(FULL).keys()) expect(page).toContain(`\`${key}\``);
  });
});

describe('metadata', () => {
  it('comes back as it was', () => expect(decodeMeta(encodeMeta(FULL), 0, 'x')).toEqual(FULL));

  it('that cannot be understood is left out where nothing depends on it', () => {
    const odd = new Map([...encodeMeta(META), ['coaching', '{'], ['overrides', '[]'], ['painAfter', 'much'], ['start', 'never'], ['roller', '{}']]);
    expect(decodeMeta(odd, 0, 'x')).toEqual(META);
  });
});
