import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCalibrations } from '../../src/sessions/calibrations.ts';
import { inScratch } from './scratch.ts';

const NOW = Date.UTC(2026, 4, 3, 12, 30);
const SOFT = { radiusCm: 7.06, forceScale: 1.12 };
const RIGID = { radiusCm: null, forceScale: 0.9 };

const positive = fc.double({ min: 0.1, max: 100, noNaN: true });

describe('calibrations kept per roller', () => {
  it('are there the next time', () =>
    inScratch(async (folder) => {
      const data = path.join(folder, 'data');
      const first = await openCalibrations(data, NOW);
      expect(first.of('a')).toBeNull();
      await first.keep('a', SOFT, NOW);
      await first.keep('b', RIGID, NOW);
      await first.keep('a', { ...SOFT, radiusCm: 7.1 }, NOW);
      const second = await openCalibrations(data, NOW);
      expect(second.of('a')).toMatchObject({ radiusCm: 7.1, forceScale: 1.12, since: { distance: '2026-05-03T12:30:00.000Z', weight: '2026-05-03T12:30:00.000Z' } });
      expect(second.of('b')).toMatchObject(RIGID);
      expect(second.damage).toBeNull();
      expect(await readdir(data)).toEqual(['calibrations.json']);
    }));

  it('keep each value with the day on which it was found, what is comfortable apart from the rest', () =>
    inScratch(async (folder) => {
      const day = (n: number): number => Date.UTC(2026, 4, n);
      const kept = await openCalibrations(folder, NOW);
      await kept.keep('a', { radiusCm: 7.1, forceScale: null }, day(1));
      await kept.keep('a', { radiusCm: 7.1, forceScale: 1.1 }, day(2));
      await kept.keep('a', { radiusCm: 7.1, forceScale: 1.1, comfortLoad: 410 }, day(3));
      await kept.keep('a', { radiusCm: 7.2, forceScale: 1.1, comfortLoad: 410 }, day(4));
      const again = (await openCalibrations(folder, NOW)).of('a');
      expect(again).toEqual({
        radiusCm: 7.2, forceScale: 1.1, comfortLoad: 410,
        since: { distance: '2026-05-04T00:00:00.000Z', weight: '2026-05-02T00:00:00.000Z', comfort: '2026-05-03T00:00:00.000Z' },
      });
      const file = JSON.parse(await readFile(path.join(folder, 'calibrations.json'), 'utf8')) as unknown;
      expect(file).toMatchObject({ version: 1, rollers: { a: { comfort: { anyone: { load: 410 } } } } });
    }));

  it('of a file from before: all of one day', () =>
    inScratch(async (folder) => {
      const old = { version: 1, rollers: { a: { radiusCm: 7.1, forceScale: null, calibratedUtc: '2025-05-03T12:30:00.000Z' } } };
      await writeFile(path.join(folder, 'calibrations.json'), JSON.stringify(old));
      const kept = await openCalibrations(folder, NOW);
      expect(kept.damage).toBeNull();
      expect(kept.of('a')).toEqual({ radiusCm: 7.1, forceScale: null, comfortLoad: null, since: { distance: '2025-05-03T12:30:00.000Z' } });
    }));

  it('are written whole and in order, however fast they come', () =>
    inScratch(async (folder) => {
      const kept = await openCalibrations(folder, NOW);
      await Promise.all(Array.from({ length: 20 }, (_, i) => kept.keep(`roller ${i % 3}`, { radiusCm: 7 + i / 100, forceScale: null }, NOW)));
      const again = await openCalibrations(folder, NOW);
      expect(again.of('roller 1')?.radiusCm).toBeCloseTo(7.19, 9);
      expect(again.of('roller 2')?.radiusCm).toBeCloseTo(7.17, 9);
    }));

  it('last as long as the program where there is no folder', async () => {
    const kept = await openCalibrations(null, NOW);
    await kept.keep('a', SOFT, NOW);
    expect(kept.of('a')).toMatchObject(SOFT);
  });

  it('are set aside, told and not lost where the file cannot be understood, whatever is in it', () =>
    inScratch(async (folder) => {
      const file = path.join(folder, 'calibrations.json');
      const texts = ['', '{', '[]', '{"version":2,"rollers":{}}', '{"version":1,"rollers":{"a":{"radiusCm":"7","forceScale":1}}}'];
      for (const [i, text] of texts.entries()) {
        await writeFile(file, text);
        const kept = await openCalibrations(folder, NOW + i * 1000);
        const aside = path.join(folder, `calibrations.broken-2026-05-03T12-30-0${i}.json`);
        expect(kept.damage).toBe(`${file} cannot be understood and is now ${aside}; rollers count as not calibrated`);
        expect(await readFile(aside, 'utf8')).toBe(text);
        await kept.keep('a', SOFT, NOW);
        expect((await openCalibrations(folder, NOW)).of('a')).toMatchObject(SOFT);
      }
    }));

  it('come back as they were kept', () =>
    inScratch((folder) =>
      fc.assert(
        fc.asyncProperty(fc.string({ minLength: 1 }), positive, positive, async (id, radiusCm, forceScale) => {
          await (await openCalibrations(folder, NOW)).keep(id, { radiusCm, forceScale }, NOW);
          expect((await openCalibrations(folder, NOW)).of(id)).toMatchObject({ radiusCm, forceScale });
        }),
        { numRuns: 30 },
      )));

  it('say which folder cannot be written', () =>
    inScratch(async (folder) => {
      const kept = await openCalibrations(path.join(folder, 'sub'), NOW);
      await writeFile(path.join(folder, 'sub'), 'a file, not a folder');
      await expect(kept.keep('a', SOFT, NOW)).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
      expect(kept.of('a')).toMatchObject(SOFT);
      await mkdir(path.join(folder, 'calibrations.json'));
      await expect(openCalibrations(folder, NOW)).rejects.toMatchObject({ code: 'E_FILE_READ' });
    }));
});
