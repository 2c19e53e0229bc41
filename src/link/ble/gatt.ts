import type { Gatt, GattName } from '../drivers/driver.ts';
import type { ControlPoint } from './control-point.ts';
import { pause, within } from './deadline.ts';
import { nextValue, notUsable, read, readText, subscribe, write, type Characteristics } from './gatt-session.ts';
import type { NobleCharacteristic, NoblePeripheral } from './noble-port.ts';

const WRITE_MS = 1000;

/** A connection as a driver sees it, for as long as the signal of a step lasts. */
export function createGatt(peripheral: NoblePeripheral, characteristics: Characteristics, control: ControlPoint, signal: AbortSignal): Gatt {
  const named = (name: GattName): NobleCharacteristic => {
    const characteristic = characteristics.get(name);
    if (!characteristic) throw notUsable(`it has no ${name} characteristic`);
    return characteristic;
  };
  return {
    id: peripheral.id,
    address: peripheral.address === '' ? null : peripheral.address,
    localName: peripheral.advertisement.localName ?? null,
    rssiDbm: peripheral.rssi,
    has: (name) => characteristics.has(name),
    // async: a characteristic that is missing rejects
    read: async (name) => read(named(name), signal),
    readText: async (name) => readText(characteristics.get(name), signal),
    subscribe: async (name) => subscribe(named(name), signal),
    write: async (name, bytes) => within(WRITE_MS, `writing ${name}`, [signal], (writing) => write(named(name), bytes, writing)),
    until: async (name, accepts = () => true) => nextValue(named(name), accepts, signal),
    request: control,
    pause: (ms) => pause(ms, signal),
  };
}
