import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createBleLink } from '../../src/link/ble/ble-link.ts';
import { openNoble, type NobleHandle } from '../../src/link/ble/noble.ts';
import type { LinkEvent, RollerLink } from '../../src/link/port.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { FakeBindings, type Faults } from './fake-bindings.ts';

/** What the software radio cannot show: systems that bring their own Bluetooth stack, and answers that never come. */

let handle: NobleHandle | null = null;
let states: string[] = [];
let reasons: (string | null)[] = [];
let events: LinkEvent[] = [];
let unsubscribe: () => void = () => undefined;

beforeEach(fakeTime);
afterEach(async () => {
  unsubscribe();
  if (handle) await settled(handle.close());
  handle = null;
  await pass(10);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

async function openOver(faults: Faults = {}): Promise<{ bindings: FakeBindings; link: RollerLink }> {
  const bindings = new FakeBindings(faults);
  handle = await settled(openNoble({ bindings }));
  const link = createBleLink({ noble: handle, device: null, clock: systemClock, random: () => 0.5 });
  [states, reasons, events] = [[], [], []];
  const subscription = link.events$.subscribe((event) => {
    events.push(event);
    if (event.type === 'state') {
      states.push(event.state);
      reasons.push(event.reason);
    }
  });
  unsubscribe = () => subscription.unsubscribe();
  return { bindings, link };
}

const state = (): string => states.at(-1) ?? 'idle';

test('streams where there is neither an address nor an MTU, and names a drop that gives no reason', async () => {
  const { bindings } = await openOver();
  await passUntil(() => state() === 'streaming');
  const identity = events.find((event) => event.type === 'info')?.roller;
  expect(identity).toMatchObject({ name: 'System Roller', address: null, id: '00112233445566aa', rssiDbm: -50 });
  await pass(30_000);
  const strengths = events.flatMap((event) => (event.type === 'info' ? [event.roller.rssiDbm] : []));
  expect(strengths).toEqual([-50, -48]);
  bindings.drop();
  await passUntil(() => states.includes('lost'));
  expect(reasons[states.indexOf('lost')]).toBe('the connection was lost');
  await passUntil(() => states.filter((one) => one === 'streaming').length === 2);
});

test('discovers once in a connection, and writes with response only', async () => {
  const { bindings, link } = await openOver();
  await passUntil(() => state() === 'streaming');
  await settled(link.request({ procedure: 'identify', seconds: 1 }));
  expect(bindings.calls.filter((call) => call === 'discoverServices')).toHaveLength(1);
  expect(bindings.calls.filter((call) => call.startsWith('write'))).toEqual(['write start with response', 'write identify with response']);
});

test('begins a scan anew that hears nobody: it dies without a word', async () => {
  const { bindings } = await openOver({ scanDiesAfterMs: 500 });
  bindings.inRange = false;
  await passUntil(() => state() === 'scanning');
  await pass(25_100);
  expect(bindings.calls.filter((call) => call === 'startScanning')).toHaveLength(11);
  bindings.inRange = true;
  await passUntil(() => state() === 'streaming', 3000);
});

test('begins a scan anew every ten seconds that hears others', async () => {
  const { bindings } = await openOver();
  bindings.inRange = false;
  await passUntil(() => state() === 'scanning');
  const lamp = setInterval(() => bindings.emit('discover', 'aa', '', 'unknown', true, { localName: 'Lamp' }, -50, true), 1000);
  await pass(25_100);
  expect(bindings.calls.filter((call) => call === 'startScanning')).toHaveLength(3);
  clearInterval(lamp);
});

const CALLS = ['discoverServices', 'discoverCharacteristics', 'read', 'notify', 'write'] as const;
test.each(CALLS)('gives up a %s that is never answered, and tries again', async (call) => {
  const { bindings } = await openOver({ mute: [call] });
  await passUntil(() => state() === 'waiting', 15_000);
  expect(reasons.at(-1)).toMatch(/took longer than (3|10) s$/);
  expect(bindings.calls).toContain('disconnect');
  Object.assign(bindings.faults, { mute: [] });
  await passUntil(() => state() === 'streaming');
});

test('gives up a connect where it cannot be cancelled, either', async () => {
  const { bindings } = await openOver({ mute: ['connect'], noCancel: true });
  await passUntil(() => state() === 'waiting', 15_000);
  expect(bindings.calls).toEqual(['startScanning', 'connect', 'disconnect', 'startScanning']);
  Object.assign(bindings.faults, { mute: [] });
  await passUntil(() => state() === 'streaming');
});

test('a disconnect that is never confirmed does not keep it from connecting again', async () => {
  const { bindings } = await openOver({ mute: ['disconnect', 'write'] });
  await passUntil(() => state() === 'waiting', 15_000);
  Object.assign(bindings.faults, { mute: [] });
  await passUntil(() => state() === 'streaming');
});

test('signal strength that is never answered changes nothing', async () => {
  await openOver({ mute: ['updateRssi'] });
  await passUntil(() => state() === 'streaming');
  await pass(20_000);
  expect(states.filter((one) => one === 'lost')).toEqual([]);
});

test('an adapter that is turned off, which ends no connection as far as noble knows, is a drop; turned on, it streams again', async () => {
  const { bindings } = await openOver();
  await passUntil(() => state() === 'streaming');
  bindings.power(false);
  await passUntil(() => state() === 'waiting', 1000);
  expect(states.slice(-2)).toEqual(['lost', 'waiting']);
  expect(reasons.slice(-2)).toEqual(['the Bluetooth adapter is off', 'the Bluetooth adapter is off']);
  await pass(5000);
  bindings.power(true);
  await passUntil(() => state() === 'streaming', 5000);
  expect(reasons.slice(states.lastIndexOf('scanning'))).toEqual([null, null, null, null, null]);
  expect(bindings.calls).not.toContain('disconnect');
});

test('what has no stream is no roller', async () => {
  await openOver({ without: ['stream'] });
  await passUntil(() => state() === 'waiting');
  expect(reasons.at(-1)).toBe('it has no stream characteristic');
});

test('what is pushed while a value is read is not taken for the value', async () => {
  await openOver({ pushesWhileRead: Buffer.of(9, 9, 9) });
  await passUntil(() => state() === 'streaming');
  expect(reasons.filter((reason) => reason !== null)).toEqual([]);
});

test('an answer to another procedure is not taken for the one that is awaited', async () => {
  const { bindings, link } = await openOver();
  await passUntil(() => state() === 'streaming');
  const answer = link.request({ procedure: 'tare' });
  await pass(1);
  bindings.indicate({ procedure: 'identify', result: 'success' });
  expect(await settled(answer)).toEqual({ procedure: 'tare', opCode: 3, result: 'moving' });
});

test('a peripheral that is not connected is never disconnected', async () => {
  const { bindings } = await openOver();
  bindings.inRange = false;
  await passUntil(() => state() === 'scanning');
  unsubscribe();
  await settled(handle!.close());
  expect(bindings.calls).not.toContain('disconnect');
  expect(bindings.calls).toContain('stop');
  handle = null;
});
