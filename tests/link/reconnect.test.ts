import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import type { HciBindings } from '../../src/link/ble/hci-bindings.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { isGapless, openStage, type Stage, type Watched } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  fakeTime();
  stage = await openStage();
});
afterEach(async () => {
  await stage.close();
  vi.useRealTimers();
});

const streams = (roller: Watched, times: number): Promise<void> =>
  passUntil(() => roller.state() === 'streaming' && roller.times('streaming') === times);

describe('a stream that drops', () => {
  test('is taken up again when the roller has ended the connection, and the reason is told', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    await pass(1000);
    peripheral.drop();
    await passUntil(() => roller.state() === 'lost', 200);
    expect(roller.reasons.at(-1)).toBe('the roller ended the connection');
    await streams(roller, 2);
    const before = roller.sequences.length;
    await pass(2000);
    expect(roller.sequences.length - before).toBeGreaterThanOrEqual(99);
    expect(roller.states.slice(4, 10)).toEqual(['streaming', 'lost', 'scanning', 'connecting', 'discovering', 'subscribing']);
  });

  test('at once where it had lasted, after a pause where it had not', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    const pauseAfterDropMs = async (): Promise<number> => {
      const drops = roller.times('lost');
      peripheral.drop();
      await passUntil(() => roller.times('lost') > drops);
      const lostMs = performance.now();
      await passUntil(() => roller.times('scanning') > drops + 1);
      return performance.now() - lostMs;
    };
    await streams(roller, 1);
    await pass(11_000);
    expect(await pauseAfterDropMs()).toBeLessThanOrEqual(10);
    await streams(roller, 2);
    expect(await pauseAfterDropMs()).toBeGreaterThanOrEqual(500);
  });

  test('survives a blackout of 2 s without a gap', async () => {
    const { firmware, peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    peripheral.blackout(2000);
    await pass(5000);
    expect(roller.state()).toBe('streaming');
    expect(roller.times('lost')).toBe(0);
    expect(isGapless(roller.sequences)).toBe(true);
    expect(roller.sequences.length).toBeGreaterThanOrEqual(249);
    expect(firmware.dropped_).toBe(0);
  });

  test('a roller that goes silent without a goodbye is lost within 3 s, and found when it is back', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    peripheral.vanish();
    const vanishedMs = performance.now();
    await passUntil(() => roller.state() !== 'streaming');
    expect(performance.now() - vanishedMs).toBeLessThanOrEqual(3000);
    expect(roller.states.at(-1)).toBe('lost');
    expect(roller.reasons.at(-1)).toBe('no data for 2.5 s');
    await pass(60_000);
    expect(roller.state()).toBe('scanning');
    peripheral.reappear();
    await streams(roller, 2);
  });

  test('a firmware that stops sending while the link is up is lost, too, and started again', async () => {
    const { firmware } = stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    firmware.hang();
    await passUntil(() => roller.state() === 'lost', 3000);
    await streams(roller, 2);
    expect(firmware.requests).toEqual(['start', 'start']);
  });

  test('the link with the weaker reason: supervision timeout after 3 s where the stream was stopped on purpose', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    await settled(roller.link.request({ procedure: 'stop' }));
    peripheral.vanish();
    const vanishedMs = performance.now();
    await passUntil(() => roller.state() === 'lost');
    const tookMs = performance.now() - vanishedMs;
    expect(tookMs).toBeGreaterThan(2900);
    expect(tookMs).toBeLessThan(3100);
    expect(roller.reasons.at(-1)).toContain('out of reach');
  });

  test('twelve reconnects work, and leave no listener behind', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    const listeners = (): number => Object.values(stage.handle.noble._peripherals)
      .reduce((sum, one) => sum + one.eventNames().reduce((some, name) => some + one.listenerCount(name), 0), 0);
    await streams(roller, 1);
    const atFirst = listeners();
    for (let cycle = 2; cycle <= 12; cycle++) {
      await pass(11_000);
      peripheral.drop();
      await streams(roller, cycle);
    }
    expect(listeners()).toBe(atFirst);
    expect(roller.states).not.toContain('waiting');
  });
});

describe('an adapter that loses its power', () => {
  test('is a drop, and everything comes back with it', async () => {
    stage.roller();
    const roller = stage.watch();
    await streams(roller, 1);
    await pass(1000);
    stage.adapter.powerOff();
    await passUntil(() => roller.state() !== 'streaming', 1100);
    expect(roller.states.slice(-2)).toContain('lost');
    await passUntil(() => roller.state() === 'waiting' && roller.reasons.at(-1) === 'the Bluetooth adapter is off');
    await pass(5000);
    expect(roller.state()).toBe('waiting');
    stage.adapter.powerOn();
    await streams(roller, 2);
    const before = roller.sequences.length;
    await pass(2000);
    expect(roller.sequences.length - before).toBeGreaterThanOrEqual(99);
  });

  test('again and again, with requests under way, uses up nothing in noble', async () => {
    stage.roller();
    const roller = stage.watch();
    const host = (stage.handle.noble as unknown as { _bindings: HciBindings })._bindings;
    for (let cycle = 1; cycle <= 12; cycle++) {
      await streams(roller, cycle);
      roller.link.request({ procedure: 'identify', seconds: 1 }).catch(() => undefined);
      stage.adapter.powerOff();
      await passUntil(() => roller.state() === 'waiting', 3000);
      expect([Object.keys(host._aclStreams), [...host._hci._aclConnections.keys()]]).toEqual([[], []]);
      stage.adapter.powerOn();
    }
    await streams(roller, 13);
    expect(await settled(roller.link.request({ procedure: 'identify', seconds: 1 }))).toMatchObject({ result: 'success' });
  });

  test('while a connect is pending does not block the connects after it', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'connecting');
    stage.adapter.powerOff();
    peripheral.blackout(2000);
    await passUntil(() => roller.state() === 'waiting', 2000);
    stage.adapter.powerOn();
    await streams(roller, 1);
  });

  test('that is off at first is waited for', async () => {
    stage.roller();
    stage.adapter.powerOff();
    await pass(1100);
    const roller = stage.watch();
    await pass(3000);
    expect(roller.states).toEqual(['waiting']);
    stage.adapter.powerOn();
    await streams(roller, 1);
  });
});

describe('a roller that is not there', () => {
  test('is looked for as long as it takes', async () => {
    const roller = stage.watch();
    await pass(120_000);
    expect(roller.states).toEqual(['scanning']);
    stage.roller();
    await streams(roller, 1);
  });

  test('a connect that is not answered is cancelled after 10 s, and the next one works', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'connecting');
    peripheral.vanish();
    const startedMs = performance.now();
    await passUntil(() => roller.state() === 'waiting');
    expect(performance.now() - startedMs).toBeGreaterThan(9900);
    expect(performance.now() - startedMs).toBeLessThan(10_200);
    expect(roller.reasons.at(-1)).toBe('connecting took longer than 10 s');
    peripheral.reappear();
    await streams(roller, 1);
  });

  test('does not keep another one from being connected', async () => {
    const gone = stage.roller({ name: 'Gone', deviceId: '00112233445566a0' }, { address: 'f0:a1:00:00:00:0a' });
    stage.roller({ name: 'Here', deviceId: '00112233445566b0' }, { address: 'f0:a1:00:00:00:0b' });
    const first = stage.watch('gone');
    await passUntil(() => first.state() === 'connecting');
    gone.peripheral.vanish();
    const second = stage.watch('here');
    await passUntil(() => second.state() === 'streaming', 15_000);
    // It waits its turn, and then it has all its time.
    expect(second.states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
    const before = second.sequences.length;
    await pass(30_000);
    expect(isGapless(second.sequences)).toBe(true);
    expect(second.sequences.length - before).toBeGreaterThanOrEqual(1499);
    expect(first.state()).not.toBe('streaming');
  });

  test('pauses between failed attempts grow from half a second to at most half a minute', async () => {
    stage.roller({}, { mtu: 64 });
    const roller = stage.watch();
    const pauses: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) {
      await passUntil(() => roller.state() === 'waiting');
      const waitingMs = performance.now();
      await passUntil(() => roller.state() === 'scanning', 40_000);
      pauses.push(performance.now() - waitingMs);
    }
    expect(pauses[0]).toBeGreaterThanOrEqual(500);
    for (let index = 1; index < pauses.length; index++) expect(pauses[index]!).toBeGreaterThanOrEqual(pauses[index - 1]! - 10);
    expect(pauses.at(-1)).toBeGreaterThan(15_000);
    expect(pauses.at(-1)).toBeLessThanOrEqual(30_010);
  });
});

describe('a pause between attempts', () => {
  const refused = async (): Promise<{ peripheral: PeripheralHandle; roller: Watched }> => {
    const { peripheral } = stage.roller({}, { mtu: 64 });
    const roller = stage.watch();
    for (let attempt = 1; attempt <= 6; attempt++) await passUntil(() => roller.times('waiting') === attempt);
    return { peripheral, roller };
  };

  test('ends when the roller has been away and is heard again', async () => {
    const { peripheral, roller } = await refused();
    // The connection that was refused is over.
    await pass(100);
    peripheral.vanish();
    await pass(3000);
    expect(roller.state()).toBe('waiting');
    peripheral.reappear();
    const backMs = performance.now();
    await passUntil(() => roller.state() === 'connecting');
    expect(performance.now() - backMs).toBeLessThanOrEqual(250);
  });

  test('ends, too, when the roller was away and back while the dead connection was being ended', async () => {
    const { peripheral, roller } = await refused();
    // At once, so that it does not hear that it is over: the adapter keeps the connection for the supervision timeout of 3 s.
    peripheral.vanish();
    await pass(2000);
    peripheral.reappear();
    const backMs = performance.now();
    await passUntil(() => roller.state() === 'connecting');
    expect(performance.now() - backMs).toBeLessThanOrEqual(250);
    await passUntil(() => roller.state() === 'discovering');
    expect(performance.now() - backMs).toBeGreaterThan(900);
    expect(performance.now() - backMs).toBeLessThan(1500);
  });

  test('does not end because the scan was off meanwhile: silence is then no sign', async () => {
    const { roller } = await refused();
    const scans = roller.times('scanning');
    await stage.handle.connecting(() => pass(3000));
    await pass(2000);
    expect(roller.times('scanning')).toBe(scans);
  });
});

describe('the roller that is meant', () => {
  const two = (): void => {
    stage.roller({ name: 'Blue', deviceId: '00000000000000b1' }, { address: 'f0:a1:00:00:00:b1' });
    stage.roller({ name: 'Red', deviceId: '00000000000000a1' }, { address: 'f0:a1:00:00:00:a1' });
  };
  const idOf = (roller: Watched): string | undefined => roller.events.find((event) => event.type === 'info')?.roller.id;

  test.each(['RED', 'f0:a1:00:00:00:a1', 'F0A1000000A1', '00000000000000a1'])('is found by %s', async (device) => {
    two();
    const roller = stage.watch(device);
    await streams(roller, 1);
    expect(idOf(roller)).toBe('00000000000000a1');
    expect(roller.events.some((event) => event.type === 'info' && event.roller.id !== '00000000000000a1')).toBe(false);
  });

  test('stays the same after a drop, though others advertise', async () => {
    const { peripheral } = stage.roller({ name: 'Mine', deviceId: '00000000000000c1' }, { address: 'f0:a1:00:00:00:c1' });
    const roller = stage.watch();
    await streams(roller, 1);
    two();
    peripheral.vanish();
    await pass(30_000);
    expect(roller.state()).toBe('scanning');
    peripheral.reappear();
    await streams(roller, 2);
    const ids = roller.events.flatMap((event) => (event.type === 'info' ? [event.roller.id] : []));
    expect(new Set(ids)).toEqual(new Set(['00000000000000c1']));
  });
});
