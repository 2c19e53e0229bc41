import { join } from 'node:path';
import { expect } from 'vitest';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { collect, startForLeaving } from '../../src/conformance/collect.ts';
import { judge } from '../../src/conformance/judge.ts';
import { onBench, type Bench } from '../../src/link/ble/bench.ts';
import { survey } from '../../src/link/ble/survey.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { cli } from '../cli/run-cli.ts';
import { inScratch } from '../sessions/scratch.ts';
import { sharedClock } from './report.ts';
import { ASIDE, witness } from './stage.ts';
import { latenciesMs, lostAmong, type Watched } from './watch.ts';

/** 20 s at 50 a second. */
const FRAMES = 1001;
const ROLLER = ['--scenario', 's01', '--seed', '7', '--name', 'Witness Roller'];

const bytesOf = ({ events }: Watched, characteristic: string): Uint8Array | undefined => {
  for (const event of events) if (event.type === 'frame' && event.characteristic === characteristic) return event.bytes;
};

witness('20 s at 50 frames a second without a loss; a roller that is killed and started again streams again', ASIDE, async ({ stage }) => {
  const { noble, roller, watch } = stage;
  const first = await roller(...ROLLER);
  const heard = await survey(noble, 1, new AbortController().signal);
  expect(heard.map(({ name }) => name)).toEqual(['Witness Roller']);

  const link = watch('Witness Roller');
  await link.until(() => link.frames.length >= FRAMES);
  const frames = link.frames.slice(0, FRAMES);
  const { sent, mtu } = await first.report();
  const latencies = latenciesMs(sent, frames);
  expect(latencies.every((ms) => ms > 0)).toBe(true);
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => latencies[Math.ceil(share * FRAMES) - 1]!.toFixed(2));
  const seconds = frames.at(-1)!.arrivalS - frames[0]!.arrivalS;
  console.info(
    `witness: ${frames.length} frames in ${seconds.toFixed(2)} s, ${lostAmong(frames)} lost, MTU ${mtu}, ` +
      `latency p50 ${p50} ms, p99 ${p99} ms, at most ${most} ms`,
  );
  expect(lostAmong(frames)).toBe(0);
  expect(frames.at(-1)!.frame.sequence).toBe(FRAMES - 1);
  expect(Math.abs(seconds - 20)).toBeLessThan(1);
  expect(mtu).toBeGreaterThanOrEqual(247);

  const info = decodeInfo(bytesOf(link, 'info')!);
  const status = decodeStatus(bytesOf(link, 'status')!);
  const identity = link.events.find((event) => event.type === 'info')!.roller;
  expect(identity).toMatchObject({ name: 'Witness Roller', id: info.ok && info.value.deviceId, model: 'Virtual roller' });
  expect(info.ok && info.value.cells.length).toBe(32);
  expect(bytesOf(link, 'battery')).toEqual(Uint8Array.of(status.ok ? status.value.batteryPct! : 255));

  expect(await link.link.request({ procedure: 'identify', seconds: 1 })).toMatchObject({ result: 'success' });
  const pattern = { procedure: 'haptic', pulses: 2, pulseMs: 150, gapMs: 100, strengthPct: 80 } as const;
  expect(await link.link.request(pattern)).toMatchObject({ result: 'success' });
  await link.until(() => link.frames.at(-1)!.frame.flags.hapticActive);
  expect(await link.link.request({ procedure: 'start' })).toMatchObject({ result: 'wrongState' });
  expect(await link.link.request({ procedure: 'stop' })).toMatchObject({ result: 'success' });
  expect(await link.link.request({ procedure: 'start' })).toMatchObject({ result: 'success' });
  await link.until(() => link.frames.length === 10 && link.frames[0]!.frame.sequence === 0);

  await first.kill();
  await link.until(() => link.state() === 'lost');
  await roller(...ROLLER);
  const reappearedMs = performance.now();
  await link.until(() => link.state() === 'streaming');
  const resumedMs = performance.now() - reappearedMs;
  await link.until(() => link.frames.length >= 50);
  expect(lostAmong(link.frames)).toBe(0);
  console.info(`witness: streams again ${(resumedMs / 1000).toFixed(2)} s after the roller that was killed is back on air`);
});

witness('the roller passes every check of the protocol that is not about time', ASIDE, async ({ stage: { noble, roller } }) => {
  await roller('--scenario', 's01', '--seed', '8');
  const { signal } = new AbortController();
  const [heard] = await survey(noble, 1, signal);
  const visit = <T>(work: (bench: Bench) => Promise<T>): Promise<T> =>
    onBench(noble, heard!.peripheral, { clock: sharedClock, signal }, work);
  const leftStreaming = await visit(startForLeaving);
  // btvirt does not wait for an advertisement to connect, but fails at once: the link tries again.
  const findings = judge(await visit((bench) => collect(bench, { seconds: 1, leftStreaming })));
  const failed = findings.filter(({ id, outcome }) => outcome === 'fail' && !id.startsWith('timing/'));
  expect(failed).toEqual([]);
  const passed = findings.filter(({ outcome }) => outcome === 'pass').length;
  console.info(`witness: ${passed} of ${findings.length} checks of the firmware passed`);
  expect(passed).toBeGreaterThan(40);
});

witness('a recording goes on air as the roller that it was made of; Ctrl-C ends it with a goodbye', ASIDE, ({ stage: { roller, watch } }) =>
  inScratch(async (folder) => {
    const file = join(folder, 'roll.mcap');
    await cli(['simulate', '--scenario', 's03', '--seed', '9', '--seconds', '1', '--out', file]);
    const recorded = (await readRecording(file)).events.flatMap((event) =>
      event.type === 'frame' && event.characteristic === 'stream' ? [decodeStream(event.bytes)] : []);
    const playing = await roller('--recording', file);
    const [, name] = await playing.said(/^(.+) is on air/);
    const link = watch(name!);
    // Twice through, and a little.
    await link.until(() => link.frames.length >= 2 * recorded.length + 5);
    expect(lostAmong(link.frames)).toBe(0);
    for (const [index, { frame }] of link.frames.entries()) {
      const original = recorded[index % recorded.length]!;
      expect(original.ok && [original.value.imu, original.value.pressure]).toEqual([frame.imu, frame.pressure]);
    }
    expect(await playing.interrupt()).toBe(0);
    await link.until(() => link.state() === 'lost');
    const lost = link.events.findLast((event) => event.type === 'state' && event.state === 'lost');
    expect(lost).toMatchObject({ reason: 'the roller ended the connection' });
  }));
