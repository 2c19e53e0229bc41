import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../simulators/random.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { recoverFolder } from '../../src/sessions/recover.ts';
import { ROOT } from '../support/paths.ts';
import { inScratch } from './scratch.ts';

const PROCESSES = 20;
const AT_ONCE = 10;
const SESSIONS_EACH = 5;
const KILL_MS = { soonest: 700, latest: 2700 };
/** A second of them. */
const MOST_FRAMES_LOST = 50;

/** Node runs no TypeScript: the writer is put into one file, beside the packages that it needs. */
const built = path.join(ROOT, 'node_modules/.cache', `killed-writer-${process.pid}`);

beforeAll(() =>
  build({
    root: ROOT,
    configFile: false,
    logLevel: 'silent',
    build: { ssr: fileURLToPath(new URL('./killed-writer.ts', import.meta.url)), outDir: built, target: 'node20' },
  }),
);
afterAll(() => rm(built, { recursive: true, force: true }));

interface Fate {
  /** Frames given to the recorder until the kill; and found again afterwards. */
  readonly taken: number;
  readonly kept: number;
  readonly damage: string | null;
  readonly recovered: string | undefined;
}

/** Kills a process that records, and starts anew, as the service would. */
async function killedAfter(ms: number, folder: string): Promise<Fate[]> {
  await mkdir(folder);
  const writer = [path.join(built, 'killed-writer.js'), folder, String(SESSIONS_EACH)];
  const child = spawn(process.execPath, writer, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  expect(said.toString()).toBe('ready\n');
  await new Promise((resolve) => setTimeout(resolve, ms));
  for (const { outcome } of await recoverFolder(folder)) expect(outcome).toBe('left');
  child.kill('SIGKILL');
  await ended;
  const counts = await readFile(path.join(folder, 'taken'));
  const recoveries = await recoverFolder(folder);
  expect(await recoverFolder(folder)).toEqual([]);
  const fates = Array.from({ length: SESSIONS_EACH }, (_, session): Fate => {
    const taken = counts.length > session * 4 ? counts.readUInt32LE(session * 4) : 0;
    return { taken, kept: 0, damage: null, recovered: undefined };
  });
  for (const { outcome, file, told } of recoveries.filter((each) => each.outcome !== 'whole')) {
    if (outcome === 'removed') continue;
    expect([outcome, told]).toEqual(['recovered', expect.stringContaining('its last second may be missing')]);
    const { events, damage, meta } = await readRecording(file);
    const frames = events.filter((event) => event.type === 'frame' && event.characteristic === 'stream');
    const session = Number(meta.scenario);
    fates[session] = { taken: fates[session]!.taken, kept: frames.length, damage, recovered: meta.recovered };
  }
  return fates;
}

describe('a program that is killed while it records', () => {
  it('loses at most the last second, and what is left is mended at the next start, a hundred times', { timeout: 120_000 }, () =>
    inScratch(async (folder) => {
      const random = createRandom(7, 'kill');
      const fates: Fate[] = [];
      for (let begun = 0; begun < PROCESSES; begun += AT_ONCE) {
        const wave = Array.from({ length: AT_ONCE }, (_, index) =>
          killedAfter(random.between(KILL_MS.soonest, KILL_MS.latest), path.join(folder, String(begun + index))),
        );
        fates.push(...(await Promise.all(wave)).flat());
      }
      expect(fates).toHaveLength(PROCESSES * SESSIONS_EACH);
      for (const { taken, kept, damage, recovered } of fates) {
        expect(kept).toBeLessThanOrEqual(taken);
        expect(taken - kept).toBeLessThanOrEqual(MOST_FRAMES_LOST);
        expect(damage).toBeNull();
        if (kept > 0) expect(recovered).toContain('the file');
      }
      expect(fates.filter(({ kept }) => kept > 0).length).toBeGreaterThan(fates.length / 2);
    }));
});
