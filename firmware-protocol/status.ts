import { refuseHead, refuseLength, reserved, VERSION } from './frame.ts';
import { byteLength, decodeTable, encodeTable, type Decoded, type Result } from './table.ts';

/** How the roller is (SPEC.md, section 6). */
export const STATUS = [
  VERSION,
  { name: 'batteryPct', type: 'u8', unit: '%', max: 100, absent: 255, doc: 'charge left' },
  { name: 'faults', type: 'u16', bits: { imu: 0, cells: 1, lowBattery: 2, overheated: 3, clock: 4 }, doc: 'what is wrong now' },
  { name: 'temperatureC', type: 'i16', unit: 'degC', scale: 0.01, min: -5000, max: 15_000, absent: -0x8000, doc: 'inside the roller' },
  { name: 'activity', type: 'u8', bits: { streaming: 0, charging: 1 }, doc: 'what it is doing' },
  reserved('u8'),
  { name: 'droppedFrames', type: 'u32', doc: 'stream frames that could not be sent since `start`; each took a sequence number' },
] as const;

export type RollerStatus = Decoded<typeof STATUS>;

const STATUS_BYTES = byteLength(STATUS);

/** Encodes the status value. Throws a RangeError on a value that the table forbids. */
export function encodeStatus(status: RollerStatus): Uint8Array {
  const bytes = new Uint8Array(STATUS_BYTES);
  encodeTable(STATUS, status, bytes);
  return bytes;
}

/** Decodes any bytes: the status value, or the reason why they are none. Never throws. */
export function decodeStatus(bytes: Uint8Array): Result<RollerStatus> {
  const status = refuseHead('status', STATUS_BYTES, bytes) ?? decodeTable(STATUS, bytes);
  return status.ok ? (refuseLength('status', STATUS_BYTES, bytes) ?? status) : status;
}
