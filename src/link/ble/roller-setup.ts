import type { CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import type { ResultCode } from '../../../firmware-protocol/control.ts';
import { decodeInfo } from '../../../firmware-protocol/info.ts';
import { AppError } from '../../errors.ts';
import type { RollerIdentity } from '../port.ts';
import { lost } from './connection.ts';
import type { ControlPoint } from './control-point.ts';
import { answer } from './deadline.ts';
import { read, readText, subscribe, type Characteristics } from './gatt-session.ts';
import type { NoblePeripheral } from './noble-port.ts';

/** Name of the driver that reads the frames of our own protocol. */
const DRIVER = 'roller-v1';

const HINTS: Readonly<Partial<Record<ResultCode, string>>> = { mtuTooSmall: 'packets over this adapter are too small: use another one' };

/** Values that are read once in a connection and pass on as if they had been notified. */
const READ_AT_START = ['battery', 'status'] as const satisfies readonly CharacteristicName[];
/** The control point first, since `start` is answered through it; the stream last. */
const SUBSCRIBED = ['control', 'status', 'battery', 'stream'] as const satisfies readonly CharacteristicName[];

export type Heard = (characteristic: CharacteristicName, bytes: Uint8Array) => void;

/** Reads who the roller is and how it is. The info value is passed on first: nothing else can be understood without it. */
export async function introduce(
  peripheral: NoblePeripheral, characteristics: Characteristics, heard: Heard, signal: AbortSignal,
): Promise<RollerIdentity> {
  const bytes = await read(characteristics.get('info')!, signal);
  const info = decodeInfo(bytes);
  if (!info.ok) throw lost(`its info value cannot be read (${info.fault.detail})`);
  heard('info', bytes);
  const text = (name: CharacteristicName): Promise<string | null> => readText(characteristics.get(name), signal);
  const identity: RollerIdentity = {
    id: info.value.deviceId,
    name: peripheral.advertisement.localName ?? 'roller',
    address: peripheral.address === '' ? null : peripheral.address,
    rssiDbm: peripheral.rssi,
    manufacturer: await text('manufacturer'),
    model: await text('model'),
    firmware: await text('firmware'),
    driver: DRIVER,
  };
  for (const name of READ_AT_START) {
    const characteristic = characteristics.get(name);
    const value = characteristic && (await read(characteristic, signal));
    if (value && value.length > 0) heard(name, value);
  }
  return identity;
}

/** Subscribes, starts the stream and waits for its first frame. */
export async function startStream(characteristics: Characteristics, control: ControlPoint, signal: AbortSignal): Promise<void> {
  for (const name of SUBSCRIBED) {
    const characteristic = characteristics.get(name);
    if (characteristic) await subscribe(characteristic, signal);
  }
  const firstFrame = answer(characteristics.get('stream')!, 'data', signal, () => undefined);
  await Promise.all([firstFrame, start(control)]);
}

async function start(control: ControlPoint): Promise<void> {
  const response = await control({ procedure: 'start' });
  if (response.result === 'success') return;
  const hint = HINTS[response.result] ?? 'see what the roller shows';
  throw new AppError('E_REFUSED', `the roller refuses to stream: ${response.result}`, hint);
}
