import { pause } from './deadline.ts';
import type { NobleHandle } from './noble.ts';
import type { NoblePeripheral } from './noble-port.ts';

/** A roller that was heard, and how loud lately. */
export interface HeardRoller {
  readonly peripheral: NoblePeripheral;
  readonly name: string | null;
  /** Null where the system keeps it to itself. */
  readonly address: string | null;
  readonly rssiDbm: number;
}

/** Listens for `seconds` and tells of every roller that advertised, the loudest first. Rejects with the reason of the signal. */
export async function survey({ scanner }: NobleHandle, seconds: number, signal: AbortSignal): Promise<readonly HeardRoller[]> {
  const heard = new Map<string, HeardRoller>();
  const stop = scanner.listen((peripheral) => {
    // The name comes in the scan response, which may come later than the rest.
    const name = peripheral.advertisement.localName ?? heard.get(peripheral.id)?.name ?? null;
    const address = peripheral.address === '' ? null : peripheral.address;
    heard.set(peripheral.id, { peripheral, name, address, rssiDbm: peripheral.rssi });
  });
  try {
    await pause(seconds * 1000, signal);
  } finally {
    stop();
  }
  return [...heard.values()].toSorted((a, b) => b.rssiDbm - a.rssiDbm);
}
