import { PROTOCOL_VERSION } from './gatt.ts';
import { byteLength, decodeTable, encodeTable, fault, type Decoded, type Result } from './table.ts';

/** How the roller is (SPEC.md, section 6). */
export const STATUS = [
  { name: 'version', type: 'u8', min: PROTOCOL_VERSION, max: PROTOCOL_VERSION, doc: 'protocol version, 1' },
  { name: 'batteryPct', type: 'u8', unit: '%', min: 0, max: 100, absent: 255, doc: 'charge left' },
  { name: 'faults', type: 'u16', bits: { imu: 0, cells: 1, lowBattery: 2, overheated: 3, clock: 4 }, doc: 'what is wrong now' },
  { name: 'temperatureC', type: 'i16', unit: 'degC', scale: 0.01, min: -5000, max: 15_000, absent: -0x8000, doc: 'inside the roller' },
  { name: 'activity', type: 'u8', bits: { streaming: 0, charging: 1 }, doc: 'what it is doing' },
  { name: 'reserved', type: 'u8', reserved: true, doc: 'zero' },
  { name: 'droppedFrames', type: 'u32', doc: 'stream frames the roller could not send since start, each of which took a sequence number' },
] as const;

export type RollerStatus = Omit<Decoded<typeof STATUS>, 'version'>;

const STATUS_BYTES = byteLength(STATUS);

/** Encodes the status value. Throws a RangeError on a value that the table forbids. */
export function encodeStatus(status: RollerStatus): Uint8Array {
  const bytes = new Uint8Array(STATUS_BYTES);
  encodeTable(STATUS, { ...status, version: PROTOCOL_VERSION }, bytes);
  return bytes;
}

/** Decodes any bytes: the status value, or the reason why they are none. Never throws. */
export function decodeStatus(bytes: Uint8Array): Result<RollerStatus> {
  if (bytes.length < 1) return fault('truncated', 'status: no bytes');
  if (bytes[0] !== PROTOCOL_VERSION) return fault('unknown-version', `status: expected version ${PROTOCOL_VERSION}, found ${bytes[0]}`);
  if (bytes.length !== STATUS_BYTES) return fault(bytes.length < STATUS_BYTES ? 'truncated' : 'over-long', `status: expected ${STATUS_BYTES} bytes, found ${bytes.length}`);
  const decoded = decodeTable(STATUS, bytes);
  if (!decoded.ok) return decoded;
  const { version: _version, ...value } = decoded.value;
  return { ok: true, value };
}
