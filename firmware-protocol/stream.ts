import { refuseHead, refuseLength, reserved, VERSION } from './frame.ts';
import { MAX_FRAME_BYTES } from './gatt.ts';
import { byteLength, decodeTable, encodeTable, fault, readI16, readU16, viewOf, type Decoded, type Refusal, type Result } from './table.ts';

/** Head of a notification of samples (SPEC.md, section 5); the IMU samples follow, then the pressure readings. */
export const STREAM_HEAD = [
  VERSION,
  { name: 'flags', type: 'u8', bits: { hapticActive: 0, tareActive: 1 }, doc: 'what disturbs these samples' },
  { name: 'sequence', type: 'u16', doc: 'counts stream frames from 0 at start, wraps to 0 after 65535' },
  { name: 'deviceTimeUs', type: 'u32', unit: 'us', doc: 'roller clock at the first IMU sample, wraps to 0 after 4294967295' },
  { name: 'imuCount', type: 'u8', min: 1, max: 16, doc: 'IMU samples in this frame' },
  { name: 'readingCount', type: 'u8', max: 16, doc: 'pressure readings in this frame' },
  { name: 'cellCount', type: 'u8', max: 32, doc: 'cells in each reading' },
  reserved('u8'),
] as const;

/** One IMU sample: six values as the sensor gives them. */
export const STREAM_SAMPLE = [
  { name: 'gyroX', type: 'i16', doc: 'rate about x, in steps of gyroRangeDps / 32768' },
  { name: 'gyroY', type: 'i16', doc: 'rate about y' },
  { name: 'gyroZ', type: 'i16', doc: 'rate about z' },
  { name: 'accelX', type: 'i16', doc: 'specific force along x, in steps of accelRangeG / 32768' },
  { name: 'accelY', type: 'i16', doc: 'specific force along y' },
  { name: 'accelZ', type: 'i16', doc: 'specific force along z' },
] as const;

/** Raw cell values that are no pressure. */
export const CELL_SATURATED = 0xffff;
export const CELL_FAULTY = 0xfffe;

/** Head of a frame whose counts and length have been found to agree. */
export type StreamHead = Decoded<typeof STREAM_HEAD>;

/** A decoded frame; samples stay raw. */
export interface StreamFrame extends StreamHead {
  /** imuCount * 6 raw values, order of STREAM_SAMPLE. */
  readonly imu: Int16Array;
  /** readingCount * cellCount raw values, cells in the order of the info value. */
  readonly pressure: Uint16Array;
}

const HEAD_BYTES = byteLength(STREAM_HEAD);
const SAMPLE_BYTES = byteLength(STREAM_SAMPLE);
/** Values of a sample. */
export const IMU_VALUES = STREAM_SAMPLE.length;

/** Bytes of a frame with these counts. */
export const streamFrameBytes = (imuCount: number, readingCount: number, cellCount: number): number =>
  HEAD_BYTES + SAMPLE_BYTES * imuCount + 2 * readingCount * cellCount;

/** Encodes a frame. Throws a RangeError on a value that the table forbids or a frame that is too long. */
export function encodeStream(frame: StreamFrame): Uint8Array {
  const length = streamFrameBytes(frame.imuCount, frame.readingCount, frame.cellCount);
  if (length > MAX_FRAME_BYTES) throw new RangeError(`stream: ${length} bytes are more than ${MAX_FRAME_BYTES}`);
  if (frame.imu.length !== frame.imuCount * IMU_VALUES || frame.pressure.length !== frame.readingCount * frame.cellCount) {
    throw new RangeError('stream: counts and samples differ');
  }
  const bytes = new Uint8Array(length);
  encodeTable(STREAM_HEAD, frame, bytes);
  const view = viewOf(bytes);
  let at = HEAD_BYTES;
  for (const value of frame.imu) {
    view.setInt16(at, value, true);
    at += 2;
  }
  for (const value of frame.pressure) {
    view.setUint16(at, value, true);
    at += 2;
  }
  return bytes;
}

const refuseOverLong = (bytes: Uint8Array): Refusal | null =>
  bytes.length > MAX_FRAME_BYTES ? fault('over-long', `stream: expected at most ${MAX_FRAME_BYTES} bytes, found ${bytes.length}`) : null;

/** Reads the head of any bytes and makes sure that the samples it tells of are there; or the reason why they are no frame. Never throws. */
export function decodeStreamHead(bytes: Uint8Array): Result<StreamHead> {
  const head = refuseHead('stream', HEAD_BYTES, bytes) ?? refuseOverLong(bytes) ?? decodeTable(STREAM_HEAD, bytes);
  if (!head.ok) return head;
  const { imuCount, readingCount, cellCount } = head.value;
  return refuseLength('stream', streamFrameBytes(imuCount, readingCount, cellCount), bytes) ?? head;
}

/** Raw value `index` of the IMU samples, order of STREAM_SAMPLE; of a frame whose head has been decoded. */
export const imuValue = (bytes: Uint8Array, index: number): number => readI16(bytes, HEAD_BYTES + 2 * index);

/** Where the pressure readings of a frame begin. */
export const pressureStart = ({ imuCount }: StreamHead): number => HEAD_BYTES + SAMPLE_BYTES * imuCount;

/** Raw value `index` of the pressure readings that begin at `start`; of a frame whose head has been decoded. */
export const pressureValue = (bytes: Uint8Array, start: number, index: number): number => readU16(bytes, start + 2 * index);

/** Decodes any bytes: the frame, or the reason why they are none. Never throws. */
export function decodeStream(bytes: Uint8Array): Result<StreamFrame> {
  const head = decodeStreamHead(bytes);
  if (!head.ok) return head;
  const { flags, sequence, deviceTimeUs, imuCount, readingCount, cellCount } = head.value;
  const start = pressureStart(head.value);
  const imu = new Int16Array(imuCount * IMU_VALUES);
  for (let i = 0; i < imu.length; i++) imu[i] = imuValue(bytes, i);
  const pressure = new Uint16Array(readingCount * cellCount);
  for (let i = 0; i < pressure.length; i++) pressure[i] = pressureValue(bytes, start, i);
  return { ok: true, value: { flags, sequence, deviceTimeUs, imuCount, readingCount, cellCount, imu, pressure } };
}
