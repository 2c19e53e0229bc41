import { execFileSync } from 'node:child_process';
import { lstat, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test } from 'vitest';
import { inScratch } from '../sessions/scratch.ts';
import { cli } from './run-cli.ts';

const simulate = (out: string): ReturnType<typeof cli> => cli(['simulate', '--scenario', 's03', '--seconds', '2', '--out', out]);

describe.skipIf(process.platform === 'win32')('--out', () => {
  test('is never a pipe or a device, which a file would replace', () =>
    inScratch(async (folder) => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const { code, err } = await simulate(pipe);
      expect({ code, err }).toEqual({
        code: 1,
        err: `smart-roller: E_FILE_WRITE: cannot write ${pipe}: a device or a pipe would be replaced; give the name of a file\n`,
      });
      expect((await lstat(pipe)).isFIFO()).toBe(true);
    }));

  test('that is a link means the file it names', () =>
    inScratch(async (folder) => {
      const [file, link] = [join(folder, 'a.mcap'), join(folder, 'link')];
      await writeFile(file, 'an older one');
      await symlink('a.mcap', link);
      expect(await simulate(link)).toMatchObject({ code: 0, err: '' });
      expect(await readlink(link)).toBe('a.mcap');
      expect((await readFile(file, 'latin1')).slice(1, 5)).toBe('MCAP');
    }));

  test('is not what is read, by whatever name', () =>
    inScratch(async (folder) => {
      const [file, link] = [join(folder, 'a.mcap'), join(folder, 'link')];
      await simulate(file);
      await symlink('a.mcap', link);
      const before = await readFile(file);
      for (const [read, out] of [[file, link], [link, file]] as const) {
        const { code, err } = await cli(['export', read, '--format', 'csv', '--out', out]);
        expect({ code, err }).toEqual({ code: 2, err: 'smart-roller: E_USAGE: --out is the recording itself; give another name\n' });
      }
      expect(await readFile(file)).toEqual(before);
    }));
});
