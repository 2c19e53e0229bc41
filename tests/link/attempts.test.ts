import { describe, expect, test } from 'vitest';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import { pass, passUntil } from '../radio/virtual-time.ts';
import { isGapless, stageForEach, streams, type Watched } from './stage.ts';

const stage = stageForEach();

describe('a roller that is not there', () => {
  test('is looked for as long as it takes', async () => {
    const roller = stage.watch();
    await pass(120_000);
    expect(roller.states).toEqual(['scanning']);
    stage.roller();
    await streams(roller);
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
    await streams(roller);
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
