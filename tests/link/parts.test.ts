import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBackoff } from '../../src/link/ble/backoff.ts';
import { answer, pause, within } from '../../src/link/ble/deadline.ts';
import { createLinkStates, TRANSITIONS } from '../../src/link/ble/link-states.ts';
import type { NoblePeripheral } from '../../src/link/ble/noble-port.ts';
import { beat, createPulse } from '../../src/link/ble/streaming.ts';
import { createTarget } from '../../src/link/ble/target.ts';
import { LINK_STATES } from '../../src/link/port.ts';
import { fakeTime, settled } from '../radio/virtual-time.ts';

describe('deadlines', () => {
  beforeEach(fakeTime);
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
  });

  test('an answer in time is the result, and nothing is left', async () => {
    const emitter = new EventEmitter();
    const parent = new AbortController();
    const ask = (): unknown => setTimeout(() => emitter.emit('reply', 1, 'a'), 50);
    const work = within(1000, 'asking', [parent.signal], (signal) => answer<[number, string]>(emitter, 'reply', signal, ask));
    expect(await settled(work)).toEqual([1, 'a']);
    expect(emitter.listenerCount('reply')).toBe(0);
  });

  test('no answer in time is E_LINK_TIMEOUT, and a late one meets nobody', async () => {
    const emitter = new EventEmitter();
    const work = within(1000, 'asking', [], (signal) => answer(emitter, 'reply', signal, () => undefined));
    await expect(settled(work)).rejects.toMatchObject({ code: 'E_LINK_TIMEOUT', message: 'asking took longer than 1 s' });
    expect(emitter.listenerCount('reply')).toBe(0);
  });

  test.each([true, false])('a parent that aborts gives its reason (already aborted: %s)', async (already) => {
    const parent = new AbortController();
    const reason = new Error('gone');
    if (already) parent.abort(reason);
    const work = within(1000, 'waiting', [new AbortController().signal, parent.signal], (signal) => pause(500, signal));
    work.catch(() => undefined);
    parent.abort(reason);
    await expect(settled(work)).rejects.toBe(reason);
  });

  test('answers that are not accepted are passed over', async () => {
    const emitter = new EventEmitter();
    const ask = (): void => {
      for (const value of [1, 2, 3]) emitter.emit('reply', value);
    };
    expect(await answer<[number]>(emitter, 'reply', new AbortController().signal, ask, (value) => value > 1)).toEqual([2]);
  });

  test('a question that throws is a rejection, and leaves no listener', async () => {
    const emitter = new EventEmitter();
    const ask = (): void => {
      throw new Error('not connected');
    };
    await expect(answer(emitter, 'reply', new AbortController().signal, ask)).rejects.toThrow('not connected');
    expect(emitter.listenerCount('reply')).toBe(0);
  });

  test('what work leaves running ends with it', async () => {
    const emitter = new EventEmitter();
    await within(1000, 'both', [], (signal) => Promise.race([answer(emitter, 'never', signal, () => undefined), Promise.resolve(1)]));
    expect(emitter.listenerCount('never')).toBe(0);
  });
});

describe('states', () => {
  test('a link that is closed stays closed, and every other state can be closed', () => {
    expect(TRANSITIONS.closed).toEqual([]);
    for (const state of LINK_STATES.filter((one) => one !== 'closed')) expect(TRANSITIONS[state]).toContain('closed');
  });

  test('only a stream can be lost, and only subscribing leads to one', () => {
    const into = (state: (typeof LINK_STATES)[number]): string[] => LINK_STATES.filter((from) => TRANSITIONS[from].includes(state));
    expect(into('lost')).toEqual(['streaming']);
    expect(into('streaming')).toEqual(['subscribing']);
    expect(into('idle')).toEqual([]);
  });

  test('a transition that is not in the table is a bug', () => {
    const changes: string[] = [];
    const states = createLinkStates((state) => changes.push(state));
    states.enter('scanning');
    expect(() => states.enter('streaming')).toThrow('from scanning to streaming');
    expect([states.current, changes]).toEqual(['scanning', ['scanning']]);
  });
});

describe('the pulse of a stream', () => {
  const after = (periodS: number, beats: number, thenS = periodS): number => {
    const pulse = createPulse(0);
    for (let n = 1; n <= beats; n++) beat(pulse, n * periodS);
    beat(pulse, beats * periodS + thenS);
    return pulse.periodS;
  };

  test.each([0.02, 0.1, 0.5])('is found: a frame each %f s', (periodS) => expect(after(periodS, 200)).toBeCloseTo(periodS, 3));

  test('does not slow down because the stream was stopped for an hour', () => expect(after(0.02, 200, 3600)).toBeLessThan(0.1));
});

describe('the pauses between attempts', () => {
  test.each([[0, [1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]], [0.999_999, [500, 1000, 2000, 4000, 8000, 15_000, 15_000]]])(
    'at random number %f', (random, expected) => {
      const backoff = createBackoff(() => random);
      expect(expected.map(() => Math.round(backoff.nextMs()))).toEqual(expected);
      backoff.worked(true);
      expect([backoff.nextMs(), Math.round(backoff.nextMs())]).toEqual([0, expected[0]]);
    });

  test('stay within half a second and half a minute after a day of failures', () => {
    const backoff = createBackoff(() => 0.3);
    const pauses = Array.from({ length: 5000 }, () => backoff.nextMs());
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
  });
});

describe('the roller that is meant', () => {
  const seen = (id: string, localName?: string, connectable = true): NoblePeripheral =>
    ({ id, address: id.replaceAll(/(..)(?=.)/g, '$1:'), connectable, advertisement: { localName } }) as unknown as NoblePeripheral;
  const [A, B] = ['f0a100000001', 'f0a100000002'];

  test('without a wish: the first one that can be connected to', () => {
    expect(createTarget(null).accepts(seen(A))).toBe(true);
    expect(createTarget(null).accepts(seen(A, 'x', false))).toBe(false);
  });

  test('by name in any case, by address, by id', () => {
    expect(createTarget(' blue ROLLER').accepts(seen(A, 'Blue Roller'))).toBe(true);
    expect(createTarget('blue').accepts(seen(A, 'Blue Roller'))).toBe(false);
    expect(createTarget('F0:A1:00:00:00:01').accepts(seen(A))).toBe(true);
    expect(createTarget(A).accepts(seen(A))).toBe(true);
    expect(createTarget(A).accepts(seen(B))).toBe(false);
  });

  test('by device id: each is asked once, until it is the one', () => {
    const target = createTarget('00000000000000B2');
    expect(target.accepts(seen(A))).toBe(true);
    expect(target.confirms(seen(A), '00000000000000a1')).toBe(false);
    expect(target.accepts(seen(A))).toBe(false);
    expect(target.accepts(seen(B))).toBe(true);
    expect(target.confirms(seen(B), '00000000000000b2')).toBe(true);
  });

  test('remembers at most 64 that are not meant', () => {
    const target = createTarget('00000000000000b2');
    for (let index = 0; index <= 64; index++) target.confirms(seen(`f1000000${(index + 4096).toString(16)}`), '00000000000000a1');
    expect(target.accepts(seen('f10000001000'))).toBe(true);
    expect(target.accepts(seen('f10000001040'))).toBe(false);
  });

  test('once connected it is that roller: by its address, or by its name behind another address, and by its device id', () => {
    const target = createTarget(null);
    expect(target.confirms(seen(A, 'Roller 12'), '00000000000000a1')).toBe(true);
    expect(target.accepts(seen(A))).toBe(true);
    expect(target.accepts(seen(B, 'Roller 34'))).toBe(false);
    expect(target.accepts(seen(B, 'Roller 12'))).toBe(true);
    expect(target.confirms(seen(B, 'Roller 12'), '00000000000000b2')).toBe(false);
    expect(target.accepts(seen(B, 'Roller 12'))).toBe(false);
    expect(target.confirms(seen('c0ffee000000', 'Roller 12'), '00000000000000a1')).toBe(true);
    expect(target.accepts(seen('c0ffee000000'))).toBe(true);
  });
});
