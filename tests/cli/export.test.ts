import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inScratch, sampleFile } from '../sessions/scratch.ts';
import { cli } from './run-cli.ts';

/** Runs in a folder with a recording of five seconds of s03 in it. */
const withRecording = (run: (folder: string, file: string) => Promise<void>): Promise<void> =>
  inScratch(async (folder) => {
    const file = join(folder, 'a.mcap');
    expect((await cli(['simulate', '--scenario', 's03', '--seconds', '5', '--out', file])).code).toBe(0);
    await run(folder, file);
  });

describe('export', () => {
  test.each([
    ['csv', /^t_s,gyro_x_dps,/],
    ['json', /^\{"format":"smart-roller-session"/],
    ['fit', /^.{8}\.FIT/s],
    ['report', /^<!doctype html>/],
  ])('makes %s of a recording, and says what it wrote', (format, beginning) =>
    withRecording(async (folder, file) => {
      const out = join(folder, `a.${format}`);
      await writeFile(out, 'an older one');
      const { code, out: said, err } = await cli(['export', file, '--format', format, '--out', out]);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(await readFile(out, 'latin1')).toMatch(beginning);
      expect(said.trim().split('\n')).toEqual(format === 'csv' ? [out, `${out}-metadata.json`] : [out]);
      expect(await readdir(folder)).toHaveLength(format === 'csv' ? 3 : 2);
    }),
  );

  test('has the derived columns unless --raw is given', () =>
    withRecording(async (folder, file) => {
      const headerOf = async (...flags: string[]): Promise<string | undefined> => {
        const out = join(folder, 'a.csv');
        expect((await cli(['export', file, '--format', 'csv', '--out', out, ...flags])).code).toBe(0);
        return (await readFile(out, 'utf8')).split('\r\n')[0];
      };
      expect(await headerOf()).toMatch(/p1_kpa,speed_cm_s,position_cm,contact,force_n$/);
      expect(await headerOf('--derived')).toBe(await headerOf());
      expect(await headerOf('--raw')).toMatch(/p1_kpa$/);
    }));

  test('judges by the thresholds and the muscle that are given', () =>
    withRecording(async (folder, file) => {
      const out = join(folder, 'a.json');
      const flags = ['--group', 'adductors', '--mass-kg', '80', '--coaching-adductors-warn-cm-s', '18'];
      expect((await cli(['export', file, '--format', 'json', '--out', out, ...flags])).code).toBe(0);
      const { summary } = JSON.parse(await readFile(out, 'utf8')) as { summary: { groups: { group: string; speed: { warnCmS: number } }[]; origin: { massKg: number } } };
      expect(summary.groups[0]).toMatchObject({ group: 'adductors', speed: { warnCmS: 18 } });
      expect(summary.origin.massKg).toBe(80);
    }));

  test('the raw CSV is taken in again by the very line that its sidecar tells', () =>
    withRecording(async (folder, file) => {
      const [csv, again] = [join(folder, 'b.csv'), join(folder, 'b.mcap')];
      await cli(['export', file, '--format', 'csv', '--raw', '--out', csv]);
      const { 'rdfs:comment': line } = JSON.parse(await readFile(`${csv}-metadata.json`, 'utf8')) as { 'rdfs:comment': string };
      const args = line.replace('FILE.csv', csv).replace('FILE.mcap', again).split(' ').slice(1);
      expect(await cli(args)).toMatchObject({ code: 0, err: '' });
      const { out } = await cli(['analyze', again, '--group', 'quadriceps', '--json']);
      expect(JSON.parse(out)).toMatchObject({ source: 'live', cues: [{ kind: 'too-fast', level: 1 }] });
    }));

  test('of a file that was cut short goes as far as it does, with a warning', () =>
    inScratch(async (folder) => {
      const [file, out] = [join(folder, 'a.mcap'), join(folder, 'a.json')];
      const whole = await sampleFile(200);
      await writeFile(file, whole.subarray(0, whole.length * 0.6));
      const { code, err } = await cli(['export', file, '--format', 'json', '--out', out]);
      expect(code).toBe(0);
      expect(err).toMatch(/^smart-roller: warning: .*cut short.*exported as far as it goes\n$/);
      expect(await readFile(out, 'utf8')).toMatch(/"damage":"the file is cut short/);
    }));

  test('into a folder that is not there fails with one line', () =>
    withRecording(async (folder, file) => {
      const { code, err } = await cli(['export', file, '--format', 'fit', '--out', join(folder, 'nowhere', 'a.fit')]);
      expect(code).toBe(1);
      expect(err).toMatch(/^smart-roller: E_FILE_WRITE: cannot write \S+nowhere\/a\.fit: ENOENT[^\n]*\n$/);
    }));
});
