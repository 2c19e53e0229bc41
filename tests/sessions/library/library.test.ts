import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { describe, expect, it } from 'vitest';
import { calibrationsIn } from '../../../src/sessions/library/kept-calibrations.ts';
import { inScratch } from '../scratch.ts';
import { idNumber, NOW, openShelf, recordInto } from './shelf.ts';

describe('a library', () => {
  it('is one file when it is closed, and has it all the next time', () =>
    inScratch(async (folder) => {
      const first = await openShelf(folder);
      const ada = first.addPerson({ name: 'Ada', massKg: 61.5, experience: 'experienced' });
      first.changeSettings({ presentPersonId: ada.id, keepDays: 90 });
      first.close();
      expect(await readdir(folder)).toEqual(['library.db']);
      const second = await openShelf(folder);
      expect([second.isNew, second.damage]).toEqual([false, null]);
      expect(second.listPeople()).toEqual([ada]);
      expect(second.settings()).toEqual({ presentPersonId: ada.id, keepDays: 90, keepBytes: null });
    }));

  it('may be open twice, by the service and by a command', () =>
    inScratch(async (folder) => {
      const [service, command] = [await openShelf(folder), await openShelf(folder)];
      const { id } = service.addPerson({ name: 'Ada', massKg: null, experience: 'new' });
      expect(command.changePerson(id, { massKg: 70 })).toMatchObject({ name: 'Ada', massKg: 70 });
      expect(service.getPerson(id).massKg).toBe(70);
      service.close();
      expect(command.listPeople()).toHaveLength(1);
    }));

  it('of a later software is refused and left alone', () =>
    inScratch(async (folder) => {
      (await openShelf(folder)).close();
      const later = new Sqlite(join(folder, 'library.db'));
      later.exec("INSERT INTO migrations VALUES (9999, 'from the future', 0)");
      later.close();
      await expect(openShelf(folder)).rejects.toMatchObject({ code: 'E_LIBRARY_NEWER', hint: 'update smart-roller' });
      const after = new Sqlite(join(folder, 'library.db'));
      expect(after.prepare('SELECT MAX(version) AS version FROM migrations').all()).toEqual([{ version: 9999 }]);
      after.close();
      expect(await readdir(folder)).toEqual(['library.db']);
    }));

  it('leaves out a session that it cannot understand, and makes it anew from its recording', () =>
    inScratch(async (folder) => {
      for (const n of [1, 2, 3]) await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n), startUtcMs: NOW + n, seconds: 3 });
      const library = await openShelf(folder);
      await library.catchUp();
      library.changeSession(idNumber(2), { note: 'mine' });
      library.close();
      const other = new Sqlite(join(folder, 'library.db'));
      other.exec(`UPDATE sessions SET rolled = 'nonsense', summary = '{}' WHERE id = '${idNumber(2)}'`);
      other.close();

      const again = await openShelf(folder);
      const first = again.listSessions({ limit: 2 });
      expect(first.sessions.map(({ id }) => id)).toEqual([idNumber(3)]);
      expect(again.listSessions({ limit: 2, cursor: first.next! })).toMatchObject({ sessions: [{ id: idNumber(1) }], next: null });
      expect(await again.catchUp()).toEqual({ kept: 1, skipped: [] });
      expect(again.getSession(idNumber(2))).toMatchObject({ note: 'mine', rolled: [{ group: 'quadriceps' }] });
    }));

  it('that is damaged is set aside and told, and comes again from its recordings', () =>
    inScratch(async (folder) => {
      await recordInto(folder, 'a.mcap', { sessionId: idNumber(1) });
      const whole = await openShelf(folder);
      await whole.keepRecording('a.mcap');
      whole.close();
      const file = join(folder, 'library.db');
      const bytes = await readFile(file);
      const damages = [bytes.fill(0x55, 4096), bytes.subarray(0, 5000), Buffer.from('no database, whatever its name '.repeat(40))];
      for (const [n, damage] of damages.entries()) {
        await writeFile(file, damage);
        const library = await openShelf(folder, NOW + n * 1000);
        const aside = join(folder, `library.broken-2026-05-03T12-30-0${n}Z.db`);
        expect(library.damage).toMatch(new RegExp(`^the library ${file} is damaged \\(.*\\) and is now ${aside}; a new one was begun$`));
        expect(await readFile(aside)).toEqual(damage);
        expect([library.isNew, library.stats().sessions]).toEqual([true, 0]);
        expect(await library.rebuild()).toMatchObject({ kept: 1, skipped: [] });
        expect(library.getSession(idNumber(1)).file).toBe('a.mcap');
        library.close();
      }
    }));

  it('cannot be opened where there is no folder to be made', async () => {
    await expect(openShelf('/dev/null/data')).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
  });
});

it('a session that cannot be understood is told so, and spoils no list', () =>
  inScratch(async (scratch) => {
    const folder = join(scratch, 'data');
    const library = await openShelf(folder);
    for (const n of [1, 2]) await library.importRecording(await recordInto(scratch, `${n}.mcap`, { sessionId: idNumber(n), seconds: 3 }));
    const other = new Sqlite(join(folder, 'library.db'));
    for (const summary of ['{', '{"version":99}']) {
      other.prepare('UPDATE sessions SET summary = ? WHERE id = ?').run([summary, idNumber(1)]);
      expect(() => library.getSession(idNumber(1))).toThrow(expect.objectContaining({ code: 'E_LIBRARY', hint: expect.stringContaining('library rebuild') }));
      expect(library.listSessions({ limit: 9 }).sessions).toHaveLength(2);
      expect(library.summaries({}).map(({ origin }) => origin.sessionId)).toEqual([idNumber(2)]);
    }
    other.close();
    await library.rebuild();
    expect(library.getSession(idNumber(1)).durationS).toBeCloseTo(3, 1);
  }));

describe('rollers', () => {
  it('keep the name a person gave, and the latest of what is known', async () => {
    const library = await openShelf(null);
    library.meetRoller({ id: 'r1', name: 'Smart Roller A5', tool: 'roller' }, 1000);
    library.changeRoller('r1', { name: 'Blue one' }, 1500);
    library.meetRoller({ id: 'r1', name: 'Smart Roller A5', tool: 'ball' }, 900);
    expect(library.getRoller('r1')).toMatchObject({ name: 'Blue one', tool: 'roller', lastSeenUtcMs: 1000 });
    library.meetRoller({ id: 'r1', name: 'Smart Roller A5', tool: 'ball' }, 2000);
    expect(library.getRoller('r1')).toMatchObject({ name: 'Blue one', tool: 'ball', lastSeenUtcMs: 2000 });
    library.calibrateRoller('r1', { radiusCm: 7, forceScale: 1.1 }, 3000);
    library.calibrateRoller('r1', { radiusCm: 6, forceScale: null }, 2500);
    library.calibrateRoller('r1', { radiusCm: null, forceScale: 1.2 }, 3500);
    expect(library.getRoller('r1')).toMatchObject({ radiusCm: 7, radiusUtcMs: 3000, forceScale: 1.2, forceUtcMs: 3500, comfortLoad: null });
    library.calibrateRoller('r2', { radiusCm: 5, forceScale: null }, 100);
    library.meetRoller({ id: 'r2', name: 'Ball', tool: 'ball' }, 50);
    expect(library.listRollers().map(({ id, name }) => [id, name])).toEqual([['r1', 'Blue one'], ['r2', 'Ball']]);
    expect(() => library.changeRoller('r3', { name: 'x' }, 1)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
  });
});

it('calibrations of a library are in force as those of a file were', async () => {
  const library = await openShelf(null);
  const calibrations = calibrationsIn(library, () => null);
  expect(calibrations.of('r1')).toBeNull();
  library.meetRoller({ id: 'r1', name: 'Blue', tool: 'roller' }, 10);
  expect(calibrations.of('r1')).toBeNull();
  await calibrations.keep('r1', { radiusCm: 7.06, forceScale: null }, NOW);
  await calibrations.keep('r1', { radiusCm: 7.06, forceScale: 1.1, comfortLoad: 800 }, NOW + 1000);
  const [first, second] = [NOW, NOW + 1000].map((utcMs) => new Date(utcMs).toISOString());
  expect(calibrations.of('r1')).toEqual({ radiusCm: 7.06, forceScale: 1.1, comfortLoad: 800, since: { distance: first, weight: second, comfort: second } });
});

describe('what is comfortable', () => {
  it('is each person\'s own; of whoever has not told, what was found of nobody in particular', async () => {
    const library = await openShelf(null);
    const [ada, bob] = ['Ada', 'Bob'].map((name) => library.addPerson({ name, massKg: null, experience: 'new' }).id) as [string, string];
    let present: string | null = null;
    const calibrations = calibrationsIn(library, () => present);
    const comfort = (): number | null | undefined => calibrations.of('r1')?.comfortLoad;
    await calibrations.keep('r1', { radiusCm: 7, forceScale: null, comfortLoad: 800 }, NOW);
    present = ada;
    expect(comfort()).toBe(800);
    await calibrations.keep('r1', { radiusCm: 7, forceScale: 1.1, comfortLoad: 800 }, NOW + 1);
    expect(library.getRoller('r1')).toMatchObject({ forceScale: 1.1, comforts: [] });
    await calibrations.keep('r1', { radiusCm: 7, forceScale: 1.1, comfortLoad: 500 }, NOW + 2);
    expect(calibrations.of('r1')).toMatchObject({ comfortLoad: 500, since: { comfort: new Date(NOW + 2).toISOString() } });
    present = bob;
    expect(comfort()).toBe(800);
    library.changeRoller('r1', { comforts: [{ personId: bob, load: 300 }] }, NOW + 3);
    expect(comfort()).toBe(300);
    library.changeRoller('r1', { comforts: [{ personId: bob, load: null }] }, NOW + 4);
    expect(comfort()).toBe(800);
    expect(() => library.changeRoller('r1', { comforts: [{ personId: idNumber(9), load: 1 }] }, NOW)).toThrow(expect.objectContaining({ code: 'E_NOT_FOUND' }));
    library.deletePerson(ada);
    expect(library.getRoller('r1')).toMatchObject({ comfortLoad: 800, comforts: [] });
  });
});
