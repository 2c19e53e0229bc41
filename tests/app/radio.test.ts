import { describe, expect, it } from 'vitest';
import { createRadio, type Radio } from '../../src/app/radio.ts';
import { AppError } from '../../src/errors.ts';
import type { LinkEvent } from '../../src/link/port.ts';

const clock = { monotonicS: () => 7, utcMs: () => 0 };
const noAdapter = new AppError('E_BLUETOOTH', 'no Bluetooth adapter was found', 'plug one in');

const openMissing = (onMissing: (error: AppError) => void = () => undefined): Radio => createRadio({ opening: Promise.reject(noAdapter), clock, onMissing });

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
