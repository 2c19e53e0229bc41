import { isHciBindings } from './hci-bindings.ts';
import { knownPeripherals, type Noble } from './noble-port.ts';

/** Forgets strangers seen in passing, but nothing that is listened to. noble and its bindings only ever add: 1.3 kB for each address. */
export function forgetStrangers(noble: Noble, bindings: object, limit: number): void {
  const known = knownPeripherals(noble);
  if (known.length > limit) {
    const maps = ['_peripherals', '_services', '_characteristics', '_descriptors', '_discoveredPeripheralUUids'] as const;
    const tables = noble as unknown as Record<(typeof maps)[number], Record<string, unknown>>;
    const strangers = known.filter((peripheral) => peripheral.eventNames().length === 0);
    for (const { id } of strangers) for (const map of maps) delete tables[map][id];
  }
  if (isHciBindings(bindings) && Object.keys(bindings._gap._discoveries).length > limit) bindings._gap._discoveries = {};
}
