import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aSession, openDesk, type Desk } from './desk.ts';

const TOKEN = 'a-token-of-24-characters';
const JSON_TYPE = { 'content-type': 'application/json' };

/** Every route there is, as the description tells them. */
async function routesOf({ server }: Desk, headers = {}): Promise<{ readonly method: Method; readonly path: string }[]> {
  const { paths } = (await server.inject({ url: '/api/openapi.json', headers })).json<{ paths: Record<string, Record<string, unknown>> }>();
  return Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => ({ method: method.toUpperCase() as Method, path })));
}
type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

describe('a page of another site', () => {
  it.each([
    { origin: 'http://evil.example' }, { origin: 'null' }, { origin: 'http://127.0.0.1:1' },
    { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { host: 'evil.example' },
  ])('can neither read nor change anything: %j', async (headers) => {
    const desk = await openDesk();
    const id = await aSession(desk, 1, 3);
    for (const { method, path } of await routesOf(desk)) {
      const body = method === 'GET' ? {} : { payload: '{}' };
      const url = path.replace(/\{\w+\}/g, id);
      const response = await desk.server.inject({ method, url, headers: { ...headers, ...JSON_TYPE }, ...body });
      expect([method, path, response.statusCode, Object.keys(response.json())]).toEqual([method, path, 403, ['code', 'message', 'hint']]);
    }
    expect(desk.library.hasSession(id)).toBe(true);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', undefined])(
    'that could send a form without saying where from is not understood: %s',
    async (type) => {
      const desk = await openDesk();
      const headers = type === undefined ? {} : { 'content-type': type };
      const response = await desk.server.inject({ method: 'POST', url: '/api/v1/people', headers, payload: Buffer.from('{"name":"Eve"}') });
      expect(response.statusCode).toBe(415);
      expect(desk.library.listPeople()).toEqual([]);
    },
  );

  it('cannot change by an address that was typed or kept', async () => {
    const desk = await openDesk();
    const headers = { 'sec-fetch-site': 'none' };
    expect((await desk.server.inject({ url: '/api/v1/people', headers })).statusCode).toBe(200);
    expect((await desk.server.inject({ method: 'POST', url: '/api/v1/people', headers, payload: { name: 'Eve' } })).statusCode).toBe(403);
  });
});

it('nothing comes in from the network without the token', async () => {
  const desk = await openDesk({ policy: { host: '0.0.0.0', token: TOKEN } });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const descriptions = ['/api/openapi.json', '/api/ws-schema.json'].map((path) => ({ method: 'GET', path }) as const);
  for (const { method, path } of [...(await routesOf(desk, headers)), ...descriptions]) {
    const response = await desk.server.inject({ method, url: path.replace(/\{\w+\}/g, 'x') });
    expect([path, response.statusCode]).toEqual([path, 401]);
  }
  expect((await desk.server.inject({ url: '/api/v1/people', headers })).statusCode).toBe(200);
  expect((await desk.server.inject({ url: `/api/v1/people?token=${TOKEN}` })).statusCode).toBe(200);
});

describe('whatever is asked', () => {
  const id = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom('%', '%zz', 'a'.repeat(300), '..', '../../etc/passwd', '%2e%2e%2f', '..%2f..%2flibrary.db', '%00', "' OR 1=1 --", '__proto__', 'constructor', '-1', '1e999'),
    fc.uuid(),
  );
  const value = fc.oneof(fc.jsonValue(), fc.record({ name: fc.jsonValue(), massKg: fc.jsonValue(), note: fc.string(), starred: fc.jsonValue() }, { requiredKeys: [] }));

  it('is answered, never with a fault of the service, and nothing leaves the folder', async () => {
    const desk = await openDesk();
    await aSession(desk, 1, 3);
    const before = await readdir(desk.folder);
    const routes = await routesOf(desk);
    const query = fc.dictionary(fc.constantFrom('limit', 'cursor', 'from', 'to', 'personId', 'format', 'raw', 'maxPoints', 'x'), fc.string({ maxLength: 30 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), id, query, value, fc.boolean(), async ({ method, path }, given, asked, body, encoded) => {
        const url = `${path.replace(/\{\w+\}/g, encoded ? encodeURIComponent(given) : given)}?${new URLSearchParams(asked).toString()}`;
        const payload = method === 'GET' || method === 'DELETE' ? {} : { headers: JSON_TYPE, payload: JSON.stringify(body) };
        const response = await desk.server.inject({ method, url, ...payload });
        if (response.statusCode >= 500) throw new Error(`${method} ${url} ${JSON.stringify(body)}: ${response.body} ${desk.logged.join('\n')}`);
        expect(response.body).not.toContain('root:');
        if (response.statusCode >= 400 && response.body !== '') expect(Object.keys(response.json())).toEqual(expect.arrayContaining(['code', 'message', 'hint']));
      }),
      { numRuns: 600 },
    );
    expect((await readdir(desk.folder)).toSorted()).toEqual(before.toSorted());
    expect(desk.logged).toEqual([]);
  });

  it('and whatever bytes are sent', async () => {
    const desk = await openDesk();
    const types = fc.constantFrom('application/json', 'application/octet-stream', 'application/json; charset=utf-16', 'x/y', '');
    const bodies = fc.oneof(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)), fc.string().map((text) => Buffer.from(text)));
    const routes = (await routesOf(desk)).filter(({ method }) => method === 'POST' || method === 'PATCH');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), types, bodies, async ({ method, path }, type, payload) => {
        const response = await desk.server.inject({ method, url: path.replace(/\{\w+\}/g, crypto.randomUUID()), headers: { 'content-type': type }, payload });
        if (response.statusCode >= 500) throw new Error(`${method} ${path} ${type}: ${response.body} ${desk.logged.join('\n')}`);
      }),
      { numRuns: 300 },
    );
    expect((await readdir(desk.folder)).filter((name) => !name.startsWith('library.db'))).toEqual([]);
  });
});

it('a person with a name of any letters is given back as they are called', async () => {
  const { server, library } = await openDesk();
  const isName = (text: string): boolean => /^[^\p{Cc}\p{Cs}]*$/u.test(text) && text.trim() !== '' && text.length <= 100;
  const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter(isName);
  await fc.assert(
    fc.asyncProperty(letters, async (name) => {
      const response = await server.inject({ method: 'POST', url: '/api/v1/people', payload: { name } });
      const { id } = response.json<{ id: string }>();
      expect(library.getPerson(id).name).toBe(name.trim());
    }),
    { numRuns: 100 },
  );
});
