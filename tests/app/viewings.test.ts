import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openMemory } from '../../src/app/memory.ts';
import { createViewings } from '../../src/app/viewings.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { buildServer } from '../../src/server/server.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { openProbe, type Probe } from '../server/house.ts';
import { idNumber, recordInto } from '../sessions/library/shelf.ts';
import { inScratch } from '../sessions/scratch.ts';
import { runInputs } from '../support/run-inputs.ts';
import { start } from './companion.ts';

const SILENT = { info: () => undefined, warn: () => undefined };

/** A folder with kept sessions 1 to `count`. */
async function withSessions(count: number, run: (folder: string) => Promise<void>): Promise<void> {
  await inScratch(async (folder) => {
    for (let n = 1; n <= count; n++) await recordInto(folder, `${n}.mcap`, { sessionId: idNumber(n), seconds: 20 });
    await run(folder);
  });
}

interface Hall {
  readonly play: (session: string) => Promise<Probe>;
  readonly close: () => Promise<void>;
}

/** Kept sessions of a folder, and a server with nothing else. */
async function openHall(folder: string): Promise<Hall> {
  const memory = await openMemory({ folder, remembersRollers: false, coaching: defaultCoachingConfig, clock: systemClock, log: SILENT });
  onTestFinished(() => memory.library.close());
  const viewings = createViewings({ memory, coaching: defaultCoachingConfig, software: 'test 0', clock: systemClock, log: SILENT });
  const nobody = { attach: () => undefined, close: () => Promise.resolve() };
  const policy = { host: '127.0.0.1', token: null };
  const server = buildServer({ hub: nobody, viewings, policy, health: () => ({ running: true }), dashboard: path.join(folder, 'none'), log: SILENT });
  await server.listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  const { port } = server.server.address() as AddressInfo;
  return {
    play: async (session) => {
      const probe = openProbe(`ws://127.0.0.1:${port}/ws?session=${session}`);
      onTestFinished(() => probe.socket.terminate());
      await once(probe.socket, 'open');
      return probe;
    },
    close: () => server.close(),
  };
}

const placeOf = async (probe: Probe): Promise<number> => (await probe.next('snapshot')).tS;

describe('a kept session that is watched again', () => {
  it('says what was said then, while somebody else rolls', { timeout: 20_000 }, async (test) => {
    await withSessions(1, async (folder) => {
      const { companion, connect, play } = await start(test, { data: folder });
      const { events } = await readRecording(path.join(folder, '1.mcap'));
      const { cues: due } = runInputs(events);
      const probe = await play(idNumber(1));
      probe.say({ type: 'resume', afterSeq: 0 });
      probe.say({ type: 'playback', rate: 16 });
      expect(await probe.next('hello')).toMatchObject({ source: 'replay', station: 1 });
      const last = await probe.next('snapshot', ({ session }) => session === 'stopped');
      expect(last.tS).toBeCloseTo(20, 0);
      // What is still on ends with the recording.
      const told = probe.all('cue').toSorted((a, b) => a.seq - b.seq).slice(0, due.length);
      expect(told).toEqual(due.map((event, index) => ({ type: 'cue', seq: index + 1, roller: last.roller, ...event })));
      expect(due.length).toBeGreaterThan(1);

      const live = await connect();
      expect(await live.next('hello')).toMatchObject({ source: 'simulated' });
      expect(await live.next('snapshot', ({ session }) => session === 'running')).toMatchObject({ source: 'simulated' });
      expect(live.all('playback')).toEqual([]);
      const kept = await fetch(`${companion.url}api/v1/sessions`).then((answer) => answer.json() as Promise<{ sessions: unknown[] }>);
      expect(kept.sessions).toHaveLength(1);
    });
  });

  it('is played for all who ask for it together, and each other one by itself', async () => {
    await withSessions(2, async (folder) => {
      const { play } = await openHall(folder);
      const [one, two, other] = [await play(idNumber(1)), await play(idNumber(1)), await play(idNumber(2))];
      await Promise.all([one, two, other].map((probe) => probe.next('timeline')));
      one.say({ type: 'playback', playing: false, seekS: 15 });
      await two.next('playback', ({ playing }) => !playing);
      expect((await two.next('snapshot', ({ tS }) => tS > 14)).tS).toBeCloseTo(15, 1);
      expect(await placeOf(other)).toBeLessThan(5);
      expect(other.all('playback').every(({ playing }) => playing)).toBe(true);
    });
  });

  it('is found where it was by who comes back soon, and begins anew for who comes later', async () => {
    await withSessions(1, async (folder) => {
      const { play } = await openHall(folder);
      const first = await play(idNumber(1));
      await first.next('timeline');
      first.say({ type: 'playback', playing: false, seekS: 15 });
      await first.next('snapshot', ({ tS }) => tS > 14);
      first.socket.terminate();
      await first.closed;
      const second = await play(idNumber(1));
      expect(await placeOf(second)).toBeCloseTo(15, 1);

      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => void vi.useRealTimers());
      second.socket.terminate();
      await second.closed;
      await vi.waitUntil(() => vi.getTimerCount() > 0);
      await vi.advanceTimersByTimeAsync(60_000);
      vi.useRealTimers();
      expect(await placeOf(await play(idNumber(1)))).toBeLessThan(5);
    });
  });

  it.each([
    ['that there never was', 'E_NOT_FOUND', idNumber(9), async () => undefined],
    ['whose name is no id', 'E_NOT_FOUND', '../../etc/passwd', async () => undefined],
    ['whose recording is gone', 'E_NOT_FOUND', idNumber(1), (folder: string) => rm(path.join(folder, '1.mcap'))],
  ] as const)('is refused when it is one %s, with why', async (_name, code, session, spoil) => {
    await withSessions(1, async (folder) => {
      const { play } = await openHall(folder);
      await spoil(folder);
      const probe = await play(session);
      expect(await probe.closed).toMatchObject({ code: 1008 });
      expect(probe.received).toMatchObject([{ type: 'error', code }]);
    });
  });

  it('is one of four at most, of which those that nobody watches make room', async () => {
    await withSessions(5, async (folder) => {
      const { play } = await openHall(folder);
      const probes = await Promise.all([1, 2, 3, 4].map((n) => play(idNumber(n))));
      await Promise.all(probes.map((probe) => probe.next('hello')));
      const fifth = await play(idNumber(5));
      expect(await fifth.closed).toMatchObject({ code: 1008 });
      expect(fifth.received).toMatchObject([{ type: 'error', code: 'E_REFUSED', message: expect.stringContaining('4 sessions') }]);
      probes[2]!.socket.close();
      await probes[2]!.closed;
      const again = await play(idNumber(5));
      expect(await again.next('hello')).toMatchObject({ source: 'replay' });
    });
  });

  it('ends with the service, also while it is being opened', async () => {
    await withSessions(2, async (folder) => {
      const { play, close } = await openHall(folder);
      const watching = await play(idNumber(1));
      await watching.next('snapshot');
      const opening = await play(idNumber(2));
      await close();
      expect([(await watching.closed).code, (await opening.closed).code]).toEqual([1001, 1001]);
    });
  });
});
