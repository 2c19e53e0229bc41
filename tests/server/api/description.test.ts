import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { API_CODES } from '../../../src/server/api/errors.ts';
import { aSession, openDesk } from './desk.ts';

const doc = (name: string): string => readFileSync(path.resolve(import.meta.dirname, '../../../docs', name), 'utf8');

interface Operation {
  readonly summary?: string;
  readonly responses: Record<string, { readonly content?: Record<string, { readonly schema: object }> }>;
}
const described = async (): Promise<{ openapi: string; paths: Record<string, Record<string, Operation>> }> =>
  (await (await openDesk()).server.inject('/api/openapi.json')).json();

/** Every `$ref` in a document. */
const refsIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => (key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner)));

describe('/api/openapi.json', () => {
  it('describes every route, what it gives and how it fails', async () => {
    const { openapi, paths } = await described();
    expect(openapi).toBe('3.1.0');
    expect(Object.keys(paths).length).toBeGreaterThanOrEqual(14);
    for (const [where, methods] of Object.entries(paths)) {
      for (const [method, { summary, responses }] of Object.entries(methods)) {
        expect([method, where, summary]).toEqual([method, where, expect.any(String)]);
        expect([method, where, Object.keys(responses)]).toEqual([method, where, expect.arrayContaining(['4XX', '5XX'])]);
        expect(Object.keys(responses).some((status) => /^20\d$/.test(status))).toBe(true);
      }
    }
    expect(refsIn(paths)).toEqual([]);
  });

  it('describes what is given: a real answer fits the schema that is told of it', async () => {
    const desk = await openDesk();
    desk.library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
    const { paths } = await described();
    for (const where of ['/api/v1/people', '/api/v1/library', '/api/v1/settings', '/api/v1/sessions']) {
      const schema = paths[where]!['get']!.responses['200']!.content!['application/json']!.schema;
      const given: unknown = (await desk.server.inject(where)).json();
      expect(z.fromJSONSchema(schema as never).parse(given)).toEqual(given);
      expect(z.fromJSONSchema(schema as never).safeParse({}).success).toBe(false);
    }
  });

  it('describes the document that a session is made into', async () => {
    const desk = await openDesk();
    const { paths } = await described();
    const schema = paths['/api/v1/sessions/{sessionId}/export']!['get']!.responses['200']!.content!['application/json']!.schema;
    const given: unknown = (await desk.server.inject(`/api/v1/sessions/${await aSession(desk)}/export?format=json`)).json();
    expect(z.fromJSONSchema(schema as never).parse(given)).toEqual(given);
    expect(z.fromJSONSchema(schema as never).safeParse({}).success).toBe(false);
  });

  it('and docs/api.md names each of them, and each code', async () => {
    const page = doc('api.md');
    const { paths } = await described();
    const told = [...page.matchAll(/^\| `(GET|POST|PATCH|DELETE) (\S+?)(?:\?\S*)?` \|/gm)].map(([, method, where]) => `${method} ${where}`);
    const there = Object.entries(paths).flatMap(([where, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${where.replace('/api/v1', '')}`));
    expect(told.toSorted()).toEqual(there.toSorted());
    for (const [code, { httpStatus }] of Object.entries(API_CODES)) expect(page).toContain(`| \`${code}\` | ${httpStatus} |`);
  });
});

describe('/api/ws-schema.json', () => {
  it('fits every example of docs/websocket.md, and no other message', async () => {
    const { server } = await openDesk();
    const { $defs } = (await server.inject('/api/ws-schema.json')).json<{ $defs: Record<'serverMessage' | 'clientMessage', object> }>();
    const page = doc('websocket.md');
    const sent = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json!) as object);
    const said = [...page.matchAll(/^\| `(\{.*?\})` \|/gm)].map(([, json]) => JSON.parse(json!) as object);
    expect([sent.length > 5, said.length > 10]).toEqual([true, true]);
    const [server_, client] = [z.fromJSONSchema($defs.serverMessage as never), z.fromJSONSchema($defs.clientMessage as never)];
    for (const message of sent) expect(server_.safeParse(message).error).toBeUndefined();
    for (const message of said) expect(client.safeParse(message).error).toBeUndefined();
    for (const message of [...said, {}, { type: 'cue' }]) expect(server_.safeParse(message).success).toBe(false);
    for (const message of [{ type: 'shutdown' }, { type: 'pain', nrs: 11 }, { type: 'start', now: true }]) expect(client.safeParse(message).success).toBe(false);
  });
});
