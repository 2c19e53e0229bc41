import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { createAir } from '../../simulators/radio/air.ts';
import { advertise } from '../../src/cli/commands/advertise.ts';
import { parseCommandLine } from '../../src/cli/parse.ts';
import { systemClock } from '../../src/clock.ts';
import { openPeripheral } from '../../src/peripheral/peripheral.ts';
import { cli } from '../cli/run-cli.ts';
import { RawCentral } from '../radio/raw-central.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { ADDRESS } from './stage.ts';

test('tells what goes on, until the person interrupts; then the roller is off the air', async () => {
  fakeTime();
  const listeners = process.listenerCount('SIGINT');
  const air = createAir({ seed: 1 });
  const hciSocket = air.central();
  const central = new RawCentral(air.central());
  const interruption = new AbortController();
  let out = '';
  const line = parseCommandLine(['advertise', '--scenario', 's02', '--seed', '3', '--name', 'Mine']);
  if (line.type !== 'run') throw new Error('no command');
  const io = { out: (text: string) => (out += text), err: () => undefined, env: {}, clock: systemClock, interrupted: interruption.signal };
  const running = advertise(line.invocation, io, (options) => openPeripheral({ ...options, hciSocket }));

  await passUntil(() => out.includes('\n'), 5000);
  expect(out).toMatch(/^Mine is on air at c0:00:00:00:00:01 and plays the scenario s02-\S+, seed 3; Ctrl-C takes it off\n$/);
  central.scan();
  await passUntil(() => central.reports.length > 3, 2000);
  await central.connect(ADDRESS);
  hciSocket.powerOff();
  await passUntil(() => out.includes('off; waiting'), 2000);
  hciSocket.powerOn();
  await passUntil(() => out.includes('on again'), 3000);
  expect(out.split('\n').slice(1, -1)).toEqual([
    'c0:00:00:00:00:02 is connected',
    'c0:00:00:00:00:02 is gone',
    'the adapter is off; waiting for it',
    'the adapter is on again, and so is the roller',
  ]);

  interruption.abort(new Error('SIGINT'));
  expect(await settled(running)).toBe(0);
  await pass(50);
  central.reports.length = 0;
  await pass(2000);
  expect(central.reports).toEqual([]);
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  air.close();
  await pass(5);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('refuses in one line', () => {
  const refused = async (...args: readonly string[]): Promise<[number, string]> => {
    const { code, out, err } = await cli(['advertise', ...args]);
    expect(out).toBe('');
    return [code, err];
  };

  test('a recording and a scenario together', async () => {
    const [code, err] = await refused('--recording', 'x.mcap', '--scenario', 's03');
    expect([code, err]).toEqual([2, 'smart-roller: E_USAGE: a recording is given, and a scenario; leave one of them out\n']);
  });

  test.each([[''], ['  '], ['a name of thirty bytes, no less']])('the name %j', async (name) => {
    const [code, err] = await refused('--name', name);
    expect(code).toBe(2);
    expect(err).toMatch(/^smart-roller: E_USAGE: --name .+; give a name of 1 to 29 bytes\n$/);
  });

  test('a recording that is not there', async () => {
    const [code, err] = await refused('--recording', 'no.mcap');
    expect(code).toBe(1);
    expect(err).toMatch(/^smart-roller: E_FILE_READ: .*no\.mcap.*\n$/);
  });

  test('a file that is no recording, and a scenario that is none', async () => {
    expect((await refused('--recording', 'README.md'))[1]).toMatch(/^smart-roller: E_NOT_A_RECORDING: .+\n$/);
    expect((await refused('--scenario', 'nowhere'))[1]).toMatch(/^smart-roller: E_SCENARIO: .+\n$/);
  });

  const adapters = '/sys/class/bluetooth';
  const hasAdapter = existsSync(adapters) && readdirSync(adapters).length > 0;
  test.skipIf(hasAdapter)('a machine without an adapter, with what to do', async () => {
    const [code, err] = await refused();
    expect(code).toBe(1);
    expect(err).toMatch(/^smart-roller: E_BLUETOOTH: (no Bluetooth adapter was found|a roller is put on air by Linux only).*; .+\n$/);
  });
});
