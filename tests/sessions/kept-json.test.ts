import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openKeptJson, type KeptJson } from '../../src/sessions/kept-json.ts';
import { inScratch } from './scratch.ts';

const schema = z.object({ words: z.array(z.string()) });
const NAME = 'words.json';
const open = (folder: string | null): Promise<KeptJson<z.infer<typeof schema>>> =>
  openKeptJson({ folder, name: NAME, schema, empty: { words: [] }, consequence: 'nothing is said', utcMs: 0 });

describe('a small file of a data folder', () => {
  it('is written whole and in order, however fast it is asked for, in a folder that is made for it', () =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'data');
      const kept = await open(folder);
      expect(kept.content).toEqual({ words: [] });
      await Promise.all(Array.from({ length: 20 }, (_, index) => kept.write({ words: [`word ${index}`] })));
      expect((await open(folder)).content).toEqual({ words: ['word 19'] });
      expect(await readdir(folder)).toEqual([NAME]);
    }));

  it('gives back what it was given', () =>
    inScratch((folder) =>
      fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit: 'binary' })), async (words) => {
          await (await open(folder)).write({ words });
          expect((await open(folder)).content).toEqual({ words });
        }),
        { numRuns: 10 },
      )));

  it('that could not be understood can be written again', () =>
    inScratch(async (folder) => {
      await writeFile(path.join(folder, NAME), '{"words":7}');
      const kept = await open(folder);
      expect(kept.damage).toMatch(/words\.json cannot be understood and is now .*words\.broken-1970-01-01T00-00-00\.json; nothing is said$/);
      await kept.write({ words: ['yes'] });
      expect(await open(folder)).toMatchObject({ content: { words: ['yes'] }, damage: null });
    }));

  it('says where it cannot be written, and is asked again the next time', () =>
    inScratch(async (folder) => {
      const kept = await open(path.join(folder, 'sub'));
      await writeFile(path.join(folder, 'sub'), 'a file, not a folder');
      for (let turn = 0; turn < 2; turn++) await expect(kept.write({ words: [] })).rejects.toMatchObject({ code: 'E_FILE_WRITE' });
    }));
});
