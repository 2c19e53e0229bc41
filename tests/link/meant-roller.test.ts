import { describe, expect, test } from 'vitest';
import { pass } from '../radio/virtual-time.ts';
import { stageForEach, streams, type Watched } from './stage.ts';

const stage = stageForEach();

describe('the roller that is meant', () => {
  const two = (): void => {
    stage.roller({ name: 'Blue', deviceId: '00000000000000b1' }, { address: 'f0:a1:00:00:00:b1' });
    stage.roller({ name: 'Red', deviceId: '00000000000000a1' }, { address: 'f0:a1:00:00:00:a1' });
  };
  const idOf = (roller: Watched): string | undefined => roller.events.find((event) => event.type === 'info')?.roller.id;

  test.each(['RED', 'f0:a1:00:00:00:a1', 'F0A1000000A1', '00000000000000a1'])('is found by %s', async (device) => {
    two();
    const roller = stage.watch(device);
    await streams(roller);
    expect(idOf(roller)).toBe('00000000000000a1');
    expect(roller.events.some((event) => event.type === 'info' && event.roller.id !== '00000000000000a1')).toBe(false);
  });

  test('stays the same after a drop, though others advertise', async () => {
    const { peripheral } = stage.roller({ name: 'Mine', deviceId: '00000000000000c1' }, { address: 'f0:a1:00:00:00:c1' });
    const roller = stage.watch();
    await streams(roller);
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
