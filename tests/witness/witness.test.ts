import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { openNoble, type NobleHandle } from '../../src/link/ble/noble.ts';
import { survey } from '../../src/link/ble/survey.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { cli } from '../cli/run-cli.ts';
import { inScratch } from '../sessions/scratch.ts';
import { startBtvirt, whyNot, type Btvirt } from './btvirt.ts';
import { openH4Socket } from './h4-socket.ts';
import { startRoller, type RollerProcess } from './roller.ts';
import { latenciesMs, lostAmong, watch, type Watched } from './watch.ts';

/**
 * Nothing of this project lies between the two ends: our link over noble here, our roller over bleno in another process, and BlueZ's own
 * emulated controllers in a third.
 */
const missing = whyNot();
if (missing !== null) console.warn(`skipped: the independent witness of the Bluetooth code, because ${missing}`);

/** 20 s at 50 a second. */
const FRAMES = 1001;
const TIMEOUT_MS = 40_000;
const ROLLER = ['--scenario', 's01', '--seed', '7', '--name', 'Witness Roller'];

let btvirt: Btvirt;
let noble: NobleHandle;
let rollers: RollerProcess[] = [];
let links: Watched[] = [];

async function startedRoller(...flags: readonly string[]): Promise<RollerProcess> {
  const roller = startRoller(btvirt.socket, ...flags);
  rollers.push(roller);
  await roller.said(/ is on air at /);
  return roller;
}

function watched(device: string): Watched {
  const link = watch(noble, device);
  links.push(link);
  return link;
}

const bytesOf = ({ events }: Watched, characteristic: string): Uint8Array | undefined => {
  for (const event of events) if (event.type === 'frame' && event.characteristic === characteristic) return event.bytes;
};

describe.skipIf(missing !== null)('over the controllers of BlueZ', { timeout: TIMEOUT_MS }, () => {
  beforeAll(async () => {
    btvirt = await startBtvirt();
  });
  // A noble that has heard a roller takes another one at its address for it, and btvirt gives addresses again.
  beforeEach(async () => {
    noble = await openNoble({ hciSocket: await openH4Socket(btvirt.socket) });
  });
  afterEach(async () => {
    for (const link of links) link.close();
    await noble?.close();
    for (const roller of rollers) await roller.kill();
    [links, rollers] = [[], []];
  });
  afterAll(() => btvirt?.stop());

  test('20 s at 50 frames a second without a loss; then the roller is killed, started again, and streams again', async () => {
    const roller = await startedRoller(...ROLLER);
    const heard = await survey(noble, 0.5, new AbortController().signal);
    expect(heard.map(({ name }) => name)).toEqual(['Witness Roller']);

    const link = watched('Witness Roller');
    await link.until(() => link.frames.length >= FRAMES);
    const frames = link.frames.slice(0, FRAMES);
    const { sent, mtu } = await roller.report();
    const latencies = latenciesMs(sent, frames);
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

    await roller.kill();
    await link.until(() => link.state() === 'lost');
    await startedRoller(...ROLLER);
    const reappearedMs = performance.now();
    await link.until(() => link.state() === 'streaming');
    const resumedMs = performance.now() - reappearedMs;
    await link.until(() => link.frames.length >= 50);
    expect(lostAmong(link.frames)).toBe(0);
    console.info(`witness: streams again ${(resumedMs / 1000).toFixed(2)} s after the roller that was killed is back on air`);
  });

  test('a recording goes on air as the roller that it was made of; Ctrl-C ends it with a goodbye', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'roll.mcap');
      await cli(['simulate', '--scenario', 's03', '--seed', '9', '--seconds', '1', '--out', file]);
      const recorded = (await readRecording(file)).events.flatMap((event) =>
        event.type === 'frame' && event.characteristic === 'stream' ? [decodeStream(event.bytes)] : []);
      const roller = await startedRoller('--recording', file);
      const [, name] = await roller.said(/^(.+) is on air/);
      const link = watched(name!);
      // Twice through, and a little.
      await link.until(() => link.frames.length >= 2 * recorded.length + 5);
      expect(lostAmong(link.frames)).toBe(0);
      for (const [index, { frame }] of link.frames.entries()) {
        const original = recorded[index % recorded.length]!;
        expect(original.ok && [original.value.imu, original.value.pressure]).toEqual([frame.imu, frame.pressure]);
      }
      expect(await roller.interrupt()).toBe(0);
      await link.until(() => link.state() === 'lost');
      const lost = link.events.findLast((event) => event.type === 'state' && event.state === 'lost');
      expect(lost).toMatchObject({ reason: 'the roller ended the connection' });
    }));
});
