import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { FORCE_SCALE } from '../../../src/motion/calibration-values.ts';
import type { Trends } from '../../../src/sessions/summary/trends.ts';
import { pidOfPartial } from '../../../src/sessions/writer.ts';
import { idNumber, NOW, recordInto } from '../../sessions/library/shelf.ts';
import { inScratch } from '../../sessions/scratch.ts';
import { aSession, openDesk } from './desk.ts';

const NOBODY = '0198c0de-0000-7000-8000-00000000dead';
const anError = (code: string) => ({ code, message: expect.any(String) as string, hint: expect.any(String) as string });

describe('people', () => {
  it('are added, told, changed and removed', async () => {
    const { server } = await openDesk();
    const added = await server.inject({ method: 'POST', url: '/api/v1/people', payload: { name: ' Ada ', massKg: 61.5 } });
    expect([added.statusCode, added.headers['cache-control']]).toEqual([201, 'no-store']);
    const ada = added.json<{ id: string }>();
    expect(ada).toEqual({ id: expect.any(String), name: 'Ada', massKg: 61.5, experience: 'new', createdUtcMs: expect.any(Number) });
    expect((await server.inject('/api/v1/people')).json()).toEqual({ people: [ada] });
    const url = `/api/v1/people/${ada.id}`;
    expect((await server.inject({ method: 'PATCH', url, payload: { experience: 'some', massKg: null } })).json()).toEqual({ ...ada, experience: 'some', massKg: null });
    expect((await server.inject({ method: 'DELETE', url })).statusCode).toBe(204);
    expect((await server.inject({ method: 'DELETE', url })).statusCode).toBe(404);
    expect((await server.inject(url)).json()).toEqual(anError('E_NOT_FOUND'));
  });

  it.each([
    [{}, 'body/name'], [{ name: '' }, 'body/name'], [{ name: 'a\nb' }, 'body/name'], [{ name: 'x'.repeat(101) }, 'body/name'],
    [{ name: 'Ada', massKg: 5 }, 'body/massKg'], [{ name: 'Ada', admin: true }, 'admin'], [[], 'body'], ['Ada', 'body'],
  ])('are not added from %j', async (payload, where) => {
    const { server } = await openDesk();
    const headers = { 'content-type': 'application/json' };
    const response = await server.inject({ method: 'POST', url: '/api/v1/people', headers, payload: JSON.stringify(payload) });
    expect([response.statusCode, response.json()]).toEqual([400, anError('bad-request')]);
    expect(response.json<{ message: string }>().message).toContain(where);
  });
});

describe('rollers', () => {
  it('are told, named and calibrated', async () => {
    const { server, library } = await openDesk();
    library.meetRoller({ id: '29df6c891753a5bb', name: 'Smart Roller A5BB', tool: 'roller' }, 1000);
    const [roller] = (await server.inject('/api/v1/rollers')).json<{ rollers: object[] }>().rollers;
    expect(roller).toMatchObject({ id: '29df6c891753a5bb', radiusCm: null });
    const url = '/api/v1/rollers/29df6c891753a5bb';
    const patched = await server.inject({ method: 'PATCH', url, payload: { name: 'Blue', radiusCm: 7.1 } });
    expect(patched.json()).toMatchObject({ name: 'Blue', radiusCm: 7.1, radiusUtcMs: expect.any(Number) });
    const [least, most] = FORCE_SCALE;
    const never = [{ radiusCm: -1 }, { radiusCm: 0.3 }, { radiusCm: 75 }, { forceScale: least - 0.01 }, { forceScale: most + 0.01 }];
    for (const payload of never) expect((await server.inject({ method: 'PATCH', url, payload })).statusCode).toBe(400);
    for (const forceScale of FORCE_SCALE) expect((await server.inject({ method: 'PATCH', url, payload: { forceScale } })).json()).toMatchObject({ forceScale });
    expect((await server.inject('/api/v1/rollers/none')).json()).toEqual(anError('E_NOT_FOUND'));
  });
});

describe('sessions', () => {
  it('are listed page by page', async () => {
    const desk = await openDesk();
    for (const n of [1, 2, 3]) await aSession(desk, n, 3);
    const first = (await desk.server.inject('/api/v1/sessions?limit=2')).json<{ sessions: { id: string }[]; next: string }>();
    expect(first.sessions.map(({ id }) => id)).toEqual([3, 2].map(idNumber));
    const second = (await desk.server.inject(`/api/v1/sessions?limit=2&cursor=${first.next}`)).json<typeof first>();
    expect([second.sessions.map(({ id }) => id), second.next]).toEqual([[idNumber(1)], null]);
    const some = await desk.server.inject('/api/v1/sessions?from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z');
    expect(some.json<typeof first>().sessions.map(({ id }) => id)).toEqual([idNumber(2)]);
    for (const query of ['limit=0', 'limit=x', 'limit=9999', 'cursor=nonsense', 'from=yesterday', 'personId=me']) {
      expect([query, (await desk.server.inject(`/api/v1/sessions?${query}`)).statusCode]).toEqual([query, 400]);
    }
  });

  it('are told whole, with what the person was told', async () => {
    const desk = await openDesk();
    const id = await aSession(desk);
    const session = (await desk.server.inject(`/api/v1/sessions/${id}`)).json();
    expect(session).toEqual(JSON.parse(JSON.stringify(desk.library.getSession(id))));
    const { cues } = (await desk.server.inject(`/api/v1/sessions/${id}/cues`)).json<{ cues: object[] }>();
    expect(cues).toEqual(desk.library.cuesOf(id));
    expect(cues[0]).toMatchObject({ kind: 'too-fast' });
  });

  it('are starred, named, noted and given to a person', async () => {
    const desk = await openDesk();
    const url = `/api/v1/sessions/${await aSession(desk)}`;
    const { id: personId } = desk.library.addPerson({ name: 'Ada', massKg: null, experience: 'new' });
    const payload = { starred: true, name: 'Legs', note: 'é'.repeat(4000), personId };
    expect((await desk.server.inject({ method: 'PATCH', url, payload })).json()).toMatchObject(payload);
    expect((await desk.server.inject({ method: 'PATCH', url, payload: { personId: null } })).json()).toMatchObject({ ...payload, personId: null });
    expect((await desk.server.inject({ method: 'PATCH', url, payload: { personId: NOBODY } })).statusCode).toBe(404);
    expect((await desk.server.inject({ method: 'PATCH', url, payload: { id: NOBODY } })).statusCode).toBe(400);
    expect((await desk.server.inject({ method: 'PATCH', url, payload: { note: 'x'.repeat(40_000) } })).json()).toEqual(anError('too-large'));
  });

  it('are removed with their recording', async () => {
    const desk = await openDesk();
    const [url, gone] = [`/api/v1/sessions/${await aSession(desk, 1)}`, `/api/v1/sessions/${await aSession(desk, 2)}`];
    await rm(join(desk.folder, '2.mcap'));
    expect((await desk.server.inject({ method: 'DELETE', url })).json()).toMatchObject({ file: '1.mcap', recording: 'removed' });
    expect((await desk.server.inject({ method: 'DELETE', url: gone })).json()).toMatchObject({ file: '2.mcap', recording: 'missing', bytes: 0 });
    expect((await readdir(desk.folder)).filter((name) => name.endsWith('.mcap'))).toEqual([]);
    expect((await desk.server.inject({ method: 'DELETE', url })).json()).toEqual(anError('E_NOT_FOUND'));
  });

  it('are plotted, thinned as far as is asked for', async () => {
    const desk = await openDesk();
    const url = `/api/v1/sessions/${await aSession(desk)}/series`;
    const fine = (await desk.server.inject(url)).json<Record<'tS' | 'speedCmS' | 'forceN', number[]> & { stepS: number; stretches: unknown }>();
    expect([fine.stepS, fine.tS.length]).toEqual([0.1, 120]);
    expect(fine.stretches).toEqual([{ group: 'quadriceps', side: 'left', startS: 0, endS: 12 }]);
    const coarse = (await desk.server.inject(`${url}?maxPoints=25`)).json<typeof fine>();
    expect([coarse.stepS, coarse.tS.length]).toEqual([0.5, 24]);
    expect(Math.max(...coarse.speedCmS)).toBe(Math.max(...fine.speedCmS));
    expect(Math.min(...coarse.speedCmS)).toBe(Math.min(...fine.speedCmS));
    expect(Math.max(...coarse.forceN)).toBe(Math.max(...fine.forceN));
    expect((await desk.server.inject(`${url}?maxPoints=1`)).statusCode).toBe(400);
  });
});

describe('recordings', () => {
  it('are taken out as they are', async () => {
    const desk = await openDesk();
    const id = await aSession(desk);
    const response = await desk.server.inject(`/api/v1/sessions/${id}/recording`);
    expect(response.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="1.mcap"' });
    expect(response.rawPayload.equals(await readFile(join(desk.folder, '1.mcap')))).toBe(true);
    await rm(join(desk.folder, '1.mcap'));
    for (const what of ['recording', 'series', 'export?format=json']) {
      expect((await desk.server.inject(`/api/v1/sessions/${id}/${what}`)).json()).toEqual(anError('E_NOT_FOUND'));
    }
  });

  it('are made into other files', async () => {
    const desk = await openDesk();
    const url = `/api/v1/sessions/${await aSession(desk)}/export`;
    const csv = await desk.server.inject(`${url}?format=csv&raw=true`);
    expect([csv.statusCode, csv.headers['content-disposition']]).toEqual([200, 'attachment; filename="1.csv"']);
    expect(csv.body.split('\n')[0]).toMatch(/^t_s,gyro_x_dps/);
    expect((await desk.server.inject(`${url}?format=json`)).json()).toMatchObject({ format: 'smart-roller-session' });
    const report = await desk.server.inject(`${url}?format=report`);
    expect(report.headers['content-type']).toMatch(/^text\/html/);
    expect(report.headers['content-security-policy']).toMatch(/default-src 'none'.*sandbox$/);
    expect((await desk.server.inject(`${url}?format=fit`)).rawPayload.subarray(8, 12).toString()).toBe('.FIT');
    expect((await desk.server.inject(`${url}?format=exe`)).json()).toEqual(anError('bad-request'));
    expect((await desk.server.inject(url)).json()).toEqual(anError('bad-request'));
  });

  const upload = { method: 'POST', url: '/api/v1/sessions/import', headers: { 'content-type': 'application/octet-stream' } } as const;

  it('made elsewhere are taken in once', () =>
    inScratch(async (scratch) => {
      const { server, library, folder } = await openDesk();
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(5) });
      const first = await server.inject({ ...upload, payload: createReadStream(file) });
      expect([first.statusCode, first.json()]).toEqual([201, { session: expect.objectContaining({ id: idNumber(5) }) as object, isNew: true }]);
      const again = await server.inject({ ...upload, payload: await readFile(file) });
      expect([again.statusCode, again.json<{ isNew: boolean }>().isNew]).toEqual([200, false]);
      expect(await readFile(join(folder, library.getSession(idNumber(5)).file!))).toEqual(await readFile(file));
      expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
    }));

  it('made elsewhere are for somebody who is here, or for nobody', () =>
    inScratch(async (scratch) => {
      const { server, library } = await openDesk();
      const payload = await readFile(await recordInto(scratch, 'x.mcap', { sessionId: idNumber(5), seconds: 3 }));
      const stranger = await server.inject({ ...upload, url: `${upload.url}?personId=${idNumber(9)}`, payload });
      expect([stranger.statusCode, stranger.json(), library.stats().sessions]).toEqual([404, anError('E_NOT_FOUND'), 0]);
      const { id: personId } = library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
      const taken = await server.inject({ ...upload, url: `${upload.url}?personId=${personId}`, payload });
      expect(taken.json()).toMatchObject({ isNew: true, session: { personId } });
    }));

  it('are made into other files one after the other; who asks for too many is told to wait', async () => {
    const desk = await openDesk();
    const url = `/api/v1/sessions/${await aSession(desk, 1, 3)}/export?format=json`;
    const answers = await Promise.all(Array.from({ length: 20 }, () => desk.server.inject(url)));
    const refused = answers.filter(({ statusCode }) => statusCode !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(20);
    for (const answer of refused) expect([answer.statusCode, answer.json()]).toEqual([503, anError('E_REFUSED')]);
    expect(desk.logged).toEqual([]);
  });

  it('that are none, or too large, or cut off, leave nothing behind', () =>
    inScratch(async (scratch) => {
      const { server, library, folder } = await openDesk({ mostBytes: 20_000 });
      const none = await server.inject({ ...upload, payload: 'nothing' });
      expect([none.statusCode, none.json()]).toEqual([422, { ...anError('E_NOT_A_RECORDING'), message: expect.stringMatching(/^what was sent is not/) as string }]);
      const large = await readFile(await recordInto(scratch, 'x.mcap'));
      const { port } = await server.listen({ port: 0 }).then(() => server.server.address() as AddressInfo);
      const streamed = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(large.subarray(0, 15_000));
          controller.enqueue(large.subarray(15_000));
          controller.close();
        },
      });
      const refused = await fetch(`http://127.0.0.1:${port}${upload.url}`, { ...upload, body: streamed, duplex: 'half' });
      expect([refused.status, await refused.json()]).toEqual([413, anError('too-large')]);
      expect((await server.inject({ ...upload, payload: large })).statusCode).toBe(413);
      expect((await server.inject({ ...upload, headers: { 'content-type': 'text/plain' }, payload: 'x' })).json()).toEqual(anError('unsupported-media-type'));
      expect((await server.inject({ ...upload, headers: { 'content-type': 'application/json' }, payload: '{}' })).statusCode).toBe(415);
      const isRefused = { code: expect.stringMatching(/^(bad-request|E_NOT_A_RECORDING)$/) as string };
      for (const empty of [{}, { payload: '' }]) expect((await server.inject({ ...upload, ...empty })).json()).toMatchObject(isRefused);
      expect((await server.inject({ method: 'POST', url: upload.url })).json()).toEqual(anError('bad-request'));
      expect([library.stats().sessions, (await readdir(folder)).filter((name) => name.includes('part') || name.includes('mcap'))]).toEqual([0, []]);
    }));

  it('that stop half way are no fault of the service', async () => {
    const desk = await openDesk();
    const { port } = await desk.server.listen({ port: 0 }).then(() => desk.server.server.address() as AddressInfo);
    const request = http.request({ ...upload, port, path: upload.url, headers: { ...upload.headers, 'content-length': 1000 } });
    request.on('error', () => undefined);
    request.write('half of it');
    const files = (): Promise<string[]> => readdir(desk.folder).then((names) => names.filter((name) => name.includes('part')));
    await expect.poll(files).toHaveLength(1);
    const [left] = await files();
    expect(pidOfPartial(left!), 'swept up at the next start, should the service be killed now').toBe(process.pid);
    request.destroy();
    await expect.poll(files).toEqual([]);
    expect(desk.logged).toEqual([]);
  });

  it('whose names lead out of the folder are not served', async () => {
    const desk = await openDesk();
    await writeFile(join(desk.folder, 'secret.mcap'), 'x');
    const id = await aSession(desk);
    const forged = { ...desk.library, getSession: () => ({ ...desk.library.getSession(id), file: '../../etc/passwd' }) };
    const other = await openDesk({ library: forged });
    const response = await other.server.inject(`/api/v1/sessions/${id}/recording`);
    expect([response.statusCode, response.json()]).toEqual([503, anError('E_LIBRARY')]);
  });
});

describe('the library as a whole', () => {
  it('is told, kept small and set', async () => {
    const desk = await openDesk();
    for (const n of [1, 2]) await aSession(desk, n, 3);
    const stats = (await desk.server.inject('/api/v1/library')).json<{ bytes: number }>();
    expect(stats).toEqual(desk.library.stats());
    const retention = { method: 'POST', url: '/api/v1/library/retention' } as const;
    const kept = await desk.server.inject({ ...retention, payload: { maxAgeDays: null, maxBytes: stats.bytes - 1 } });
    expect(kept.json()).toMatchObject({ removed: [{ id: idNumber(1), why: 'size' }] });
    expect((await desk.server.inject({ ...retention, payload: {} })).statusCode).toBe(400);
    expect((await desk.server.inject('/api/v1/settings')).json()).toEqual({ presentPersonId: null, keepDays: null, keepBytes: null });
    const patch = { method: 'PATCH', url: '/api/v1/settings' } as const;
    expect((await desk.server.inject({ ...patch, payload: { keepDays: 90 } })).json()).toMatchObject({ keepDays: 90 });
    for (const payload of [{ keepDays: 0 }, { keepDays: '90' }, { colour: 'blue' }]) expect((await desk.server.inject({ ...patch, payload })).statusCode).toBe(400);
  });

  it('knows who is present, while they are here', async () => {
    const desk = await openDesk();
    const patch = (presentPersonId: string) => desk.server.inject({ method: 'PATCH', url: '/api/v1/settings', payload: { presentPersonId } });
    expect((await patch(idNumber(9))).json()).toEqual(anError('E_NOT_FOUND'));
    const { id } = desk.library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
    expect((await patch(id)).json()).toMatchObject({ presentPersonId: id });
    await desk.server.inject({ method: 'DELETE', url: `/api/v1/people/${id}` });
    expect((await desk.server.inject('/api/v1/settings')).json()).toMatchObject({ presentPersonId: null });
  });

  it('tells how rolling went from week to week', async () => {
    const desk = await openDesk();
    for (const days of [1, 8, 400]) {
      await recordInto(desk.folder, `${days}.mcap`, { sessionId: idNumber(days), startUtcMs: NOW - days * 86_400_000, seconds: 5 });
      await desk.library.keepRecording(`${days}.mcap`);
    }
    const { weeks, groups } = (await desk.server.inject('/api/v1/trends?weeks=3&timeZone=Europe/Berlin')).json<Trends>();
    expect(weeks.map(({ from, sessions }) => [from, sessions])).toEqual([['2026-04-13', 0], ['2026-04-20', 1], ['2026-04-27', 1]]);
    expect(groups).toMatchObject([{ group: 'quadriceps', sessions: 2 }]);
    for (const query of ['weeks=0', 'timeZone=Moon/Sea', 'personId=me']) expect((await desk.server.inject(`/api/v1/trends?${query}`)).statusCode).toBe(400);
  });
});
