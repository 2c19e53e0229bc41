import { refuseHead, refuseLength, reserved, VERSION } from './frame.ts';
import { byteLength, decodeTable, encodeTable, type Decoded, type Result } from './table.ts';

/** The sensor is within the largest roller there may be. */
const MOUNT_RANGE = { min: -3000, max: 3000, absent: -0x8000 } as const;

/** What the roller is (SPEC.md, section 4): a fixed head, then one entry a pressure cell. */
export const INFO_HEAD = [
  VERSION,
  { name: 'tool', type: 'u8', values: { roller: 0, stick: 1, ball: 2 }, doc: 'kind of tool' },
  { name: 'texture', type: 'u8', values: { soft: 0, firm: 1, textured: 2 }, doc: 'surface' },
  { name: 'axis', type: 'u8', values: { x: 0, y: 1, z: 2, unknown: 255 }, doc: 'sensor axis that lies along the axis of rotation' },
  { name: 'deviceId', type: 'id64', doc: 'unique for each device made, the same for its whole life' },
  { name: 'radiusMm', type: 'u16', unit: 'mm', scale: 0.1, min: 50, max: 3000, doc: 'outer radius, unloaded' },
  { name: 'lengthMm', type: 'u16', unit: 'mm', min: 10, max: 2000, doc: 'length along the axis (a ball: its diameter)' },
  { name: 'imuRateMilliHz', type: 'u32', unit: 'mHz', min: 10_000, max: 1_000_000, doc: 'IMU sample rate' },
  { name: 'gyroRangeDps', type: 'u16', unit: 'deg/s', min: 100, max: 4000, doc: 'full scale of the gyroscope' },
  { name: 'accelRangeG', type: 'u8', unit: 'g', min: 1, max: 64, doc: 'full scale of the accelerometer' },
  { name: 'samplesPerFrame', type: 'u8', min: 1, max: 16, doc: 'IMU samples in a notification' },
  { name: 'mountFirstMm', type: 'i16', unit: 'mm', scale: 0.1, ...MOUNT_RANGE, doc: 'mounting offset along the first in-plane axis' },
  { name: 'mountSecondMm', type: 'i16', unit: 'mm', scale: 0.1, ...MOUNT_RANGE, doc: 'mounting offset along the second in-plane axis' },
  { name: 'pressureRateMilliHz', type: 'u32', unit: 'mHz', max: 1_000_000, doc: 'rate of pressure readings; 0 without cells' },
  { name: 'pressureUnit', type: 'u8', values: { pascal: 0, counts: 1 }, doc: 'whether the cells are calibrated' },
  { name: 'cellCount', type: 'u8', max: 32, doc: 'pressure cells, each with an entry below' },
  { name: 'pressureScalePa', type: 'u16', unit: 'Pa', min: 1, max: 1000, doc: 'pressure of one raw step' },
  reserved('u32'),
] as const;

export const INFO_CELL = [
  { name: 'axialMm', type: 'i16', unit: 'mm', min: -1000, max: 1000, doc: 'middle of the cell along the axis, from that of the roller' },
  {
    name: 'angleDeg',
    type: 'u16',
    unit: 'deg',
    scale: 0.01,
    max: 35_999,
    absent: 0xffff,
    doc: 'direction of the cell, seen from the axis; absent: it always faces the body',
  },
  { name: 'areaMm2', type: 'u16', unit: 'mm2', min: 1, doc: 'area over which the cell averages' },
] as const;

export type InfoCell = Decoded<typeof INFO_CELL>;
export type RollerInfo = Omit<Decoded<typeof INFO_HEAD>, 'cellCount'> & { readonly cells: readonly InfoCell[] };

const HEAD_BYTES = byteLength(INFO_HEAD);
const CELL_BYTES = byteLength(INFO_CELL);

/** Encodes the info value. Throws a RangeError on a value that the tables forbid. */
export function encodeInfo(info: RollerInfo): Uint8Array {
  const bytes = new Uint8Array(HEAD_BYTES + CELL_BYTES * info.cells.length);
  encodeTable(INFO_HEAD, { ...info, cellCount: info.cells.length }, bytes);
  info.cells.forEach((cell, index) => encodeTable(INFO_CELL, cell, bytes, HEAD_BYTES + CELL_BYTES * index));
  return bytes;
}

/** Decodes any bytes: the info value, or the reason why they are none. Never throws. */
export function decodeInfo(bytes: Uint8Array): Result<RollerInfo> {
  const head = refuseHead('info', HEAD_BYTES, bytes) ?? decodeTable(INFO_HEAD, bytes);
  if (!head.ok) return head;
  const { cellCount, ...rest } = head.value;
  const refused = refuseLength('info', HEAD_BYTES + CELL_BYTES * cellCount, bytes);
  if (refused) return refused;
  const cells: InfoCell[] = [];
  for (let index = 0; index < cellCount; index++) {
    const cell = decodeTable(INFO_CELL, bytes, HEAD_BYTES + CELL_BYTES * index);
    if (!cell.ok) return cell;
    cells.push(cell.value);
  }
  return { ok: true, value: { ...rest, cells } };
}
