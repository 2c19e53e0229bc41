import { createRequire } from 'node:module';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import { COMMAND, commandComplete, LE_EVENT, leEvent, u8 } from '../../simulators/radio/hci.ts';
import type { VirtualHciSocket } from '../../simulators/radio/hci-socket.ts';
import { howToGetBluetooth, type Missing } from '../../src/link/ble/missing.ts';
import type { HciBindings } from '../../src/link/ble/hci-bindings.ts';
import { openNoble, type NobleHandle } from '../../src/link/ble/noble.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { ADDRESS, openStage } from './stage.ts';

const require = createRequire(import.meta.url);

const missing = (text: string): object => ({ code: 'E_BLUETOOTH', message: expect.stringContaining(text) as string });

/** noble's host under a handle. */
const hostOf = ({ noble }: NobleHandle): HciBindings => (noble as unknown as { _bindings: HciBindings })._bindings;

describe('opening noble', () => {
  let air: Air;
  let adapter: VirtualHciSocket;
  beforeEach(() => {
    fakeTime();
    air = createAir({ seed: 1 });
    adapter = air.central();
  });
  afterEach(() => {
    air.close();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test('over an adapter that is off says so, and leaves nothing behind', async () => {
    adapter.powerOff();
    await expect(settled(openNoble({ hciSocket: adapter }), 6000)).rejects.toMatchObject(missing('is off'));
    expect(adapter.eventNames()).toEqual([]);
  });

  test('over one that does not answer gives up after its own time', async () => {
    adapter.write = () => undefined;
    await expect(settled(openNoble({ hciSocket: adapter, startTimeoutMs: 2000 }), 2100)).rejects.toMatchObject({ code: 'E_BLUETOOTH' });
  });

  test('over one that throws, as a missing device does, tells what it says', async () => {
    adapter.bindRaw = () => {
      throw new Error('ENODEV, No such device');
    };
    await expect(settled(openNoble({ hciSocket: adapter }), 100)).rejects.toMatchObject(missing('ENODEV'));
  });

  test('over one that may not be used says how to be allowed', async () => {
    const opening = openNoble({ hciSocket: adapter });
    const log = vi.spyOn(console, 'log');
    await pass(0);
    adapter.write = () => undefined;
    await new Promise(process.nextTick);
    adapter.emit('error', Object.assign(new Error('Operation not permitted'), { code: 'EPERM' }));
    await expect(settled(opening, 100)).rejects.toMatchObject(missing('may not use Bluetooth'));
    expect(log).not.toHaveBeenCalled();
  });

  test('over a socket of ours leaves the copy of noble for a real adapter alone', async () => {
    const path = require.resolve('@abandonware/noble/lib/hci-socket/hci.js');
    const shared = { exports: 'the copy that a real adapter uses' } as unknown as NodeJS.Module;
    require.cache[path] = shared;
    vi.resetModules();
    const fresh = await import('../../src/link/ble/noble.ts');
    const handle = await settled(fresh.openNoble({ hciSocket: adapter }));
    expect(require.cache[path]).toBe(shared);
    const again = await settled(fresh.openNoble({ hciSocket: air.central() }));
    expect(require.cache[path]).toBe(shared);
    delete require.cache[path];
    await settled(Promise.all([handle.close(), again.close()]));
  });

  test('runs connects one after the other, also after one that has failed', async () => {
    const handle = await settled(openNoble({ hciSocket: adapter }));
    const order: string[] = [];
    const connecting = (name: string, fails: boolean): Promise<void> => handle.connecting(async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      order.push(`${name} ends`);
      if (fails) throw new Error(name);
    });
    const results = await settled(Promise.allSettled([connecting('a', true), connecting('b', false), connecting('c', false)]));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    await settled(handle.close());
  });

  test('keeps its warnings to itself', async () => {
    const warn = vi.spyOn(console, 'warn');
    const handle = await settled(openNoble({ hciSocket: adapter }));
    handle.noble.emit('warning', 'unknown peripheral connected!');
    expect(warn).not.toHaveBeenCalled();
    await settled(handle.close());
  });

  test('survives the short error reply to Read RSSI, on which noble reads past the end', async () => {
    const handle = await settled(openNoble({ hciSocket: adapter }));
    const unknownConnection = 0x02;
    expect(() => adapter.emit('data', commandComplete(COMMAND.readRssi, unknownConnection))).not.toThrow();
    await settled(handle.close());
  });
});

test('a packet for a connection that has just ended rejects nowhere', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  fakeTime();
  const stage = await openStage();
  const { peripheral } = stage.roller();
  const roller = stage.watch();
  await passUntil(() => roller.state() === 'streaming');
  const hci = hostOf(stage.handle)._hci as HciBindings['_hci'] & { writeAclDataPkt: (handle: number, cid: number, pdu: Buffer) => unknown };
  const [connected] = hci._aclConnections.keys();
  peripheral.drop();
  await passUntil(() => hci._aclConnections.size === 0, 1000);
  await hci.writeAclDataPkt(connected!, 4, Buffer.of(0x1e));
  await pass(100);
  await stage.close();
  vi.useRealTimers();
  await new Promise((resolve) => setTimeout(resolve, 5));
  process.removeListener('unhandledRejection', unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

test('strangers seen in passing are forgotten, the roller that is connected is not', async () => {
  fakeTime();
  const stage = await openStage();
  stage.roller();
  const roller = stage.watch();
  await passUntil(() => roller.state() === 'streaming');
  const scanning = stage.watch('nobody');
  const uuids = Buffer.concat([u8(17), u8(7), Buffer.from('81bb0001c6dd42cb9747773742386231', 'hex').reverse()]);
  const known = (): number => Object.keys(stage.handle.noble._peripherals).length;
  const discoveries = (): number => Object.keys(hostOf(stage.handle)._gap._discoveries).length;
  let most = 0;
  for (let index = 0; index < 3000; index++) {
    const address = Buffer.concat([u8(index), u8(index >> 8), Buffer.of(0, 0, 0, 0xf1)]);
    const body = Buffer.concat([u8(1), address, u8(uuids.length), uuids, u8(-60)]);
    const report = (kind: number): Buffer => leEvent(LE_EVENT.advertisingReport, u8(1), u8(kind), body);
    stage.adapter.emit('data', report(0));
    stage.adapter.emit('data', report(4));
    if (index % 10 === 0) await pass(200);
    most = Math.max(most, known(), discoveries());
  }
  expect(most).toBeLessThan(700);
  await pass(11_000);
  expect(known()).toBeLessThan(70);
  expect(stage.handle.noble._peripherals[ADDRESS.replaceAll(':', '')]).toBeDefined();
  expect(roller.state()).toBe('streaming');
  scanning.subscription.unsubscribe();
  await stage.close();
  vi.useRealTimers();
});

describe('what is missing, and how to get it', () => {
  const CAUSES: readonly Missing[] = ['unloadable', 'no-adapter', 'off', 'unauthorized', 'unsupported'];
  const { platform } = process;
  afterEach(() => Object.defineProperty(process, 'platform', { value: platform }));

  test.each(['linux', 'darwin', 'win32', 'freebsd'])('on %s is told in one line', (name) => {
    Object.defineProperty(process, 'platform', { value: name });
    for (const cause of CAUSES) {
      const error = howToGetBluetooth(cause, new Error('because\nof this'));
      expect(error.code).toBe('E_BLUETOOTH');
      expect(error.line).toMatch(/^E_BLUETOOTH: .+; .+$/);
      expect(error.line).not.toContain('\n');
    }
  });

  test('names the very node that runs, and the rebuild that works with install scripts turned off', () => {
    Object.defineProperty(process, 'platform', { value: 'linux' });
    expect(howToGetBluetooth('unauthorized').hint).toContain(`setcap cap_net_raw+eip ${process.execPath}`);
    Object.defineProperty(process, 'platform', { value: 'darwin' });
    expect(howToGetBluetooth('unloadable').hint).toContain('npm rebuild @abandonware/noble --ignore-scripts=false');
  });
});
