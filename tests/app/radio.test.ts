import type { Subscription } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { createRadio, type Radio, type RadioLink } from '../../src/app/radio.ts';
import { systemClock } from '../../src/clock.ts';
import { AppError } from '../../src/errors.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import { isGapless, stageForEach } from '../link/stage.ts';
import type { TestFirmware } from '../radio/test-firmware.ts';
import { pass, passUntil, settled } from '../radio/virtual-time.ts';

const clock = { monotonicS: () => 7, utcMs: () => 0 };
const noAdapter = new AppError('E_BLUETOOTH', 'no Bluetooth adapter was found', 'plug one in');

const openMissing = (onMissing: (error: AppError) => void = () => undefined): Radio =>
  createRadio({ opening: Promise.reject(noAdapter), clock, onMissing });

describe('a radio over a noble that cannot start', () => {
  it('says why once, and its links stay idle for as long as somebody looks', async () => {
    const missing: AppError[] = [];
    const radio = openMissing((error) => missing.push(error));
    const seen: LinkEvent[] = [];
    let ended = false;
    const links = [radio.link(null), radio.link('blue')];
    const subscriptions = links.map((link) => link.events$.subscribe({ next: (event) => seen.push(event), complete: () => (ended = true) }));
    await new Promise((resolve) => setImmediate(resolve));
    const idle = { type: 'state', state: 'idle', reason: 'E_BLUETOOTH: no Bluetooth adapter was found; plug one in', arrivalS: 7 };
    expect(seen).toEqual([idle, idle]);
    expect(missing).toEqual([noAdapter]);
    expect(ended).toBe(false);
    await expect(links[0]!.request({ procedure: 'stop' })).rejects.toBe(noAdapter);
    await expect(radio.listen()).rejects.toBe(noAdapter);
    for (const subscription of subscriptions) subscription.unsubscribe();
    await radio.close();
  });

  it('is nobody\'s fault where nobody looked: no rejection is left over', async () => {
    const radio = openMissing();
    radio.link(null);
    await radio.close();
    await new Promise((resolve) => setImmediate(resolve));
  });
});

describe('a radio', () => {
  const stage = stageForEach();

  const put = (letter: string): TestFirmware =>
    stage.roller({ name: `Roller ${letter}`, deviceId: `000000000000000${letter}`, cells: 2 }, { address: `f0:a1:00:00:00:0${letter}` }).firmware;
  const open = (): Radio => createRadio({ opening: Promise.resolve(stage.handle), clock: systemClock, onMissing: () => undefined });
  const watch = (link: RadioLink): { events: LinkEvent[]; subscription: Subscription; ids: () => string[]; state: () => string | undefined } => {
    const events: LinkEvent[] = [];
    const subscription = link.events$.subscribe((event) => void events.push(event));
    return {
      events,
      subscription,
      ids: () => [...new Set(events.flatMap((event) => (event.type === 'info' ? [event.roller.id] : [])))],
      state: () => events.findLast((event) => event.type === 'state')?.state,
    };
  };

  it('has a link leave its roller for another one, and ask that from then on', async () => {
    const [first, second] = [put('a'), put('b')];
    const radio = open();
    const link = radio.link('roller a');
    const watched = watch(link);
    await passUntil(() => watched.state() === 'streaming');
    link.meet('000000000000000b');
    await passUntil(() => watched.ids().length === 2 && watched.state() === 'streaming');
    await settled(link.request({ procedure: 'identify', seconds: 1 }));
    expect(watched.ids()).toEqual(['000000000000000a', '000000000000000b']);
    expect([first.requests, second.requests]).toEqual([['start', 'stop'], ['start', 'identify']]);
    watched.subscription.unsubscribe();
    await settled(radio.close());
  });

  it('hears who is in the air, without disturbing a stream; two who ask at once get the same answer', async () => {
    put('a');
    const radio = open();
    const watched = watch(radio.link('roller a'));
    await passUntil(() => watched.state() === 'streaming');
    put('b');
    const from = watched.events.length;
    const asked = [radio.listen(), radio.listen()];
    expect(asked[0]).toBe(asked[1]);
    const heard = await settled(asked[0]!);
    expect(heard).toEqual([{ name: 'Roller b', address: 'f0:a1:00:00:00:0b', rssiDbm: expect.any(Number) }]);
    const sequences = watched.events.slice(from).flatMap((event) => {
      const frame = event.type === 'frame' && event.characteristic === 'stream' ? decodeStream(event.bytes) : null;
      return frame?.ok ? [frame.value.sequence] : [];
    });
    expect(sequences.length).toBeGreaterThanOrEqual(149);
    expect(isGapless(sequences)).toBe(true);
    watched.subscription.unsubscribe();
    await settled(radio.close());
  });

  it('that is closed ends a listening', async () => {
    const radio = open();
    const listening = radio.listen();
    listening.catch(() => undefined);
    await pass(500);
    await settled(radio.close());
    await expect(listening).rejects.toMatchObject({ code: 'E_NOT_CONNECTED' });
  });
});
