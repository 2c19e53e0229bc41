import { beforeEach, describe, expect, test, vi } from 'vitest';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { isGapless, openStage, stageForEach, type Stage, type Watched } from './stage.ts';

const IDENTIFY = { procedure: 'identify', seconds: 3 } as const;

type Roller = ReturnType<Stage['roller']>;

describe('the control point', () => {
  const stage = stageForEach();
  let roller: Roller;
  let watched: Watched;
  beforeEach(async () => {
    roller = stage.roller();
    watched = stage.watch();
    await passUntil(() => watched.state() === 'streaming');
  });

  test('answers a request with what the roller indicates', async () => {
    const rates = { imuRateMilliHz: 200_000, pressureRateMilliHz: 50_000, samplesPerFrame: 4 };
    const granted = await settled(watched.link.request({ procedure: 'setRate', ...rates }), 1000);
    expect(granted).toEqual({ procedure: 'setRate', result: 'success', ...rates });
    expect(await settled(watched.link.request(IDENTIFY), 1000)).toEqual({ procedure: 'identify', result: 'success' });
  });

  test('a refusal is an answer', async () => {
    expect(await settled(watched.link.request({ procedure: 'tare' }))).toEqual({ procedure: 'tare', opCode: 3, result: 'moving' });
  });

  test.each([
    ['has no meaning', [0x80, 0x03, 0x42], /the roller did not tare \(.*66/],
    ['is cut off', [0x80, 0x03], /the roller did not tare \(control: expected at least 3 bytes, found 2/],
    ['is too long', [0x80, 0x03, 0x12, 0], /the roller did not tare/],
  ])('a result that %s is a refusal, at once', async (_what, bytes, message) => {
    const { control } = roller.firmware;
    const answered = (...given: Parameters<typeof control>) => (given[0][0] === 0x03 ? Uint8Array.from(bytes) : control(...given));
    Object.assign(roller.firmware, { control: answered });
    const startedMs = performance.now();
    const refusal = { code: 'E_REFUSED', message: expect.stringMatching(message) as string };
    await expect(settled(watched.link.request({ procedure: 'tare' }))).rejects.toMatchObject(refusal);
    expect(performance.now() - startedMs).toBeLessThan(200);
    expect(await settled(watched.link.request(IDENTIFY))).toEqual({ procedure: 'identify', result: 'success' });
  });

  test('runs requests one at a time, in order, and refuses to queue without end', async () => {
    const requests = Array.from({ length: 10 }, (_, index) => watched.link.request({ procedure: 'identify', seconds: index + 1 }));
    const results = await settled(Promise.allSettled(requests));
    expect(results.map(({ status }) => status)).toEqual([...Array<string>(8).fill('fulfilled'), 'rejected', 'rejected']);
    expect(results[9]).toMatchObject({ reason: { code: 'E_REFUSED' } });
    expect(roller.firmware.requests).toEqual(['start', ...Array<string>(8).fill('identify')]);
    expect(await settled(watched.link.request({ procedure: 'identify', seconds: 1 }))).toMatchObject({ result: 'success' });
  });

  test('a write refused with an ATT error, which noble swallows, is a timeout, and does not answer for the next one', async () => {
    roller.peripheral.refuse('write', 0x0e);
    const startedMs = performance.now();
    await expect(settled(watched.link.request({ procedure: 'tare' }))).rejects.toMatchObject({ code: 'E_LINK_TIMEOUT' });
    expect(performance.now() - startedMs).toBeLessThan(3100);
    roller.peripheral.refuse('write', null);
    expect(await settled(watched.link.request(IDENTIFY))).toEqual({ procedure: 'identify', result: 'success' });
    expect(watched.state()).toBe('streaming');
    expect(isGapless(watched.sequences)).toBe(true);
  });

  test('a drop rejects what is under way and what waits', async () => {
    const requests = [watched.link.request(IDENTIFY), watched.link.request(IDENTIFY)];
    roller.peripheral.vanish();
    const results = await settled(Promise.allSettled(requests));
    expect(results).toMatchObject([{ reason: { code: 'E_LINK_LOST' } }, { reason: { code: 'E_LINK_LOST' } }]);
    await expect(watched.link.request({ procedure: 'stop' })).rejects.toMatchObject({ code: 'E_NOT_CONNECTED' });
  });

  test('a stream that was stopped on purpose is not taken for a lost one', async () => {
    expect(await settled(watched.link.request({ procedure: 'stop' }))).toMatchObject({ result: 'success' });
    await pass(10_000);
    expect(watched.state()).toBe('streaming');
    const before = watched.sequences.length;
    expect(await settled(watched.link.request({ procedure: 'start' }))).toMatchObject({ result: 'success' });
    await pass(5000);
    expect(watched.state()).toBe('streaming');
    expect(watched.sequences.length - before).toBeGreaterThan(240);
  });
});

test('without a connection a request is refused at once', async () => {
  fakeTime();
  const stage = await openStage();
  const { link } = stage.watch();
  await expect(link.request({ procedure: 'start' })).rejects.toMatchObject({ code: 'E_NOT_CONNECTED' });
  await stage.close();
  vi.useRealTimers();
});
