import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inScratch } from '../scratch.ts';
import { NOW, openShelf } from './shelf.ts';

/** As software wrote it that had no library yet. */
const FILE = {
  version: 1,
  rollers: {
    r1: {
      radiusCm: 7.06, forceScale: 1.12, calibratedUtc: '2026-05-03T12:29:59.000Z', radiusUtc: '2026-05-01T00:00:00.000Z', forceUtc: '2026-05-03T12:29:59.000Z',
      comfort: { anyone: { load: 810, calibratedUtc: '2026-05-02T00:00:00.000Z' } },
    },
  },
};
/** The first version of it: all of one day, and nothing of comfort. */
const FIRST_FILE = { version: 1, rollers: { r1: { radiusCm: 7.1, forceScale: null, calibratedUtc: '2025-05-03T12:30:00.000Z' } } };

const UNKNOWN = { id: 'r1', name: 'Roller', tool: null, lastSeenUtcMs: null };
const write = (folder: string, content: unknown): Promise<void> => writeFile(path.join(folder, 'calibrations.json'), JSON.stringify(content));

describe('what was calibrated before there was a library', () => {
  it('is taken over with the day of each value, once', () =>
    inScratch(async (folder) => {
      await write(folder, FILE);
      const first = await openShelf(folder);
      expect(first.damage).toBeNull();
      expect(first.listRollers()).toMatchObject([
        {
          ...UNKNOWN, radiusCm: 7.06, radiusUtcMs: Date.UTC(2026, 4, 1), forceScale: 1.12, forceUtcMs: NOW - 1000,
          comfortLoad: 810, comfortUtcMs: Date.UTC(2026, 4, 2),
        },
      ]);
      first.changeRoller('r1', { radiusCm: null }, NOW);
      first.close();
      expect((await openShelf(folder)).getRoller('r1')).toMatchObject({ radiusCm: null, radiusUtcMs: null, forceScale: 1.12 });
    }));

  it('is all of one day in the first version of the file', () =>
    inScratch(async (folder) => {
      await write(folder, FIRST_FILE);
      expect((await openShelf(folder)).listRollers()).toMatchObject([
        { ...UNKNOWN, radiusCm: 7.1, radiusUtcMs: Date.UTC(2025, 4, 3, 12, 30), forceScale: null, forceUtcMs: null, comfortLoad: null, comfortUtcMs: null },
      ]);
    }));

  const damages = ['', '{', '[]', '{"version":2,"rollers":{}}', '{"version":1,"rollers":{"r1":{"radiusCm":"7","forceScale":1}}}'];
  it.each(damages)('is set aside, told and not lost where the file is %j', (text) =>
    inScratch(async (folder) => {
      const file = path.join(folder, 'calibrations.json');
      await writeFile(file, text);
      const library = await openShelf(folder);
      const aside = path.join(folder, 'calibrations.broken-2026-05-03T12-30-00.json');
      expect(library.damage).toBe(`${file} cannot be understood and is now ${aside}; rollers count as not calibrated`);
      expect(library.listRollers()).toEqual([]);
      expect(await readFile(aside, 'utf8')).toBe(text);
    }));

  it('keeps the library from being opened where it cannot be read', () =>
    inScratch(async (folder) => {
      await mkdir(path.join(folder, 'calibrations.json'));
      await expect(openShelf(folder)).rejects.toMatchObject({ code: 'E_FILE_READ' });
    }));
});
