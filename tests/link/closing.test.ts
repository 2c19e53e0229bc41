import type { EventEmitter } from 'node:events';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAir } from '../../simulators/radio/air.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { LINK_STATES } from '../../src/link/port.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { openStage, type Stage } from './stage.ts';

describe('closing', () => {
  let stage: Stage;
  beforeEach(async () => {
    fakeTime();
    stage = await openStage();
  });
  afterEach(() => vi.useRealTimers());

  const listenersOf = (emitter: { eventNames(): (string | symbol)[]; listenerCount(name: string | symbol): number }): number =>
    emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);

  test('stops the stream, says goodbye and takes every listener and timer down', async () => {
    const { firmware } = stage.roller();
    const atFirst = listenersOf(stage.handle.noble);
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    await pass(7000);
    const startedMs = performance.now();
    roller.subscription.unsubscribe();
    await passUntil(() => firmware.requests.includes('stop'), 600);
    await passUntil(() => Object.values(stage.handle.noble._peripherals).every(({ state }) => state === 'disconnected'), 1500);
    expect(performance.now() - startedMs).toBeLessThan(1000);
    await pass(50);
    expect(listenersOf(stage.handle.noble)).toBe(atFirst);
    for (const peripheral of Object.values(stage.handle.noble._peripherals)) {
      expect(listenersOf(peripheral)).toBe(0);
      const { services } = peripheral as unknown as { services: { characteristics: EventEmitter[] }[] };
      expect(services.flatMap(({ characteristics }) => characteristics.map(listenersOf))).toEqual(Array<number>(8).fill(0));
    }
    await stage.close();
    expect(listenersOf(stage.handle.noble)).toBe(0);
    expect(listenersOf(stage.adapter)).toBe(0);
  });

  test.each(LINK_STATES.filter((state) => !['idle', 'lost', 'waiting', 'closed'].includes(state)))('works while %s', async (state) => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === state);
    const events = roller.events.length;
    roller.subscription.unsubscribe();
    await stage.close();
    expect(roller.events).toHaveLength(events);
  });

  test('works while waiting for a roller that has vanished, and before the first turn', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'connecting');
    peripheral.vanish();
    await passUntil(() => roller.state() === 'waiting');
    stage.watch('another').subscription.unsubscribe();
    await stage.close();
  });

  test('takes bounded time where the roller does not answer any more', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    peripheral.vanish();
    const startedMs = performance.now();
    await stage.close();
    expect(performance.now() - startedMs).toBeLessThan(2000);
  });

  test('a link can be opened again, and one subscription more does not open it twice', async () => {
    const { firmware } = stage.roller();
    const first = stage.watch();
    const second = first.link.events$.subscribe();
    await passUntil(() => first.state() === 'streaming');
    first.subscription.unsubscribe();
    await pass(1000);
    expect(firmware.requests).toEqual(['start']);
    second.unsubscribe();
    await passUntil(() => firmware.requests.includes('stop'));
    await pass(1000);
    const states: string[] = [];
    const again = first.link.events$.subscribe((event) => event.type === 'state' && states.push(event.state));
    await passUntil(() => states.at(-1) === 'streaming');
    again.unsubscribe();
    await stage.close();
  });
});

test('takes noble\'s SIGINT handler off the process at once, and its exit handler at the end, those of others not', async () => {
  fakeTime();
  const count = (): number[] => [process.listenerCount('SIGINT'), process.listenerCount('exit')];
  const ours = (): void => undefined;
  process.on('SIGINT', ours);
  const [sigint, exit] = count();
  const air = createAir({ seed: 1 });
  const handle = await settled(openNoble({ hciSocket: air.central() }));
  process.on('exit', ours);
  expect(count()).toEqual([sigint, exit! + 2]);
  await settled(handle.close());
  expect(count()).toEqual([sigint, exit! + 1]);
  process.removeListener('SIGINT', ours);
  process.removeListener('exit', ours);
  air.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
