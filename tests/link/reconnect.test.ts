import { describe, expect, test } from 'vitest';
import { pass, passUntil, settled } from '../radio/virtual-time.ts';
import { isGapless, stageForEach, streams } from './stage.ts';

const stage = stageForEach();

describe('a stream that drops', () => {
  test('is taken up again when the roller has ended the connection, and the reason is told', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller);
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
    await streams(roller);
    await pass(11_000);
    expect(await pauseAfterDropMs()).toBeLessThanOrEqual(10);
    await streams(roller, 2);
    expect(await pauseAfterDropMs()).toBeGreaterThanOrEqual(500);
  });

  test('survives a blackout of 2 s without a gap', async () => {
    const { firmware, peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller);
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
    await streams(roller);
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
    await streams(roller);
    firmware.hang();
    await passUntil(() => roller.state() === 'lost', 3000);
    await streams(roller, 2);
    expect(firmware.requests).toEqual(['start', 'start']);
  });

  test('the link with the weaker reason: supervision timeout after 3 s where the stream was stopped on purpose', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await streams(roller);
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
    await streams(roller);
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
