import { CHARACTERISTICS, SERVICES, type CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import { AppError } from '../../errors.ts';
import { answer } from './deadline.ts';
import type { NobleCharacteristic, NoblePeripheral, NobleService } from './noble-port.ts';

/** The characteristics of one connection; the next connection has new ones, and these then hear nothing more. */
export type Characteristics = ReadonlyMap<CharacteristicName, NobleCharacteristic>;

const NEEDED: readonly CharacteristicName[] = ['info', 'stream', 'control'];
const NAMES = Object.keys(CHARACTERISTICS) as CharacteristicName[];

const notARoller = (message: string): AppError => new AppError('E_LINK_LOST', message, 'it may need another firmware');

/** Finds a roller's characteristics. Once in a connection: a second discovery would take the notifications from the first. */
export async function discover(peripheral: NoblePeripheral, signal: AbortSignal): Promise<Characteristics> {
  const askServices = (): void => peripheral.discoverServices(Object.values(SERVICES));
  const [services] = await answer<[NobleService[]]>(peripheral, 'servicesDiscover', signal, askServices);
  const found = new Map<CharacteristicName, NobleCharacteristic>();
  for (const service of services) {
    const askCharacteristics = (): void => service.discoverCharacteristics([]);
    const [characteristics] = await answer<[NobleCharacteristic[]]>(service, 'characteristicsDiscover', signal, askCharacteristics);
    for (const characteristic of characteristics) {
      const name = NAMES.find((candidate) => CHARACTERISTICS[candidate].uuid === characteristic.uuid);
      if (name) found.set(name, characteristic);
    }
  }
  const missing = NEEDED.filter((name) => !found.has(name));
  if (missing.length > 0) throw notARoller(`it has no ${missing.join(', ')} characteristic`);
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

export async function subscribe(characteristic: NobleCharacteristic, signal: AbortSignal): Promise<void> {
  await answer(characteristic, 'notify', signal, () => characteristic.subscribe());
}

const bytesOf = (data: Buffer): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
