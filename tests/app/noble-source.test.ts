import { describe, expect, it } from 'vitest';
import { linkOverNoble } from '../../src/app/noble-source.ts';
import { AppError } from '../../src/errors.ts';
import type { LinkEvent } from '../../src/link/port.ts';

const clock = { monotonicS: () => 7, utcMs: () => 0 };
const noAdapter = new AppError('E_BLUETOOTH', 'no Bluetooth adapter was found', 'plug one in');

describe('a link over a noble that cannot start', () => {
  it('stays idle and says why, for as long as somebody looks', async () => {
    const missing: AppError[] = [];
    const link = linkOverNoble({ opening: Promise.reject(noAdapter), device: null, clock, onMissing: (error) => missing.push(error) });
    const seen: LinkEvent[] = [];
    let ended = false;
    const subscription = link.events$.subscribe({ next: (event) => seen.push(event), complete: () => (ended = true) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([{ type: 'state', state: 'idle', reason: 'E_BLUETOOTH: no Bluetooth adapter was found; plug one in', arrivalS: 7 }]);
    expect(missing).toEqual([noAdapter]);
    expect(ended).toBe(false);
    await expect(link.request({ procedure: 'stop' })).rejects.toBe(noAdapter);
    subscription.unsubscribe();
    await link.close();
  });

  it('is nobody\'s fault where nobody looked: no rejection is left over', async () => {
    const link = linkOverNoble({ opening: Promise.reject(noAdapter), device: null, clock, onMissing: () => undefined });
    await link.close();
    await new Promise((resolve) => setImmediate(resolve));
  });
});
