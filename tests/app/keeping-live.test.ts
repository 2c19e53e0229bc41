import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openMemory, openUsualMemory } from '../../src/app/memory.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { openLibrary } from '../../src/sessions/library/library.ts';
import type { Person } from '../../src/sessions/library/records.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { inScratch } from '../sessions/scratch.ts';
import { start } from './companion.ts';
import { recordingsIn } from './keeping-stage.ts';

describe('a companion', () => {
  it('keeps the sessions of all its stations, also those that run when it is closed', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { companion, connect } = await start(test, { scenario: 'too-fast', rollers: 4, data: folder });
      const probe = await connect();
      await probe.next('hello', ({ rollers }) => rollers.length === 4 && rollers.every(({ session }) => session === 'running'));
      await probe.next('session', ({ recording }) => recording === 'on');
      await probe.next('snapshot', ({ tS }) => tS > 1);
      await companion.close();
      const library = await openLibrary(folder, { clock: systemClock, coaching: defaultCoachingConfig });
      onTestFinished(() => library.close());
      const { sessions } = library.listSessions({ limit: 10 });
      expect(sessions.map(({ file }) => String(file)).toSorted()).toEqual(await recordingsIn(folder));
      expect(new Set(sessions.map(({ rollerId }) => rollerId)).size).toBe(4);
      expect(sessions.every(({ state }) => state === 'whole')).toBe(true);
    }));

  it('goes by the body mass of whoever is present, as soon as they are', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { companion, connect } = await start(test, { scenario: 'too-fast', data: folder });
      const probe = await connect();
      const call = (method: string, at: string, body: unknown): Promise<Response> =>
        fetch(`${companion.url}${at}`, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
      const { id } = (await (await call('POST', 'api/v1/people', { name: 'Ada', massKg: 48 })).json()) as Person;
      await call('PATCH', 'api/v1/settings', { presentPersonId: id });
      await probe.next('session', ({ massKg }) => massKg === 48);
      await call('PATCH', `api/v1/people/${id}`, { massKg: 49 });
      await probe.next('session', ({ massKg }) => massKg === 49);
      await probe.next('snapshot', ({ tS }) => tS > 0.5);
      await companion.close();
      const [file] = await recordingsIn(folder);
      const { events, meta } = await readRecording(path.join(folder, file!));
      expect(events.flatMap((event) => (event.type === 'command' && event.command.type === 'mass' ? [event.command.massKg] : [])).slice(-1)).toEqual([49]);
      expect(meta.personId).toBe(id);
    }));

  it('tells who watches when the disk refuses, and goes on', { timeout: 20_000 }, (test) =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'data');
      const { companion, connect, err } = await start(test, { scenario: 'too-fast', data: folder });
      const probe = await connect();
      await probe.next('session', ({ state, recording }) => state === 'running' && recording === 'on');
      probe.say({ type: 'stop' });
      await probe.next('session', ({ state, recording }) => state === 'stopped' && recording === 'off');
      await rename(folder, `${folder}.away`);
      await writeFile(folder, 'no folder');
      probe.say({ type: 'start' });
      await probe.next('session', ({ recording }) => recording === 'failed');
      expect((await probe.next('error')).code).toBe('E_FILE_WRITE');
      await probe.next('cue', ({ phase }) => phase === 'start');
      await companion.close();
      expect(err.filter((line) => line.includes('recording stopped'))).toHaveLength(1);
    }));

  it('goes on without a folder that nobody asked for, and says so; one that was asked for has to be there', () =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'data');
      await writeFile(folder, 'no folder');
      const lines: string[] = [];
      const log = { info: (line: string) => void lines.push(line), warn: (line: string) => void lines.push(line) };
      const options = { folder, remembersRollers: true, coaching: defaultCoachingConfig, clock: systemClock, log };
      await expect(openMemory(options)).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      const { library } = await openUsualMemory(options);
      expect(library.folder).toBeNull();
      library.close();
      expect(lines).toEqual([expect.stringMatching(/^nothing is kept: E_FILE_WRITE: /)]);
    }));

  it('keeps nothing of a simulated roller without a data folder, and nothing of a recording', { timeout: 20_000 }, (test) =>
    inScratch(async (folder) => {
      const { connect } = await start(test, { scenario: 'too-fast' });
      const probe = await connect();
      await probe.next('snapshot', ({ tS }) => tS > 0.5);
      expect(probe.all('session').at(-1)).toMatchObject({ recording: 'off' });
      expect(await readdir(folder)).toEqual([]);
    }));
});
