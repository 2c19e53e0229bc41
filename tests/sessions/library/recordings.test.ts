import { copyFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { readRecording } from '../../../src/sessions/reader.ts';
import { startRecorder } from '../../../src/sessions/recorder.ts';
import { inScratch } from '../scratch.ts';
import { idNumber, NOW, openShelf, recordInto, startNumber } from './shelf.ts';

const DAY_MS = 24 * 3600 * 1000;

describe('a recording in the data folder', () => {
  it('is kept with its summary, its cues and its roller', () =>
    inScratch(async (folder) => {
      await recordInto(folder, 'a.mcap', { sessionId: idNumber(1) });
      const library = await openShelf(folder);
      const session = await library.keepRecording('a.mcap');
      expect(session).toMatchObject({ id: idNumber(1), file: 'a.mcap', state: 'whole', bytes: (await stat(join(folder, 'a.mcap'))).size });
      expect(session.durationS).toBeCloseTo(20, 1);
      expect(session.rolled).toMatchObject([{ group: 'quadriceps', side: 'left' }]);
      expect(library.cuesOf(session.id)[0]).toMatchObject({ kind: 'too-fast', level: 1, group: 'quadriceps', limit: 14 });
      expect(library.getRoller(session.rollerId!)).toMatchObject({ tool: 'roller', lastSeenUtcMs: session.startedUtcMs, radiusCm: null });
      expect(library.recordingPath(session)).toBe(join(folder, 'a.mcap'));
    }));

  it('that was cut short is kept as recovered', () =>
    inScratch(async (folder) => {
      const file = await recordInto(folder, 'a.mcap');
      await truncate(file, Math.floor((await stat(file)).size / 2));
      const library = await openShelf(folder);
      expect((await library.keepRecording('a.mcap')).state).toBe('recovered');
    }));

  it.each(['../a.mcap', '/etc/passwd', 'sub/a.mcap', '.a.mcap', '..', '', 'a.mcap/../b.mcap'])('cannot be called %j', (name) =>
    inScratch(async (folder) => {
      const library = await openShelf(folder);
      await expect(library.keepRecording(name)).rejects.toMatchObject({ code: 'E_LIBRARY' });
    }));
});

describe('a recording made elsewhere', () => {
  it('is copied in once, however often it comes', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(7), startUtcMs: startNumber(7) });
      const library = await openShelf(folder);
      const { session, isNew } = await library.importRecording(file);
      expect(isNew).toBe(true);
      expect(session.file).toBe('2026-01-01T07-00-00-000Z-000000000007.mcap');
      expect(await readFile(join(folder, session.file!))).toEqual(await readFile(file));
      expect(await library.importRecording(file)).toEqual({ session, isNew: false });
      expect(await readdir(folder)).toEqual([session.file, 'library.db', 'library.db-shm', 'library.db-wal']);
    }));

  it('that comes several times at once is copied once', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(7), seconds: 3 });
      const library = await openShelf(folder);
      const taken = await Promise.all(Array.from({ length: 4 }, () => library.importRecording(file)));
      expect(taken.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect((await readdir(folder)).filter((name) => name.endsWith('.mcap'))).toEqual([taken[0]!.session.file]);
    }));

  it('takes the place of one that is gone, and what a person wrote stays', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(7), seconds: 3 });
      const library = await openShelf(folder);
      const { session } = await library.importRecording(file);
      library.changeSession(session.id, { note: 'mine', starred: true });
      await rm(join(folder, session.file!));
      expect(await library.importRecording(file)).toEqual({ session: { ...session, note: 'mine', starred: true }, isNew: false });
      expect(await readFile(join(folder, session.file!))).toEqual(await readFile(file));
    }));

  it('without an id of its own is told by its content', () =>
    inScratch(async (scratch) => {
      const [one, other] = [await recordInto(scratch, 'x.mcap', { sessionId: 'unknown' }), join(scratch, 'y.mcap')];
      await copyFile(one, other);
      const longer = await recordInto(scratch, 'z.mcap', { sessionId: 'unknown', seconds: 22 });
      const library = await openShelf(join(scratch, 'data'));
      const first = await library.importRecording(one);
      expect(await library.importRecording(other)).toEqual({ session: first.session, isNew: false });
      expect((await library.importRecording(longer)).isNew).toBe(true);
      expect(first.session.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    }));

  it('that was cut short is mended here, and stays as it was there', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(7) });
      await truncate(file, Math.floor((await stat(file)).size / 2));
      const before = await readFile(file);
      const library = await openShelf(folder);
      const { session } = await library.importRecording(file);
      const copy = await readRecording(join(folder, session.file!));
      expect([session.state, copy.damage, session.bytes]).toEqual(['recovered', null, (await stat(join(folder, session.file!))).size]);
      expect(await readFile(file)).toEqual(before);
    }));

  it('takes no other one\'s name', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const file = await recordInto(scratch, 'x.mcap', { sessionId: idNumber(7), startUtcMs: startNumber(7) });
      await mkdir(folder);
      await writeFile(join(folder, '2026-01-01T07-00-00-000Z-000000000007.mcap'), 'mine');
      const { session } = await (await openShelf(folder)).importRecording(file);
      expect(session.file).toBe(`2026-01-01T07-00-00-000Z-${idNumber(7)}.mcap`);
      expect(await readFile(join(folder, '2026-01-01T07-00-00-000Z-000000000007.mcap'), 'utf8')).toBe('mine');
    }));

  it('that is none is refused, and nothing is left of it', () =>
    inScratch(async (scratch) => {
      const folder = join(scratch, 'data');
      const library = await openShelf(folder);
      await writeFile(join(scratch, 'x.mcap'), 'no recording');
      await expect(library.importRecording(join(scratch, 'x.mcap'))).rejects.toMatchObject({ code: 'E_NOT_A_RECORDING' });
      await expect(library.importRecording(join(scratch, 'nothing.mcap'))).rejects.toMatchObject({ code: 'E_FILE_READ' });
      expect(library.stats().sessions).toBe(0);
      expect((await readdir(folder)).filter((name) => name.includes('mcap'))).toEqual([]);
      await expect((await openShelf(null)).importRecording('x.mcap')).rejects.toMatchObject({ code: 'E_LIBRARY' });
    }));
});

describe('removing', () => {
  it('a session removes its recording and says so; one that has gone already is said too', () =>
    inScratch(async (folder) => {
      const bytes = (await stat(await recordInto(folder, 'a.mcap', { sessionId: idNumber(1) }))).size;
      await recordInto(folder, 'b.mcap', { sessionId: idNumber(2) });
      const library = await openShelf(folder);
      await library.keepRecording('a.mcap');
      await library.keepRecording('b.mcap');
      await rm(join(folder, 'b.mcap'));
      expect(await library.deleteSession(idNumber(1))).toEqual({ id: idNumber(1), file: 'a.mcap', recording: 'removed', bytes });
      expect(await library.deleteSession(idNumber(2))).toEqual({ id: idNumber(2), file: 'b.mcap', recording: 'missing', bytes: 0 });
      expect((await readdir(folder)).filter((name) => name.endsWith('.mcap'))).toEqual([]);
      expect(library.stats()).toMatchObject({ sessions: 0, bytes: 0 });
    }));

  it('by age and by size spares what is starred, and says what went', () =>
    inScratch(async (folder) => {
      const library = await openShelf(folder);
      const agesDays = [100, 90, 50, 40, 30, 1];
      for (const [n, days] of agesDays.entries()) {
        await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n), startUtcMs: NOW - days * DAY_MS, seconds: 5 });
        await library.keepRecording(`${n}.mcap`);
      }
      library.star(idNumber(0), true);
      library.star(idNumber(3), true);
      const { bytes } = library.getSession(idNumber(0));
      const left = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.endsWith('.mcap'));

      expect(await library.retention({ maxAgeDays: null, maxBytes: null })).toEqual({ removed: [], freedBytes: 0 });
      const oneBytes = library.getSession(idNumber(1)).bytes;
      const byAge = await library.retention({ maxAgeDays: 60, maxBytes: null });
      expect(byAge.removed).toEqual([{ id: idNumber(1), file: '1.mcap', recording: 'removed', bytes: oneBytes, why: 'age' }]);
      expect(await left()).toEqual(['0.mcap', '2.mcap', '3.mcap', '4.mcap', '5.mcap']);

      const bySize = await library.retention({ maxAgeDays: null, maxBytes: 3.5 * bytes });
      expect(bySize.removed.map(({ id, why }) => [id, why])).toEqual([[idNumber(2), 'size'], [idNumber(4), 'size']]);
      expect(bySize.freedBytes).toBeGreaterThan(1.9 * bytes);
      expect(await left()).toEqual(['0.mcap', '3.mcap', '5.mcap']);

      expect((await library.retention({ maxAgeDays: 1 / 1440, maxBytes: 1_000_000_000 })).removed.map(({ id }) => id)).toEqual([idNumber(5)]);
      expect(await left()).toEqual(['0.mcap', '3.mcap']);
      expect((await library.retention({ maxAgeDays: 1, maxBytes: 1 })).removed).toEqual([]);
    }));
});

describe('rebuilding', () => {
  it('leaves alone what is being recorded, and finishes what no program will', () =>
    inScratch(async (folder) => {
      const recorder = startRecorder({
        folder, meta: { source: 'simulated', software: 'test', scenario: null, seed: null }, clock: systemClock, onTrouble: (trouble) => expect.unreachable(trouble.line),
      });
      await recorder.opened;
      const cut = await recordInto(folder, 'cut.mcap', { sessionId: idNumber(1) });
      await truncate(cut, Math.floor((await stat(cut)).size / 2));
      const library = await openShelf(folder);
      const name = basename(recorder.file);
      expect(await library.rebuild()).toEqual({ kept: 1, skipped: [{ file: name, why: expect.stringContaining('is being recorded') }], missing: [] });
      expect(library.getSession(idNumber(1))).toMatchObject({ state: 'recovered', bytes: (await stat(cut)).size });
      expect((await readRecording(cut)).damage).toBeNull();
      await recorder.close();
    }));

  it('makes the library of the recordings that can be read, and says which cannot', () =>
    inScratch(async (folder) => {
      for (const n of [1, 2]) await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n) });
      await writeFile(join(folder, 'broken.mcap'), 'nothing');
      await writeFile(join(folder, '.half.mcap.1.part'), 'nothing');
      const library = await openShelf(folder);
      expect(library.isNew).toBe(true);
      expect(await library.rebuild()).toEqual({
        kept: 2, skipped: [{ file: 'broken.mcap', why: expect.stringContaining('not a roller recording') }], missing: [],
      });
      library.changeSession(idNumber(1), { note: 'mine' });
      await rm(join(folder, '2.mcap'));
      expect(await library.rebuild()).toMatchObject({ kept: 1, missing: [idNumber(2)] });
      expect(library.getSession(idNumber(1)).note).toBe('mine');
    }));

  it('takes one recording of a session, however many copies lie there, and the next one when that has gone', () =>
    inScratch(async (folder) => {
      for (const name of ['a.mcap', 'b.mcap']) await recordInto(folder, name, { sessionId: idNumber(1), seconds: 3 });
      const library = await openShelf(folder);
      const copy = (file: string, kept: string) => ({ file, why: `${join(folder, file)} is of the session whose recording is ${kept}` });
      expect(await library.catchUp()).toEqual({ kept: 1, skipped: [copy('b.mcap', 'a.mcap')] });
      expect(await library.catchUp()).toEqual({ kept: 0, skipped: [copy('b.mcap', 'a.mcap')] });
      expect(await library.rebuild()).toMatchObject({ kept: 1, skipped: [copy('b.mcap', 'a.mcap')] });
      await rm(join(folder, 'a.mcap'));
      expect(await library.catchUp()).toEqual({ kept: 1, skipped: [] });
      expect(library.getSession(idNumber(1)).file).toBe('b.mcap');
    }));

  it('catches up with what was put there since, and touches nothing else', () =>
    inScratch(async (folder) => {
      await recordInto(folder, '1.mcap', { sessionId: idNumber(1) });
      const library = await openShelf(folder);
      expect(await library.catchUp()).toEqual({ kept: 1, skipped: [] });
      await recordInto(folder, '1.mcap', { sessionId: idNumber(1), seconds: 5 });
      const cut = await recordInto(folder, '2.mcap', { sessionId: idNumber(2) });
      await truncate(cut, Math.floor((await stat(cut)).size / 2));
      expect(await library.catchUp()).toEqual({ kept: 1, skipped: [] });
      expect(library.getSession(idNumber(1)).durationS).toBeCloseTo(20, 1);
      expect(library.getSession(idNumber(2)).state).toBe('recovered');
      expect(await (await openShelf(null)).catchUp()).toEqual({ kept: 0, skipped: [] });
    }));
});
