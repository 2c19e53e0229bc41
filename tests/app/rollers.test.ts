import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { identityOf } from '../../simulators/roller/identity.ts';
import type { MuscleGroup } from '../../src/guide/groups.ts';
import type { PipelineState } from '../../src/pipeline.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import type { Probe } from '../server/house.ts';
import { inScratch } from '../sessions/scratch.ts';
import { runInputs } from '../support/run-inputs.ts';
import { start, type Run } from './companion.ts';

const MUSCLES: readonly MuscleGroup[] = ['quadriceps', 'lats', 'adductors', 'piriformis'];
const idOf = (seed: number): string => identityOf(seed).id;

/** A client for each roller, once all four stream. */
async function four({ connect }: Run): Promise<readonly Probe[]> {
  const lister = await connect();
  await lister.next('hello', ({ rollers }) => rollers.length === 4 && rollers.every(({ link }) => link === 'streaming'));
  const [hello] = lister.all('hello').slice(-1);
  return Promise.all(hello!.rollers.map(({ id }) => connect(id)));
}

async function replayed(file: string): Promise<PipelineState> {
  const { events, damage } = await readRecording(file);
  expect(damage).toBeNull();
  return runInputs(events).state;
}

describe.concurrent('rollers on one companion', () => {
  it('have a session each, cues and doses of their own, and lose no frame', { timeout: 60_000 }, async (test) => {
    await inScratch(async (folder) => {
      const run = await start(test, { rollers: 4, scenario: 'too-fast', data: folder });
      const probes = await four(run);
      expect(probes.map((probe) => probe.all('hello')[0]!.station)).toEqual([1, 2, 3, 4]);
      expect(probes[0]!.all('hello').at(-1)!.rollers.map(({ id }) => id)).toEqual([1, 2, 3, 4].map(idOf));

      for (const [index, probe] of probes.entries()) probe.say({ type: 'select', group: MUSCLES[index], side: 'left' });
      await Promise.all(probes.map((probe, index) => probe.next('session', ({ group, state }) => group === MUSCLES[index] && state === 'running')));
      probes[1]!.say({ type: 'pain', nrs: 9 });
      probes[2]!.say({ type: 'pause' });
      await probes[1]!.next('cue', ({ kind }) => kind === 'safety-stop');
      await Promise.all([0, 3].map((index) => probes[index]!.next('cue', ({ kind, phase }) => kind === 'too-fast' && phase === 'start')));
      await Promise.all([0, 3].map((index) => probes[index]!.next('session', ({ doses }) => doses.some(({ doseS }) => doseS > 6))));

      const last = probes.map((probe) => probe.all('session').at(-1)!);
      expect(last.map(({ state }) => state)).toEqual(['running', 'safety-stop', 'paused', 'running']);
      expect(last.map(({ roller }) => roller)).toEqual([1, 2, 3, 4].map(idOf));
      expect(new Set(last.map(({ id }) => id)).size).toBe(4);
      expect(last.map(({ doses }) => doses.some(({ doseS }) => doseS > 6))).toEqual([true, false, false, true]);
      for (const [index, probe] of probes.entries()) {
        expect(new Set(probe.all('cue').map(({ roller }) => roller)).size, `cues of roller ${index + 1}`).toBeLessThanOrEqual(1);
        expect(probe.all('cue').map(({ seq }) => seq)).toEqual(probe.all('cue').map((_cue, count) => count + 1));
        expect(new Set(probe.all('snapshot').map(({ roller }) => roller))).toEqual(new Set([idOf(index + 1)]));
      }
      expect(probes[0]!.all('cue').every(({ group }) => group === 'quadriceps')).toBe(true);

      await run.companion.close();
      const files = readdirSync(folder).filter((name) => name.endsWith('.mcap'));
      const pipelines = await Promise.all(files.map((name) => replayed(path.join(folder, name))));
      expect(new Set(pipelines.map(({ roller }) => roller?.id))).toEqual(new Set([1, 2, 3, 4].map(idOf)));
      expect(pipelines).toHaveLength(4);
      for (const { quality, durationS } of pipelines) {
        expect(quality).toMatchObject({ lost: 0, gaps: 0 });
        expect(quality.frames).toBeGreaterThan(45 * durationS);
      }
      expect(run.err.join('')).toContain(`info ${identityOf(4).name}: session `);
    });
  });

  it('obey whoever claims them, and come back to their clients', { timeout: 40_000 }, async (test) => {
    const run = await start(test, { rollers: 2, scenario: 'good-rolling', faults: 'vanish:at=4s,for=3s' });
    const [first, second, other] = await Promise.all([run.connect(idOf(1)), run.connect(idOf(2)), run.connect(idOf(1))]);
    await Promise.all([first, second].map((probe, index) => probe.next('hello', ({ station, rollers }) => station === index + 1 && rollers.length === 2)));
    first.say({ type: 'claim', label: 'Phone' });
    await other.next('hello', ({ rollers }) => rollers[0]?.claimedBy === 'Phone');
    other.say({ type: 'stop' });
    await other.next('error', ({ code }) => code === 'claimed');
    const running = await first.next('session', ({ state }) => state === 'running');
    const lost = await first.next('snapshot', ({ link }) => link === 'lost');
    const back = await first.next('snapshot', ({ link, tS }) => link === 'streaming' && tS > lost.tS + 2);
    expect(back).toMatchObject({ roller: idOf(1), session: 'running' });
    expect(first.all('session').at(-1)?.id).toBe(running.id);
    const streaming = second.all('snapshot').findIndex(({ link }) => link === 'streaming');
    expect(new Set(second.all('snapshot').slice(streaming).map(({ roller, link }) => `${roller} ${link}`))).toEqual(new Set([`${idOf(2)} streaming`]));

    second.say({ type: 'scan' });
    const { rollers } = await second.next('air');
    const heard = rollers.map(({ id, station, known, claimedBy }) => [id, station, known, claimedBy]);
    expect(heard).toEqual([[idOf(1), 1, true, 'Phone'], [idOf(2), 2, true, null]]);
  });
});
