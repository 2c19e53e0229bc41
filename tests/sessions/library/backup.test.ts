import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import Sqlite from 'libsql';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../../src/coaching/parameters.ts';
import { backUp, restore, type Restored } from '../../../src/sessions/library/backup.ts';
import type { Library } from '../../../src/sessions/library/library.ts';
import { inScratch } from '../scratch.ts';
import { idNumber, NOW, openShelf, recordInto } from './shelf.ts';

const OPTIONS = { force: false, software: 'test 1', utcMs: NOW };

async function filled(folder: string): Promise<Library> {
  await mkdir(folder, { recursive: true });
  for (const n of [1, 2]) await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n), seconds: 5 });
  const library = await openShelf(folder);
  await library.rebuild();
  library.changeSession(idNumber(1), { starred: true, note: 'kept' });
  library.addPerson({ name: 'Ada', massKg: 60, experience: 'some' });
  return library;
}

const restoring = (from: string, folder: string, force = false): Promise<Restored> =>
  restore({ from, folder, force, clock: { utcMs: () => NOW }, coaching: defaultCoachingConfig });

describe('a backup', () => {
  it('brings everything back, and is a data folder by itself', () =>
    inScratch(async (scratch) => {
      const [data, out, target] = ['data', 'backup', 'new'].map((name) => join(scratch, name)) as [string, string, string];
      const library = await filled(data);
      const report = await backUp(library, { ...OPTIONS, out });
      expect(report).toEqual({ recordings: 2, bytes: expect.any(Number) });
      expect(await readdir(out)).toEqual(['1.mcap', '2.mcap', 'library.db', 'manifest.json']);
      expect((await readdir(scratch)).toSorted()).toEqual(['backup', 'data']);

      expect(await restoring(out, target)).toEqual({ ...report, sessions: 2, createdUtc: new Date(NOW).toISOString(), setAside: null });
      expect(await readdir(target)).toEqual(['1.mcap', '2.mcap', 'library.db']);
      const restored = await openShelf(target);
      expect([restored.damage, restored.isNew]).toEqual([null, false]);
      expect(restored.listSessions({ limit: 9 })).toEqual(library.listSessions({ limit: 9 }));
      expect(restored.getSession(idNumber(1))).toEqual(library.getSession(idNumber(1)));
      expect(restored.cuesOf(idNumber(1))).toEqual(library.cuesOf(idNumber(1)));
      expect(restored.listPeople()).toEqual(library.listPeople());
      for (const name of ['1.mcap', '2.mcap']) expect(await readFile(join(target, name))).toEqual(await readFile(join(data, name)));
    }));

  it('does without a recording that is removed meanwhile', () =>
    inScratch(async (scratch) => {
      const [data, out] = [join(scratch, 'data'), join(scratch, 'backup')];
      const library = await filled(data);
      await truncate(join(data, '1.mcap'), 60_000_000);
      const backup = backUp(library, { ...OPTIONS, out });
      await expect.poll(() => readdir(`${out}.${process.pid}.part`).catch(() => []), { interval: 1 }).toContain('1.mcap');
      await library.deleteSession(idNumber(2));
      expect(await backup).toMatchObject({ recordings: 1 });
      expect(await readdir(out)).toEqual(['1.mcap', 'library.db', 'manifest.json']);
      expect(await restoring(out, join(scratch, 'new'))).toMatchObject({ recordings: 1, sessions: 2 });
    }));

  it('replaces an older one when it is forced to, and nothing else ever', () =>
    inScratch(async (scratch) => {
      const out = join(scratch, 'backup');
      const library = await filled(join(scratch, 'data'));
      await backUp(library, { ...OPTIONS, out });
      await expect(backUp(library, { ...OPTIONS, out })).rejects.toMatchObject({ code: 'E_NOT_EMPTY' });
      await library.deleteSession(idNumber(2));
      expect(await backUp(library, { ...OPTIONS, out, force: true })).toMatchObject({ recordings: 1 });
      expect(await readdir(out)).toEqual(['1.mcap', 'library.db', 'manifest.json']);

      const other = join(scratch, 'photos');
      await mkdir(other);
      await writeFile(join(other, 'cat.jpg'), 'miaow');
      await expect(backUp(library, { ...OPTIONS, out: other, force: true })).rejects.toMatchObject({ code: 'E_NOT_EMPTY' });
      expect(await readdir(other)).toEqual(['cat.jpg']);
      await expect(backUp(await openShelf(null), { ...OPTIONS, out: join(scratch, 'x') })).rejects.toMatchObject({ code: 'E_LIBRARY' });
    }));

  it('does not go over what is there, unless forced: then that is set aside whole', () =>
    inScratch(async (scratch) => {
      const [data, out] = [join(scratch, 'data'), join(scratch, 'backup')];
      const library = await filled(data);
      await backUp(library, { ...OPTIONS, out });
      await library.deleteSession(idNumber(1));
      library.close();
      await expect(restoring(out, data)).rejects.toMatchObject({ code: 'E_NOT_EMPTY' });
      expect((await readdir(data)).filter((name) => name.endsWith('.mcap'))).toEqual(['2.mcap']);
      const { setAside } = await restoring(out, data, true);
      expect(setAside).toBe(`${data}.before-2026-05-03T12-30-00Z`);
      expect(await readdir(setAside!)).toEqual(['2.mcap', 'library.db']);
      expect((await openShelf(data)).getSession(idNumber(1))).toMatchObject({ starred: true, note: 'kept' });
    }));

  it('that is not as it was written is refused, and nothing is changed', () =>
    inScratch(async (scratch) => {
      const [out, target] = [join(scratch, 'backup'), join(scratch, 'new')];
      const library = await filled(join(scratch, 'data'));
      const harm: Readonly<Record<string, () => Promise<unknown>>> = {
        'manifest.json': () => rm(join(out, 'manifest.json')),
        'cannot be understood': () => writeFile(join(out, 'manifest.json'), '{"format":"smart-roller-backup","version":2}'),
        '1.mcap is missing': () => rm(join(out, '1.mcap')),
        '2.mcap is not as it was': () => copyFile(join(out, '1.mcap'), join(out, '2.mcap')),
        'library.db is not as it was': async () => writeFile(join(out, 'library.db'), (await readFile(join(out, 'library.db'))).fill(0x5a, 5000, 5001)),
      };
      for (const [why, hurt] of Object.entries(harm)) {
        await backUp(library, { ...OPTIONS, out, force: true });
        await hurt();
        await expect(restoring(out, target)).rejects.toMatchObject({ code: 'E_BACKUP', message: expect.stringContaining(why) });
        await rm(out, { recursive: true });
        expect((await readdir(scratch)).toSorted()).toEqual(['data']);
      }
    }));

  it('cannot lead out of the folder', () =>
    inScratch(async (scratch) => {
      const out = join(scratch, 'backup');
      await backUp(await filled(join(scratch, 'data')), { ...OPTIONS, out });
      for (const name of ['../evil.mcap', '/tmp/evil.mcap', 'a/b.mcap', 'evil.sh']) {
        const list = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')) as { files: { name: string }[] };
        list.files.push({ ...list.files[0]!, name });
        await writeFile(join(out, 'manifest.json'), JSON.stringify(list));
        await expect(restoring(out, join(scratch, 'new'))).rejects.toMatchObject({ code: 'E_BACKUP' });
      }
    }));

  it('of a later software is refused', () =>
    inScratch(async (scratch) => {
      const [data, out] = [join(scratch, 'data'), join(scratch, 'backup')];
      const library = await filled(data);
      const later = new Sqlite(join(data, 'library.db'));
      later.exec("INSERT INTO migrations VALUES (9999, 'from the future', 0)");
      await backUp(library, { ...OPTIONS, out });
      await expect(restoring(out, join(scratch, 'new'))).rejects.toMatchObject({ code: 'E_LIBRARY_NEWER' });
      expect((await readdir(scratch)).toSorted()).toEqual(['backup', 'data']);
    }));
});
