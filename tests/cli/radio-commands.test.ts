import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createAir } from '../../simulators/radio/air.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import { DEFAULT_SCENARIO } from '../../simulators/scenarios/library.ts';
import { rollersAround, type RollerAround } from '../../src/cli/rollers-around.ts';
import { systemClock } from '../../src/clock.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { pass, fakeTime, settled, untilTimed } from '../radio/virtual-time.ts';
import { planted } from '../conformance/bench.ts';
import { cli, type CliResult } from './run-cli.ts';

beforeAll(fakeTime);
afterAll(() => void vi.useRealTimers());
afterEach(() => expect(vi.getTimerCount()).toBe(0));

/** Rollers of seeds 1, 2, ..., each 10 dB weaker than the one before; the third speaks a version that is not known. */
async function look(count: number, options: { details: boolean }): Promise<readonly RollerAround[]> {
  const air = createAir({ seed: 1 });
  for (let seed = 1; seed <= count; seed++) {
    const roller = createVirtualRoller({ scenario: DEFAULT_SCENARIO, seed });
    const firmware = seed === 3 ? planted(roller, { read: (name, bytes) => (name === 'info' ? Uint8Array.of(2, ...bytes.subarray(1)) : bytes) }) : roller;
    air.peripheral(firmware, { address: `f0:00:00:00:00:0${seed}`, rssiDbm: -40 - 10 * seed });
  }
  const noble = await settled(openNoble({ hciSocket: air.central() }));
  try {
    return await settled(rollersAround(noble, { seconds: 2, clock: systemClock, signal: new AbortController().signal, ...options }));
  } finally {
    await settled(noble.close());
    air.close();
    await pass(5);
  }
}

/** Runs a command of the radio to its end. */
async function radioCommand(args: readonly string[], limitMs?: number): Promise<CliResult> {
  const running = cli(args);
  await untilTimed(running);
  return settled(running, limitMs);
}

describe('scan', () => {
  test('hears every roller, the loudest first, and connects to none', async () => {
    const rollers = await look(4, { details: false });
    expect(rollers.map(({ address }) => address)).toEqual([1, 2, 3, 4].map((seed) => `f0:00:00:00:00:0${seed}`));
    expect(new Set(rollers.map(({ name }) => name)).size).toBe(4);
    for (const { name, rssiDbm, deviceId, problem } of rollers) {
      expect(name).toMatch(/^Smart Roller [0-9A-F]{4}$/);
      expect(rssiDbm).toBeLessThan(-40);
      expect({ deviceId, problem }).toEqual({ deviceId: null, problem: null });
    }
  });

  test('asks each for what it does not advertise; one that cannot be understood is told of', async () => {
    const rollers = await look(4, { details: true });
    expect(rollers.map(({ protocolVersion }) => protocolVersion)).toEqual([1, 1, 2, 1]);
    for (const { name, deviceId, batteryPct, protocolVersion, problem } of rollers) {
      if (protocolVersion !== 1) expect({ deviceId, problem }).toEqual({ deviceId: null, problem: 'speaks another version of the protocol' });
      else {
        expect(name).toBe(`Smart Roller ${deviceId!.slice(-4).toUpperCase()}`);
        expect(batteryPct).toBeGreaterThan(0);
        expect(problem).toBeNull();
      }
    }
  });

  test('as a command: a line a roller, or one JSON document', async () => {
    const words = await radioCommand(['scan', '--seconds', '1', '--details']);
    expect(words).toMatchObject({ code: 0, err: '' });
    expect(words.out).toMatch(/^1 roller in 1 s on the software radio .*\n {2}Smart Roller \w{4} .* dBm {2}f0:00:00:00:00:01 {2}[0-9a-f]{16} {2}version 1 {2}battery \d+ %\n$/);
    const { code, out } = await radioCommand(['scan', '--seconds', '1', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ source: 'simulator', seconds: 1, rollers: [{ address: 'f0:00:00:00:00:01', deviceId: null }] });
  });

  test('names a sensor that was bought, and does not ask it for what it cannot know', async () => {
    for (const flags of [[], ['--details']]) {
      const { code, out } = await radioCommand(['scan', '--sensor', 'witmotion', '--seconds', '1', ...flags]);
      expect(code).toBe(0);
      expect(out).toMatch(/\n {2}WT901BLE67 .* dBm {2}f0:00:00:00:00:01 {2}witmotion, motion only\n$/);
    }
    const { out } = await radioCommand(['scan', '--sensor', 'witmotion', '--seconds', '1', '--details', '--json']);
    expect(JSON.parse(out)).toMatchObject({ rollers: [{ driver: 'witmotion', measures: 'motion only', deviceId: null, problem: null }] });
  });

  test('ends at once when the person interrupts', async () => {
    const interruption = new AbortController();
    const running = cli(['scan', '--seconds', '600'], { interrupted: interruption.signal });
    await untilTimed(running);
    await pass(500);
    interruption.abort(new Error('SIGINT'));
    expect(await settled(running, 2000)).toEqual({ code: 130, out: '', err: '' });
  });
});

describe('check-firmware', () => {
  test('reports a line a check with its section, and exits 0 where nothing is broken', async () => {
    const { code, out, err } = await radioCommand(['check-firmware', '--seconds', '11'], 120_000);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Smart Roller \w{4}, [0-9a-f]{16}, simulated, MTU 247\n/);
    expect(out).toMatch(/^pass {5}SPEC 5 {2}stream\/sequence-order: expected [^;]+; found: \d+ steps up$/m);
    expect(out).toMatch(/\d+ passed, 0 failed, 0 with advice, 0 skipped\n$/);
  });

  test('as JSON', async () => {
    const { code, out } = await radioCommand(['check-firmware', '--seconds', '2', '--json'], 120_000);
    const report = JSON.parse(out) as { ok: boolean; counts: Record<string, number>; checks: { id: string; section: number; outcome: string }[] };
    expect({ code, ok: report.ok, fail: report.counts.fail }).toEqual({ code: 0, ok: true, fail: 0 });
    expect(report.checks.find(({ id }) => id === 'status/period')).toMatchObject({ section: 6, outcome: 'skipped' });
  });

  test('a roller that is not there is told, with what to do', async () => {
    const { code, err } = await radioCommand(['check-firmware', '--device', 'Nobody'], 120_000);
    expect({ code, err }).toEqual({ code: 1, err: 'smart-roller: E_NOT_CONNECTED: no roller Nobody among the 1 heard; wake it, bring it closer, and see that nothing else is connected to it\n' });
  });

  test('ends at once when the person interrupts, wherever it is', async () => {
    const interruption = new AbortController();
    const running = cli(['check-firmware', '--seconds', '600'], { interrupted: interruption.signal });
    await untilTimed(running);
    await pass(8000);
    interruption.abort(new Error('SIGINT'));
    expect(await settled(running, 3000)).toEqual({ code: 130, out: '', err: '' });
  });
});

test.each([['scan'], ['check-firmware']])('%s does not listen to a recording', async (command) => {
  const { code, err } = await cli([command, '--source', 'replay']);
  expect({ code, err }).toEqual({ code: 2, err: 'smart-roller: E_USAGE: a recording has no radio to listen to; choose --source ble or --source simulator\n' });
});
