import { encodeInfo } from '../../../../firmware-protocol/info.ts';
import { AppError } from '../../../errors.ts';
import type { Driver, Gatt, Mounting } from '../driver.ts';
import { createWitMotionDecoder, decodeWitMotion, strangerText, WITMOTION, type WitMotionState } from './decoder.ts';
import { ACCEL_RANGE_G, createFrameParser, GYRO_RANGE_DPS, parseFrames } from './frames.ts';

/**
 * The maker's own base ends in 9a34fb, one letter away from Bluetooth's 9b34fb; sensors whose firmware has the usual base are found by the
 * short form.
 */
const uuids = (short: string): readonly string[] => [`0000${short}00001000800000805f9a34fb`, short];
const SERVICE = uuids('ffe5');
/** Cheap lamps and meters have a service ffe5, too: what is not named like a WitMotion has to say the maker's own base. */
const NAME = /^WT\d/i;

/** Register writes: `ff aa`, register, value, little endian. Nothing is saved: after power off the sensor is as its owner has set it. */
const UNLOCK = Uint8Array.of(0xff, 0xaa, 0x69, 0x88, 0xb5);
const RATE_100_HZ = Uint8Array.of(0xff, 0xaa, 0x03, 0x09, 0x00);
/** It takes so long to heed a command. */
const SETTLE_MS = 120;
const ASKED_MILLI_HZ = 100_000;

/** WitMotion's sensors WT901BLE and WT9011DCL, which a person slips into a hollow roller: motion, and nothing else. */
export const witMotion: Driver<WitMotionState> = {
  name: WITMOTION,
  measures: 'motion only',
  recognises: ({ localName = '', serviceUuids = [] }) => NAME.test(localName) || serviceUuids.includes(SERVICE[0]!),
  services: SERVICE,
  characteristics: {
    sensor: { uuids: uuids('ffe4'), needed: true, pushed: true },
    settings: { uuids: uuids('ffe9') },
  },
  stream: 'sensor',

  introduce: (gatt, mounting) => {
    const id = deviceIdOf(gatt.id);
    const roller = {
      id,
      name: gatt.localName ?? 'WitMotion',
      address: gatt.address,
      rssiDbm: gatt.rssiDbm,
      manufacturer: 'WitMotion',
      model: null,
      firmware: null,
      driver: WITMOTION,
    };
    return Promise.resolve({ roller, values: [['info', infoOf(id, mounting)]] });
  },

  start: async (gatt) => {
    await askForRate(gatt);
    await gatt.subscribe('sensor');
    const parser = createFrameParser();
    await gatt.until('sensor', (bytes) => parseFrames(parser, bytes).length > 0 || parser.stranger !== null);
    if (parser.stranger !== null) throw new AppError('E_SENSOR', strangerText(parser.stranger), 'use one of those, or turn this one off');
  },

  createDecoder: createWitMotionDecoder,
  decodeEvent: decodeWitMotion,
};

/** One that does not heed it goes on at its own rate, which is then found from the data. */
async function askForRate(gatt: Gatt): Promise<void> {
  if (!gatt.has('settings')) return;
  for (const command of [UNLOCK, RATE_100_HZ]) {
    await gatt.write('settings', command).catch(() => undefined);
    await gatt.pause(SETTLE_MS);
  }
}

/** It has no number that could be read: its address is all that tells two apart. */
const deviceIdOf = (id: string): string => `ffe5${id.replaceAll(/[^0-9a-f]/gi, '').toLowerCase().slice(-12).padStart(12, '0')}`;

/** What an info value would say of the roller it is in. What nobody knows is absent, or as of a usual roller. */
const infoOf = (deviceId: string, { radiusMm, axis }: Mounting): Uint8Array =>
  encodeInfo({
    tool: 'roller',
    texture: 'firm',
    axis: axis === 'auto' ? 'unknown' : axis,
    deviceId,
    radiusMm,
    lengthMm: 330,
    imuRateMilliHz: ASKED_MILLI_HZ,
    gyroRangeDps: GYRO_RANGE_DPS,
    accelRangeG: ACCEL_RANGE_G,
    samplesPerFrame: 4,
    mountFirstMm: null,
    mountSecondMm: null,
    pressureRateMilliHz: 0,
    pressureUnit: 'pascal',
    pressureScalePa: 1,
    cells: [],
  });
