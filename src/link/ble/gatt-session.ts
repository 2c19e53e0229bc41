import { AppError } from '../../errors.ts';
import type { Driver, GattName, GattSlot } from '../drivers/driver.ts';
import { answer, within } from './deadline.ts';
import type { NobleCharacteristic, NoblePeripheral, NobleService } from './noble-port.ts';

/** The characteristics of one connection; the next connection has new ones, and these then hear nothing more. */
export type Characteristics = ReadonlyMap<GattName, NobleCharacteristic>;

const SUBSCRIBE_MS = 3000;

/** A connection to something that is not what it should be. */
export const notUsable = (message: string): AppError => new AppError('E_LINK_LOST', message, 'it may need another firmware');

/** Finds what a driver wants of a sensor. Once in a connection: a second discovery would take the notifications from the first. */
export async function discover(peripheral: NoblePeripheral, driver: Driver, signal: AbortSignal): Promise<Characteristics> {
  const slots = Object.entries(driver.characteristics) as [GattName, GattSlot][];
  const askServices = (): void => peripheral.discoverServices(driver.services);
  const [services] = await answer<[NobleService[]]>(peripheral, 'servicesDiscover', signal, askServices);
  const found = new Map<GattName, NobleCharacteristic>();
  for (const service of services) {
    const askCharacteristics = (): void => service.discoverCharacteristics([]);
    const [characteristics] = await answer<[NobleCharacteristic[]]>(service, 'characteristicsDiscover', signal, askCharacteristics);
    for (const characteristic of characteristics) {
      const [name] = slots.find(([, { uuids }]) => uuids.includes(characteristic.uuid)) ?? [];
      if (name) found.set(name, characteristic);
    }
  }
  const missing = slots.filter(([name, { needed }]) => needed && !found.has(name)).map(([name]) => name);
  if (missing.length > 0) throw notUsable(`it has no ${missing.join(', ')} characteristic`);
  return found;
}

/** Reads a value, however long. An ATT error comes as an empty value: noble knows no other way. */
export async function read(characteristic: NobleCharacteristic, signal: AbortSignal): Promise<Uint8Array> {
  const [data] = await answer<[Buffer, boolean]>(characteristic, 'read', signal, () => characteristic.read(), isAnswer);
  return bytesOf(data);
}

const isAnswer = (_data: Buffer, isNotification: boolean): boolean => !isNotification;

/** Reads a text; null where there is none. */
export async function readText(characteristic: NobleCharacteristic | undefined, signal: AbortSignal): Promise<string | null> {
  if (!characteristic) return null;
  const text = new TextDecoder().decode(await read(characteristic, signal)).replaceAll('\0', '').trim();
  return text === '' ? null : text;
}

/** Hears every value that comes, until the returned function is called. To be called before `subscribe`, or the first ones are missed. */
export function listen(characteristic: NobleCharacteristic, heard: (bytes: Uint8Array) => void): () => void {
  const came = (data: Buffer): void => heard(bytesOf(data));
  characteristic.on('data', came);
  return () => characteristic.removeListener('data', came);
}

/** noble does not tell a refusal, so that the answer is not waited for long. */
export async function subscribe(characteristic: NobleCharacteristic, signal: AbortSignal): Promise<void> {
  await within(SUBSCRIBE_MS, 'turning notifications on', [signal], (asking) => answer(characteristic, 'notify', asking, () => characteristic.subscribe()));
}

/** Writes by whichever of the two ways it takes; done when it is on its way, or acknowledged. noble does not tell a refusal. */
export async function write(characteristic: NobleCharacteristic, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const withoutResponse = !characteristic.properties.includes('write');
  await answer(characteristic, 'write', signal, () => characteristic.write(Buffer.from(bytes), withoutResponse));
}

/** The first value from now on that is accepted. */
export async function nextValue(
  characteristic: NobleCharacteristic, accepts: (bytes: Uint8Array) => boolean, signal: AbortSignal,
): Promise<Uint8Array> {
  const [data] = await answer<[Buffer]>(characteristic, 'data', signal, () => undefined, (value) => accepts(bytesOf(value)));
  return bytesOf(data);
}

const bytesOf = (data: Buffer): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
