import { readFile, writeFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../../src/cli/analysis.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { csvOf, logRows } from '../sessions/log-maker.ts';
import { sampleFile, inScratch } from '../sessions/scratch.ts';
import { cli } from './run-cli.ts';

const oneLine = expect.stringMatching(/^smart-roller: E_[A-Z_]+: [^\n]+; [^\n]+\n$/) as string;

describe('the command line', () => {
  test('lists every command', async () => {
    const { code, out } = await cli(['--help']);
    expect(code).toBe(0);
    for (const name of Object.keys(COMMANDS)) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
    expect(await cli(['help'])).toEqual(await cli(['-h']));
  });

  test.each(Object.keys(COMMANDS))('tells the flags of %s, each on its line', async (name) => {
    const { code, out, err } = await cli([...name.split(' '), '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(`smart-roller ${name}`);
    expect(out).toMatch(/--config FILE/);
    expect(await cli(['help', ...name.split(' ')])).toEqual({ code, out, err });
  });

  test('tells its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await cli(['--version'])).toEqual({ code: 0, out: `smart-roller ${version}\n`, err: '' });
  });

  test.each([
    [['simulat'], 2, 'unknown command simulat; did you mean simulate?'],
    [['frobnicate'], 2, 'choose one of serve, simulate, analyze, import'],
    [[''], 2, 'unknown command ""; choose one of serve'],
    [['export', 'x.mcap'], 2, 'export needs --format'],
    [['export', 'x.mcap', '--format', 'xls', '--out', 'y'], 2, '--format cannot be "xls"; choose one of csv, json, fit, report'],
    [['export', 'x.mcap', '--format', 'csv'], 2, 'export needs --out'],
    [['export', 'x.mcap', '--format', 'fit', '--raw', '--out', 'y'], 2, '--raw is not for fit'],
    [['export', 'x.mcap', '--format', 'csv', '--raw', '--derived', '--out', 'y'], 2, '--raw and --derived exclude each other'],
    [['export', 'x.mcap', '--format', 'csv', '--out', './x.mcap'], 2, '--out is the recording itself'],
    [['export', '/nowhere/x.mcap', '--format', 'csv', '--out', 'y'], 1, 'cannot read /nowhere/x.mcap'],
    [['export', 'package.json', '--format', 'csv', '--out', 'y'], 1, 'package.json is not a roller recording'],
    [['sesions', 'list'], 2, 'unknown command sesions; did you mean sessions?'],
    [['sessions'], 2, 'sessions needs a second word; choose one of list, show'],
    [['sessions', '--json'], 2, 'sessions needs a second word'],
    [['sessions', 'lst'], 2, 'unknown command sessions lst; did you mean list?'],
    [['sessions', 'show'], 2, 'sessions show takes one ID, not 0'],
    [['sessions', 'list', '--jsno'], 2, 'unknown flag --jsno; did you mean --json?'],
    [['backup'], 2, 'backup needs --out'],
    [['serve', '--prot', '1'], 2, 'unknown flag --prot; did you mean --port?'],
    [['--sauce', 'ble'], 2, 'unknown flag --sauce; did you mean --source?'],
    [['serve', 'extra'], 2, 'serve takes no "extra"'],
    [['serve', '--port', '99999'], 2, '--port cannot be 99999; give a whole number from 0 to 65535'],
    [['serve', '--port'], 2, '--port needs a value'],
    [['serve', '--port', '--open'], 2, '--port needs a value'],
    [['serve', '--open=perhaps'], 2, '--open cannot be "perhaps"'],
    [['serve', '--source', 'ble', '--recording', 'x.mcap'], 2, 'say --source replay'],
    [['serve', '--recording', '/nowhere/x.mcap'], 1, 'cannot read /nowhere/x.mcap'],
    [['serve', '--recording', 'x.mcap', '--rate', '2'], 2, 'a roller on the radio has no rate'],
    [['serve', '--recording', 'x.mcap', '--rollers', '2'], 2, 'a recording is one roller, not 2'],
    [['serve', '--scenario', 'tuor'], 2, 'there is no scenario tuor; did you mean tour?'],
    [['analyze', 'x.mcap', '--port', '1'], 2, 'unknown flag --port for analyze'],
    [['analyze'], 2, 'analyze takes one FILE.mcap, not 0'],
    [['analyze', 'a', 'b'], 2, 'not 2'],
    [['analyze', ''], 2, 'analyze takes one FILE.mcap, not an empty text'],
    [['simulate', '--seconds', '1', '--out', `${'x'.repeat(245)}.mcap`], 1, 'ENAMETOOLONG: name too long; check the folder'],
    [['analyze', '/nowhere/x.mcap'], 1, 'cannot read /nowhere/x.mcap: ENOENT: no such file or directory'],
    [['analyze', 'package.json'], 1, 'package.json is not a roller recording'],
    [['simulate'], 2, 'simulate needs --out'],
    [['simulate', '--out', 'x', '--scenario', 'nonsense'], 2, 'there is no scenario nonsense; choose one of s01-'],
    [['simulate', '--out', 'x', '--seconds', '0'], 2, '--seconds cannot be "0"; give a number from 0.1 to 86400 s'],
    [['import', 'x.csv', '--out', 'y.mcap'], 2, 'import needs --radius-mm'],
    [['import', 'x.csv', '--out', './x.csv', '--radius-mm', '75'], 2, '--out is the CSV itself'],
    [['import', 'x.csv', '--out', 'y.mcap', '--radius-mm', '75', '--flip', 'aw'], 2, '--flip cannot be "aw"; give a list of ax, ay'],
    [['import', 'x.csv', '--out', 'y.mcap', '--radius-mm', '75', '--mount-mm', '3'], 2, '--mount-mm cannot be "3"; give two numbers'],
    [['import', '/nowhere/x.csv', '--out', 'y.mcap', '--radius-mm', '75'], 1, 'cannot read /nowhere/x.csv'],
  ])('answers %j with exit code %i and one line', async (args, code, message) => {
    expect(await cli(args)).toEqual({ code, out: '', err: oneLine });
    expect((await cli(args)).err).toContain(message);
  });
});

describe('simulate and analyze', () => {
  test('the same seed gives the same bytes, another seed others', () =>
    inScratch(async (folder) => {
      const bytes = async (name: string, seed: string): Promise<Buffer> => {
        const out = join(folder, name);
        expect(await cli(['simulate', '--scenario', 's03', '--seed', seed, '--seconds', '5', '--out', out])).toMatchObject({
          code: 0,
          err: '',
        });
        return readFile(out);
      };
      const first = await bytes('a.mcap', '7');
      expect(await bytes('b.mcap', '7')).toEqual(first);
      expect(await bytes('c.mcap', '8')).not.toEqual(first);
    }));

  test('record the truth beside the signal, and tell what is due as the document of the contract', () =>
    inScratch(async (folder) => {
      const file = join(folder, 's03.mcap');
      await cli(['simulate', '--scenario', 's03', '--seed', '1', '--seconds', '20', '--out', file]);
      const { truth, meta } = await readRecording(file);
      expect(meta).toMatchObject({ source: 'simulated', scenario: 's03-self-paced', seed: 1 });
      expect(truth.ticks.map(({ tS }) => tS)).toEqual(Array.from({ length: 200 }, (_, k) => expect.closeTo((k + 1) / 10, 9) as number));
      expect(truth.cues[0]).toMatchObject({ kind: 'too-fast', level: 1, group: 'quadriceps' });

      const { code, out, err } = await cli(['analyze', file, '--json', '--motion']);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const analysis = JSON.parse(out) as Analysis;
      expect(Object.keys(analysis)).toEqual(['source', 'durationS', 'roller', 'quality', 'groups', 'states', 'cues', 'motion']);
      expect(analysis).toMatchObject({
        source: 'simulated',
        quality: { lost: 0, decodeFaults: 0, gaps: 0 },
        groups: [{ group: 'quadriceps', side: 'left' }],
      });
      expect(analysis.durationS).toBeCloseTo(20, 1);
      expect(analysis.quality.frames).toBeGreaterThan(990);
      const [state] = analysis.states;
      const [cue] = analysis.cues;
      expect(state).toMatchObject({ kind: 'too-fast', level: 1, group: 'quadriceps' });
      expect(state!.endS).toBeGreaterThan(state!.startS);
      expect(cue).toMatchObject({ tS: state!.startS, kind: 'too-fast', level: 1, limit: 14 });
      expect(Math.abs(cue!.tS - truth.cues[0]!.tS)).toBeLessThan(1);
      expect(analysis.motion!.map(({ tS }) => tS)).toEqual(truth.ticks.map(({ tS }) => expect.closeTo(tS, 9) as number));
      expect(Object.keys(analysis.motion![0]!)).toEqual(['tS', 'speedCmS', 'positionCm', 'contact', 'forceN']);
    }));

  test('tell when a state began and when it ended; one that never did ends with the recording', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'tour.mcap');
      await cli(['simulate', '--scenario', 'tour', '--out', file]);
      const { states, durationS } = JSON.parse((await cli(['analyze', file, '--json'])).out) as Analysis;
      expect(new Set(states.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(4);
      const tooFast = states.filter(({ kind }) => kind === 'too-fast');
      expect(tooFast.length).toBeGreaterThan(0);
      for (const { startS, endS } of tooFast) expect(endS - startS).toBeLessThan(30);
      expect(states.find(({ kind }) => kind === 'dose-goal')?.endS).toBe(durationS);
      expect(states.map(({ startS }) => startS)).toEqual(states.map(({ startS }) => startS).toSorted((a, b) => a - b));
    }));

  test('flags override what was commanded when it was recorded', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'x.mcap');
      await cli(['simulate', '--scenario', 's03', '--seconds', '8', '--out', file]);
      const { groups } = JSON.parse((await cli(['analyze', file, '--json', '--group', 'lats', '--side', 'right'])).out) as Analysis;
      expect(groups.map(({ group, side }) => [group, side])).toEqual([['lats', 'right']]);
      const strict = JSON.parse((await cli(['analyze', file, '--json', '--coaching-speed-on-delay-s', '3'])).out) as Analysis;
      const usual = JSON.parse((await cli(['analyze', file, '--json'])).out) as Analysis;
      expect(strict.states[0]!.startS - usual.states[0]!.startS).toBeCloseTo(2, 6);
    }));

  test('a summary for a person names roller, group and cues', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'x.mcap');
      await cli(['simulate', '--scenario', 's03', '--seconds', '8', '--out', file]);
      const { out } = await cli(['analyze', file]);
      expect(out).toMatch(/simulated, 8\.0 s/);
      expect(out).toMatch(/Quadriceps, left/);
      expect(out).toMatch(/too-fast 1 .* limit 14\.0 cm\/s/);
    }));

  test('a recording cut short is analysed as far as it goes, with one warning; one with nothing left fails', () =>
    inScratch(async (folder) => {
      const bytes = await sampleFile(250);
      const [cut, stub] = [join(folder, 'cut.mcap'), join(folder, 'stub.mcap')];
      await writeFile(cut, bytes.subarray(0, bytes.length / 2));
      await writeFile(stub, bytes.subarray(0, 3000));
      const { code, out, err } = await cli(['analyze', cut, '--json']);
      expect(code).toBe(0);
      expect(err).toMatch(/^smart-roller: warning: [^\n]*cut short[^\n]*\n$/);
      expect((JSON.parse(out) as Analysis).quality.frames).toBeGreaterThan(50);
      expect(await cli(['analyze', stub])).toEqual({ code: 1, out: '', err: oneLine });
    }));

  test('when the person interrupts, nothing is left behind', () =>
    inScratch(async (folder) => {
      const interruption = new AbortController();
      const running = cli(['simulate', '--seconds', '3600', '--out', join(folder, 'x.mcap')], { interrupted: interruption.signal });
      setTimeout(() => interruption.abort(new Error('SIGINT')), 50);
      expect(await running).toEqual({ code: 130, out: '', err: '' });
      expect(await readdir(folder)).toEqual([]);
    }));
});

describe('import', () => {
  test('says in a line what it read, and what it assumed', () =>
    inScratch(async (folder) => {
      const [csv, out] = [join(folder, 'log.csv'), join(folder, 'log.mcap')];
      await writeFile(csv, csvOf(logRows({ rateHz: 100, seconds: 3, turnDps: (tS) => 60 * Math.sin(3 * tS), zonesKpa: () => [20, 30] })));
      const result = await cli(['import', csv, '--radius-mm', '75', '--out', out]);
      expect(result).toMatchObject({ code: 0, out: `${out}: 300 rows, 3.00 s at 100.000 Hz, turns about x, 2 pressure zones\n` });
      expect(result.err).toMatch(/note: zones of 66.0 cm2 are assumed/);
      expect((await cli(['import', csv, '--radius-mm', '75', '--zone-area-cm2', '12', '--mount-mm', '-3,4.5', '--out', out])).err).toBe('');
      expect(await cli(['analyze', out, '--json', '--group', 'quadriceps'])).toMatchObject({ code: 0, err: '' });
    }));
});
