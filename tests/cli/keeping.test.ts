import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readRecording } from '../../src/sessions/reader.ts';
import { openProbe, type Probe } from '../server/house.ts';
import { inScratch } from '../sessions/scratch.ts';
import { finished, isBuilt, printed, start, type Running } from './program.ts';

interface Serving extends Running {
  readonly url: string;
  readonly probe: Probe;
}

/** The service, with a client; killed at the end of the test if it still runs. */
async function serve(...args: readonly string[]): Promise<Serving> {
  const running = start('serve', '--port', '0', ...args);
  onTestFinished(() => void running.child.kill('SIGKILL'));
  const [, url] = await printed(running, /(http:\/\/127\.0\.0\.1:\d+\/)/);
  const probe = openProbe(`${url!.replace('http', 'ws')}ws`);
  onTestFinished(() => probe.socket.terminate());
  await once(probe.socket, 'open');
  return { ...running, url: url!, probe };
}

async function interrupt({ child, ended }: Serving): Promise<void> {
  child.kill('SIGINT');
  expect(await ended).toBe(130);
}

const rolledFor = (probe: Probe, seconds: number): Promise<unknown> => probe.next('snapshot', ({ tS }) => tS >= seconds);
const lastSeenS = (probe: Probe): number => probe.all('snapshot').at(-1)!.tS;

interface Listed {
  readonly sessions: readonly { readonly durationS: number; readonly state: string; readonly file: string }[];
}

async function sessionsIn(folder: string): Promise<Listed['sessions']> {
  const { code, out, err } = await finished('sessions', 'list', '--data', folder, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return (JSON.parse(out) as Listed).sessions;
}

/** Faster than a person could, so that there is a cue soon. */
const ROLLING = ['--scenario', 'too-fast', '--seed', '1'] as const;

describe.runIf(isBuilt)('the program keeps what was rolled', () => {
  test('also when it is killed: the next start mends the file, says what was lost, and at most the last second is', { timeout: 60_000 }, () =>
    inScratch(async (folder) => {
      const killed = await serve('--data', folder, ...ROLLING);
      await rolledFor(killed.probe, 3);
      killed.child.kill('SIGKILL');
      const seenS = lastSeenS(killed.probe);
      expect(await killed.ended).toBe('SIGKILL');

      const next = await serve('--data', folder, ...ROLLING);
      expect(next.err()).toMatch(/the program ended while it was recording; \d+ messages over \d+\.\d s are kept/);
      await rolledFor(next.probe, 1);
      const nextS = lastSeenS(next.probe);
      await interrupt(next);
      const [whole, recovered, ...more] = await sessionsIn(folder);
      expect(more).toEqual([]);
      expect([whole!.state, recovered!.state]).toEqual(['whole', 'recovered']);
      expect(recovered!.durationS).toBeGreaterThan(seenS - 1);
      expect(whole!.durationS).toBeGreaterThanOrEqual(nextS);
      for (const { file } of [whole!, recovered!]) expect((await readRecording(path.join(folder, file))).damage).toBeNull();
    }));

  test('and makes files of long recordings without a stop for whoever rolls meanwhile', { timeout: 60_000 }, () =>
    inScratch(async (folder) => {
      const recording = path.join(folder, 'long.mcap');
      await finished('simulate', '--scenario', 'tour', '--seed', '1', '--seconds', '1800', '--out', recording);
      const data = path.join(folder, 'data');
      await finished('sessions', 'import', recording, '--data', data);
      const { probe, url } = await serve('--data', data, ...ROLLING);
      await rolledFor(probe, 1);
      const { sessions } = (await (await fetch(`${url}api/v1/sessions`)).json()) as { sessions: { id: string; durationS: number }[] };
      const { id } = sessions.find(({ durationS }) => durationS > 1000)!;
      const before = probe.all('snapshot').length;
      const made = (await (await fetch(`${url}api/v1/sessions/${id}/export?format=json`)).json()) as { series: unknown };
      expect(made.series).toBeDefined();
      expect(probe.all('snapshot').length - before).toBeGreaterThan(5);
      const { tS } = (await (await fetch(`${url}api/v1/sessions/${id}/series?maxPoints=100`)).json()) as { tS: number[] };
      expect(tS.at(-1)).toBeGreaterThan(1799);
    }));

  test('beside another that keeps in the same folder: neither disturbs the other', { timeout: 60_000 }, () =>
    inScratch(async (folder) => {
      const one = await serve('--data', folder, ...ROLLING);
      await rolledFor(one.probe, 1.5);
      const other = await serve('--data', folder, '--scenario', 'good-rolling', '--seed', '2');
      await rolledFor(other.probe, 1);
      await interrupt(one);
      const moreS = lastSeenS(other.probe) + 1;
      await rolledFor(other.probe, moreS);
      await interrupt(other);
      for (const { err } of [one, other]) expect(err()).not.toMatch(/could not be kept|recording stopped/);
      const sessions = await sessionsIn(folder);
      expect(sessions.map(({ state }) => state)).toEqual(['whole', 'whole']);
      const files = (await readdir(folder)).filter((name) => name.endsWith('.mcap'));
      expect(new Set(sessions.map(({ file }) => file))).toEqual(new Set(files));
    }));

  test('and plays it again, driven by a client', { timeout: 60_000 }, () =>
    inScratch(async (scratch) => {
      const folder = path.join(scratch, 'recordings');
      await mkdir(folder);
      for (const [name, scenario] of [['a', 'too-fast'], ['b', 'good-rolling']] as const) {
        expect((await finished('simulate', '--scenario', scenario, '--seconds', '12', '--out', path.join(folder, `${name}.mcap`))).code).toBe(0);
      }
      const analysis = JSON.parse((await finished('analyze', path.join(folder, 'a.mcap'), '--json')).out) as { cues: { tS: number; kind: string }[] };
      const [due] = analysis.cues;
      expect(due).toMatchObject({ kind: 'too-fast' });

      const playing = await serve('--source', 'replay', '--recording', folder, '--rate', 'max', '--loop');
      const { probe } = playing;
      await probe.next('playback', ({ number }) => number === 1);
      const rounds = probe.all('playback').length;
      await probe.next('playback', (message) => message.number === 0 && probe.all('playback').indexOf(message) > rounds);
      probe.say({ type: 'playback', playing: false });
      await probe.next('playback', ({ playing: on }) => !on);
      probe.say({ type: 'playback', number: 0, loop: false, rate: 8 });
      const opened = await probe.next('playback', ({ playing: on, number, rate, loop }) => !on && number === 0 && rate === 8 && !loop);
      expect(opened).toMatchObject({ file: 'a.mcap', files: 2 });
      const cuesBefore = probe.all('cue').length;
      const from = probe.received.length;
      probe.say({ type: 'playback', seekS: due!.tS - 1, playing: true });
      await probe.next('cue', (cue) => probe.all('cue').indexOf(cue) >= cuesBefore && cue.kind === 'too-fast' && cue.phase === 'start');
      const told = probe.all('cue').slice(cuesBefore).find(({ phase }) => phase === 'start');
      expect(told!.tS).toBeCloseTo(due!.tS, 3);
      const shown = probe.received.slice(from).find((message) => message.type === 'snapshot' && message.tS > 0 && message.tS < due!.tS);
      expect(shown).toMatchObject({ source: 'replay' });
      await probe.next('playback', ({ ended }) => ended);
      expect(probe.all('session').at(-1)).toMatchObject({ state: 'stopped', recording: 'off' });
      await interrupt(playing);
      expect(playing.err()).not.toMatch(/warn/);
      expect(await readdir(folder)).toEqual(['a.mcap', 'b.mcap']);
    }));
});
