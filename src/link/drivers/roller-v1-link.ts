import { CHARACTERISTICS, SERVICES } from '../../../firmware-protocol/gatt.ts';
import type { ResultCode } from '../../../firmware-protocol/control.ts';
import { decodeInfo } from '../../../firmware-protocol/info.ts';
import { AppError } from '../../errors.ts';
import type { FrameSource, RollerIdentity } from '../port.ts';
import type { Driver, Gatt, GattSlot } from './driver.ts';
import { createRollerDecoder, decodeEvent } from './roller-v1.ts';

const HINTS: Readonly<Partial<Record<ResultCode, string>>> = { mtuTooSmall: 'packets over this adapter are too small: use another one' };

/** Values that are read once in a connection and pass on as if they had been notified. */
const READ_AT_START = ['battery', 'status'] as const satisfies readonly FrameSource[];
/** The control point first, since `start` is answered through it; the stream last. */
const SUBSCRIBED = ['control', 'status', 'battery', 'stream'] as const satisfies readonly FrameSource[];

const slot = (name: keyof typeof CHARACTERISTICS, kind: Omit<GattSlot, 'uuids'> = {}): GattSlot => ({ uuids: [CHARACTERISTICS[name].uuid], ...kind });

/** Our own protocol, version 1 (SPEC.md). */
export const rollerV1: Driver = {
  name: 'roller-v1',
  measures: 'motion and pressure',
  recognises: ({ serviceUuids = [] }) => serviceUuids.includes(SERVICES.roller),
  services: Object.values(SERVICES),
  characteristics: {
    info: slot('info', { needed: true }),
    stream: slot('stream', { needed: true, pushed: true }),
    status: slot('status', { pushed: true }),
    control: slot('control', { needed: true, pushed: true }),
    battery: slot('battery', { pushed: true }),
    manufacturer: slot('manufacturer'),
    model: slot('model'),
    firmware: slot('firmware'),
  },
  stream: 'stream',

  introduce: async (gatt) => {
    const bytes = await gatt.read('info');
    const info = decodeInfo(bytes);
    if (!info.ok) throw new AppError('E_LINK_LOST', `its info value cannot be read (${info.fault.detail})`, 'it may need another firmware');
    const roller: RollerIdentity = {
      id: info.value.deviceId,
      name: gatt.localName ?? 'roller',
      address: gatt.address,
      rssiDbm: gatt.rssiDbm,
      manufacturer: await gatt.readText('manufacturer'),
      model: await gatt.readText('model'),
      firmware: await gatt.readText('firmware'),
      driver: rollerV1.name,
    };
    const values: [FrameSource, Uint8Array][] = [['info', bytes]];
    for (const name of READ_AT_START) {
      const value = gatt.has(name) ? await gatt.read(name) : null;
      if (value && value.length > 0) values.push([name, value]);
    }
    return { roller, values };
  },

  start: async (gatt) => {
    for (const name of SUBSCRIBED) if (gatt.has(name)) await gatt.subscribe(name);
    await Promise.all([gatt.until('stream'), begin(gatt)]);
  },

  createDecoder: createRollerDecoder,
  decodeEvent,
};

async function begin(gatt: Gatt): Promise<void> {
  const response = await gatt.request({ procedure: 'start' });
  if (response.result === 'success') return;
  const hint = HINTS[response.result] ?? 'see what the roller shows';
  throw new AppError('E_REFUSED', `the roller refuses to stream: ${response.result}`, hint);
}
