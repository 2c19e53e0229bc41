import { describe, expect, it, vi } from 'vitest';
import { SOURCES, type SourceOptions } from '../../src/app/sources.ts';
import type { SourceSet } from '../../src/app/source.ts';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { AppError } from '../../src/errors.ts';

// No test touches the adapter of the machine it runs on.
vi.mock('../../src/link/ble/noble.ts', () => ({ openNoble: () => Promise.reject(new AppError('E_BLUETOOTH', 'no adapter', 'plug one in')) }));

async function opened(options: Partial<SourceOptions>, look: (source: SourceSet) => void): Promise<void> {
  const given: SourceOptions = { source: 'simulator', seed: 7, rate: 1, ...options };
  const config = { coaching: defaultCoachingConfig, overrides: {} };
  const source = await SOURCES[given.source](given, { clock: systemClock, report: () => undefined, config });
  try {
    look(source);
  } finally {
    await source.close();
  }
}

describe('how many stations a source has', () => {
  it.each<[string, Partial<SourceOptions>, number, string]>([
    ['one simulated roller', {}, 1, 'simulated roller, scenario tour'],
    ['four, each of a seed of its own', { rollers: 4, scenario: 'too-fast' }, 4, '4 simulated rollers, scenario too-fast'],
    ['the first Bluetooth roller', { source: 'ble' }, 1, 'the first Bluetooth roller heard'],
    ['the first three', { source: 'ble', rollers: 3 }, 3, 'the first 3 Bluetooth rollers heard'],
    ['those that are named', { source: 'ble', device: 'Blue, 00112233445566aa,' }, 2, 'Bluetooth roller Blue, Bluetooth roller 00112233445566aa'],
    ['one named and any other', { source: 'ble', device: 'Blue', rollers: 2 }, 2, 'Bluetooth roller Blue, the first Bluetooth roller heard'],
  ])('%s', (_what, options, count, title) =>
    opened(options, ({ stations, title: shown }) => {
      expect([stations.length, shown]).toEqual([count, title]);
      if (options.source !== 'ble') expect(stations.map(({ seed }) => seed)).toEqual(Array.from({ length: count }, (_, index) => 7 + index));
    }));

  it('begins anew at the end of all seeds', () =>
    opened({ rollers: 2, seed: 2 ** 32 - 1 }, ({ stations }) => expect(stations.map(({ seed }) => seed)).toEqual([2 ** 32 - 1, 0])));
});
