import Module from 'node:module';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import type { VirtualHciSocket } from '../../simulators/radio/hci-socket.ts';
import { systemClock } from '../../src/clock.ts';
import { AppError } from '../../src/errors.ts';
import { cannotAdvertise, type Missing } from '../../src/peripheral/missing.ts';
import { openPeripheral } from '../../src/peripheral/peripheral.ts';
import { createTestFirmware } from '../radio/test-firmware.ts';
import { fakeTime, pass, settled } from '../radio/virtual-time.ts';

/** Adapters that do not let a roller on air. */

let air: Air;
let adapter: VirtualHciSocket;

beforeEach(() => {
  fakeTime();
  air = createAir({ seed: 1 });
  adapter = air.central();
});
afterEach(async () => {
  air.close();
  await pass(5);
  expect(vi.getTimerCount()).toBe(0);
  expect(adapter.listenerCount('data')).toBe(0);
  vi.useRealTimers();
});

async function failure(signal?: AbortSignal): Promise<unknown> {
  const opening = openPeripheral({ firmware: createTestFirmware(), clock: systemClock, hciSocket: adapter, signal });
  return settled(opening.then(() => null, (error: unknown) => error));
}

const lineOf = (error: unknown): string => (error instanceof AppError ? error.line : String(error));

test('one that is off', async () => {
  adapter.powerOff();
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: (no Bluetooth adapter was found|the Bluetooth adapter is off); /);
});

test('one that comes up late is waited for', async () => {
  adapter.powerOff();
  const opening = openPeripheral({ firmware: createTestFirmware(), clock: systemClock, hciSocket: adapter });
  opening.catch(() => undefined);
  await pass(1500);
  adapter.powerOn();
  await settled((await settled(opening)).close());
});

test.each([
  ['an old system', { code: 'EPERM' }],
  ['the socket in use', { errno: 1 }],
])('one that may not be used, as told by %s', async (_by, fields) => {
  const error = Object.assign(new Error('Operation not permitted'), fields);
  vi.spyOn(adapter, 'write').mockImplementation(() => void adapter.emit('error', error));
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: this program may not use Bluetooth; .*setcap cap_net_raw\+eip /);
});

test('one whose socket fails tells how', async () => {
  vi.spyOn(adapter, 'isDevUp').mockReturnValue(false);
  vi.spyOn(adapter, 'bindRaw').mockImplementation(() => {
    adapter.emit('error', new Error('Address family not supported by protocol'));
    return 0;
  });
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: .+ \(Address family not supported by protocol\); /);
});

test.each([
  [{ message: 'No such device', errno: 19 }, /^E_BLUETOOTH: (no Bluetooth adapter was found|the Bluetooth adapter is off) \(No such device\); /],
  [{ message: 'Operation not permitted', errno: 1 }, /^E_BLUETOOTH: this program may not use Bluetooth; /],
])('one whose socket throws: %j', async (fields, line) => {
  const listeners = [process.listenerCount('exit'), process.listenerCount('SIGINT')];
  vi.spyOn(adapter, 'bindRaw').mockImplementation(() => {
    throw Object.assign(new Error(fields.message), fields);
  });
  expect(lineOf(await failure())).toMatch(line);
  expect([process.listenerCount('exit'), process.listenerCount('SIGINT')]).toEqual(listeners);
});

test('one that does not answer', async () => {
  const write = adapter.write.bind(adapter);
  // Set Advertising Enable.
  vi.spyOn(adapter, 'write').mockImplementation((packet) => packet.readUInt16LE(1) !== 0x200a && write(packet));
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: the Bluetooth adapter does not answer; .*systemctl stop bluetooth/);
});

test('one that refuses to advertise', async () => {
  const write = adapter.write.bind(adapter);
  vi.spyOn(adapter, 'write').mockImplementation((packet) => {
    if (packet.readUInt16LE(1) === 0x200a && packet[4] === 1) adapter.emit('data', Buffer.of(4, 0x0e, 4, 1, 0x0a, 0x20, 0x0c));
    else write(packet);
  });
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: the adapter refuses to advertise \(Command Disallowed\); /);
});

test('one too old for Low Energy', async () => {
  const write = adapter.write.bind(adapter);
  vi.spyOn(adapter, 'write').mockImplementation((packet) => {
    // Read Local Version: Bluetooth 3.0.
    if (packet.readUInt16LE(1) === 0x1001) adapter.emit('data', Buffer.of(4, 0x0e, 12, 1, 0x01, 0x10, 0, 5, 0, 0, 5, 0, 0, 0, 0));
    else write(packet);
  });
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: the adapter does not know Bluetooth Low Energy; /);
});

test('an interruption ends the waiting, with its own reason', async () => {
  adapter.powerOff();
  const interruption = new AbortController();
  const opening = failure(interruption.signal);
  await pass(500);
  const reason = new Error('SIGINT');
  interruption.abort(reason);
  expect(await opening).toBe(reason);
});

test('the real adapter is for Linux', async () => {
  const { platform } = process;
  try {
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    const opening = openPeripheral({ firmware: createTestFirmware(), clock: systemClock });
    await expect(opening).rejects.toThrow('by Linux only, and this is darwin');
  } finally {
    Object.defineProperty(process, 'platform', { value: platform });
  }
});

test('bleno may not be installed: it is optional', async () => {
  const loader = Module as unknown as { _resolveFilename: (name: string, ...rest: unknown[]) => string };
  const resolve = loader._resolveFilename;
  vi.spyOn(loader, '_resolveFilename').mockImplementation((name, ...rest) => {
    if (name.startsWith('@abandonware/bleno')) throw new Error(`Cannot find module '${name}'`);
    return resolve(name, ...rest);
  });
  expect(lineOf(await failure())).toMatch(/^E_BLUETOOTH: the optional package .+ cannot be loaded \(.+\); install again with npm ci/);
  vi.restoreAllMocks();
});

test('whatever is missing is told in one line, with what to do', () => {
  const all: readonly Missing[] = ['not-linux', 'unloadable', 'off', 'silent', 'unauthorized', 'unsupported', 'refused'];
  const cause = new Error('because\nof this');
  for (const missing of all) expect(cannotAdvertise(missing, cause).line).toMatch(/^E_BLUETOOTH: .+ \(because\); .+$/);
});
