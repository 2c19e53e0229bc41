import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shortIds } from '../../src/cli/session-text.ts';
import { dataFolder, type Surroundings } from '../../src/data-folder.ts';
import type { KeptSession, SessionLine } from '../../src/sessions/library/records.ts';
import { idNumber, recordInto, startNumber } from '../sessions/library/shelf.ts';
import { inScratch } from '../sessions/scratch.ts';
import { cli, type CliResult } from './run-cli.ts';

/** A data folder with three sessions, an hour apart, and a way to run commands on it. */
async function withShelf(work: (run: (...args: string[]) => Promise<CliResult>, data: string, scratch: string) => Promise<void>): Promise<void> {
  await inScratch(async (scratch) => {
    const data = join(scratch, 'data');
    await mkdir(data);
    for (const n of [1, 2, 3]) await recordInto(data, `${n}.mcap`, { sessionId: idNumber(n), startUtcMs: startNumber(n), seconds: 12 });
    await work((...args) => cli([...args, '--data', data]), data, scratch);
  });
}

describe('sessions', () => {
  test('are listed, the latest first, also those that were there before there was a library', () =>
    withShelf(async (run) => {
      const first = await run('sessions', 'list');
      expect(first).toMatchObject({ code: 0, err: 'smart-roller: note: 3 recordings came into the library\n' });
      expect(first.out.split('\n')).toEqual([
        expect.stringMatching(/000000003 {2}2026-01-01 03:00Z {4}0:12 {5}Quadriceps left 0:1\d, \d+ cues? \(simulated\)$/),
        expect.stringContaining('02:00Z'), expect.stringContaining('01:00Z'), '',
      ]);
      expect((await run('sessions', 'list', '--limit', '1')).out).toContain('and 2 more');
      const { out, err } = await run('sessions', 'list', '--json');
      expect([err, (JSON.parse(out) as { sessions: SessionLine[] }).sessions.map(({ id }) => id)]).toEqual(['', [3, 2, 1].map(idNumber)]);
    }));

  test('are shown by the beginning or the end of an id', () =>
    withShelf(async (run) => {
      await run('library', 'rebuild');
      const { out, code } = await run('sessions', 'show', '02');
      expect(code).toBe(0);
      expect(out).toContain(idNumber(2));
      expect(out).toMatch(/Quadriceps, left\n {2}active/);
      expect(out).toMatch(/s {2}too-fast 1 +\d+\.\d cm\/s, limit 14\.0 cm\/s {2}\(Quadriceps\)\n/);
      const shown = JSON.parse((await run('sessions', 'show', '02', '--json')).out) as KeptSession & { cues: object[] };
      expect(shown).toMatchObject({ id: idNumber(2), file: '2.mcap', cues: [{ kind: 'too-fast' }] });
      const none = 'smart-roller: E_NOT_FOUND: there is no session ffff; list the sessions there are\n';
      expect(await run('sessions', 'show', 'ffff')).toEqual({ code: 1, out: '', err: none });
      expect(await run('sessions', 'show', '0198')).toMatchObject({ code: 2, err: expect.stringContaining('E_USAGE: 0198 stands for several sessions') });
    }));

  test('are starred, so that cleaning spares them, and removed with their recording', () =>
    withShelf(async (run, data) => {
      await run('library', 'rebuild');
      expect((await run('sessions', 'star', '0001')).out).toBe(`${idNumber(1)} is starred\n`);
      expect(await run('library', 'clean')).toMatchObject({ code: 2, err: expect.stringContaining('add --max-age-days N or --max-mb N') });
      const clean = await run('library', 'clean', '--max-age-days', '1', '--json');
      expect(JSON.parse(clean.out)).toMatchObject({ removed: [{ file: '2.mcap', why: 'age' }, { file: '3.mcap', why: 'age' }] });
      expect((await readdir(data)).filter((name) => name.endsWith('.mcap'))).toEqual(['1.mcap']);
      await run('sessions', 'unstar', '0001');
      expect((await run('sessions', 'delete', '0001')).out).toMatch(/^removed .*01; its recording 1\.mcap too \(0\.1 MB\)\n$/);
      expect((await run('sessions', 'list')).out).toBe(`no sessions in ${data}\n`);
      expect(await run('sessions', 'delete', '0001')).toMatchObject({ code: 1 });
    }));

  test('whose recording has gone are removed all the same, and that is said', () =>
    withShelf(async (run, data) => {
      await run('library', 'rebuild');
      await rm(join(data, '2.mcap'));
      expect((await run('library', 'rebuild')).out).toContain(`${idNumber(2)}: its recording is gone`);
      expect((await run('sessions', 'delete', '02')).out).toContain('its recording 2.mcap was gone already');
    }));

  test('made elsewhere are taken in once', () =>
    withShelf(async (run, data, scratch) => {
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(9), startUtcMs: startNumber(9) });
      expect((await run('sessions', 'import', file)).out).toMatch(/^taken in as 2026-01-01T09-00-00-000Z-000000000009\.mcap\n/);
      expect((await run('sessions', 'import', file)).out).toMatch(/^there already\n/);
      await copyFile('package.json', join(scratch, 'y.mcap'));
      expect(await run('sessions', 'import', join(scratch, 'y.mcap'))).toMatchObject({ code: 1, err: expect.stringContaining('E_NOT_A_RECORDING') });
      const elsewhere = await cli(['sessions', 'import', file, '--json', '--data', join(scratch, 'new')]);
      expect(JSON.parse(elsewhere.out)).toMatchObject({ isNew: true });
      expect(await readdir(join(scratch, 'new'))).toEqual(['2026-01-01T09-00-00-000Z-000000000009.mcap', 'library.db']);
      expect((await readdir(data)).filter((name) => name.endsWith('.mcap'))).toHaveLength(4);
    }));

  test('are none where there is no data folder, and none is made by looking', () =>
    inScratch(async (scratch) => {
      const data = join(scratch, 'none');
      expect(await cli(['sessions', 'list'], { env: { SMART_ROLLER_DATA: data } })).toEqual({ code: 0, out: `no sessions in ${data}\n`, err: '' });
      expect(await cli(['sessions', 'show', 'ab', '--data', data])).toMatchObject({ code: 1 });
      expect(await readdir(scratch)).toEqual([]);
    }));

  test('that cannot be read are skipped, with a word and an exit code', () =>
    withShelf(async (run, data) => {
      await writeFile(join(data, '4.mcap'), 'nothing');
      const { code, out } = await run('library', 'rebuild');
      expect([code, out]).toEqual([1, expect.stringMatching(/^3 sessions from their recordings\nskipped: .*4\.mcap is not finished, and not a roller recording/)]);
    }));

  test('damage of the library is told in a line, and mended', () =>
    withShelf(async (run, data) => {
      await run('library', 'rebuild');
      await writeFile(join(data, 'library.db'), 'no database '.repeat(400));
      const { code, err, out } = await run('sessions', 'list');
      expect([code, out.split('\n').length]).toEqual([0, 4]);
      expect(err).toMatch(/^smart-roller: warning: the library .* is damaged .*\nsmart-roller: note: 3 recordings came into the library\n$/);
    }));

  test('have short ids that are long enough to tell them apart', () => {
    const short = [...shortIds([1, 2, 0x21].map(idNumber)).values()];
    expect(short).toEqual([idNumber(1), idNumber(2), idNumber(0x21).slice(0, -1)]);
    expect([...shortIds(['aaaaaaaa-1', 'bbbbbbbb-1']).values()]).toEqual(['aaaaaaaa', 'bbbbbbbb']);
  });
});

describe('backup and restore', () => {
  test('of a folder that is not there say so', () =>
    inScratch(async (scratch) => {
      const data = join(scratch, 'nowhere');
      const err = `smart-roller: E_NOT_FOUND: there is no ${data} to back up; give the data folder with --data\n`;
      expect(await cli(['backup', '--data', data, '--out', join(scratch, 'out')])).toEqual({ code: 1, out: '', err });
      expect(await readdir(scratch)).toEqual([]);
    }));

  test('are one command each', () =>
    withShelf(async (run, data, scratch) => {
      const [out, other] = [join(scratch, 'backup'), join(scratch, 'other')];
      await run('library', 'rebuild');
      expect(await run('backup', '--out', out)).toMatchObject({ code: 0, out: expect.stringMatching(/: the library and 3 recordings, 0\.\d MB\n$/) });
      expect(await run('backup', '--out', out)).toMatchObject({ code: 1, err: expect.stringContaining('E_NOT_EMPTY') });
      expect(await run('backup', '--out', out, '--force')).toMatchObject({ code: 0 });
      expect((await cli(['restore', out, '--data', other])).out).toMatch(new RegExp(`^${other}: 3 sessions as of 20..-..-.. ..:..Z\n$`));
      expect((await cli(['sessions', 'list', '--data', other])).out).toBe((await run('sessions', 'list')).out);
      expect(await readFile(join(other, '2.mcap'))).toEqual(await readFile(join(data, '2.mcap')));
      expect(await run('restore', out)).toMatchObject({ code: 1, err: expect.stringContaining('give --force') });
      expect((await run('restore', out, '--force')).out).toContain(`what was there is now ${data}.before-`);
      expect(await run('restore', join(scratch, 'nothing'))).toMatchObject({ code: 1, err: expect.stringContaining('E_BACKUP') });
    }));
});

describe('the data folder', () => {
  const at = (platform: NodeJS.Platform, env: Surroundings['env'] = {}): string => dataFolder({}, { platform, env, home: '/home/ada' });

  test('is where each system wants it, unless it is set', () => {
    expect(dataFolder({ data: 'here' }, { platform: 'linux', env: { XDG_DATA_HOME: '/x' }, home: '/home/ada' })).toBe('here');
    expect(at('linux')).toBe('/home/ada/.local/share/smart-roller');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/smart-roller');
    expect(at('freebsd', { XDG_DATA_HOME: 'relative, which the specification forbids' })).toBe('/home/ada/.local/share/smart-roller');
    expect(at('darwin', { XDG_DATA_HOME: '/data' })).toBe('/home/ada/Library/Application Support/smart-roller');
    expect(() => dataFolder({}, { platform: 'linux', env: {}, home: null })).toThrow('this user has no home folder');
    expect(dataFolder({}, { platform: 'linux', env: { XDG_DATA_HOME: '/data' }, home: null })).toBe('/data/smart-roller');
    expect(at('win32', { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' })).toBe('C:\\Users\\ada\\AppData\\Local\\smart-roller');
  });
});
