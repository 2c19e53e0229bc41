import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { WIRE_CODES } from '../../src/server/codes.ts';
import { SESSION_STATES } from '../../src/coaching/events.ts';
import { clientMessage, serverMessage } from '../../src/server/wire.ts';
import { LINK_STATES } from '../../src/link/port.ts';
import { MUSCLE_GROUPS, SIDES } from '../../src/guide/groups.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/websocket.md'), 'utf8');
const examples = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json!) as unknown);
const said = [...page.matchAll(/^\| `(\{.*?\})` \|/gm)].map(([, json]) => JSON.parse(json!) as unknown);
const typesOf = (schema: { options: readonly { shape: { type: { value: string } } }[] }): string[] =>
  schema.options.map(({ shape }) => shape.type.value);

describe('docs/websocket.md', () => {
  it('has an example of every message of the service, each of them valid, with no key unknown or left out', () => {
    for (const example of examples) expect(serverMessage.parse(example)).toEqual(example);
    expect(examples.map((example) => (example as { type: string }).type).toSorted()).toEqual(typesOf(serverMessage).toSorted());
  });

  it('has an example of every message of a client', () => {
    for (const example of said) expect(clientMessage.parse(example)).toEqual(example);
    expect(said.map((example) => (example as { type: string }).type).toSorted()).toEqual(typesOf(clientMessage).toSorted());
  });

  it('lists every code with its status', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d*) ?\|/gm)].map(([, code, status]) => [code, status === '' ? null : Number(status)]);
    const codes = Object.entries(WIRE_CODES).map(([code, entry]) => [code, 'httpStatus' in entry ? entry.httpStatus : null]);
    expect(rows).toEqual(codes);
  });

  it.each([...SESSION_STATES, ...LINK_STATES, ...MUSCLE_GROUPS, ...SIDES])('names %s', (word) => expect(page).toContain(`\`${word}\``));
});
