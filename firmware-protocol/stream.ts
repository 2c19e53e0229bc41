import { MAX_FRAME_BYTES, PROTOCOL_VERSION } from './gatt.ts';
import { byteLength, decodeTable, encodeTable, fault, viewOf, type Decoded, type Result } from './table.ts';

/** Head of a notification of samples (SPEC.md, section 5); the IMU samples follow, then the pressure readings. */
export const STREAM_HEAD = [
  { name: 'version', type: 'u8', min: PROTOCOL_VERSION, max: PROTOCOL_VERSION, doc: 'protocol version, 1' },
  { name: 'flags', type: 'u8', bits: { hapticActive: 0, tareActive: 1 }, doc: 'haptic motor on during these samples or in the 150 ms before; tare being taken' },
  { name: 'sequence', type: 'u16', doc: 'counts stream frames from 0 at start, wraps to 0 after 65535' },
  { name: 'deviceTimeUs', type: 'u32', unit: 'us', doc: 'roller clock at the first IMU sample, wraps to 0 after 4294967295' },
  { name: 'imuCount', type: 'u8', min: 1, max: 16, doc: 'IMU samples in this frame' },
  { name: 'readingCount', type: 'u8', min: 0, max: 16, doc: 'pressure readings in this frame' },
  { name: 'cellCount', type: 'u8', min: 0, max: 32, doc: 'cells in each reading' },
  { name: 'reserved', type: 'u8', reserved: true, doc: 'zero' },
] as const;

/** One IMU sample: six values as the sensor gives them. */
export const STREAM_SAMPLE = [
  { name: 'gyroX', type: 'i16', doc: 'rate about x; * gyroRangeDps / 32768 deg/s' },
  { name: 'gyroY', type: 'i16', doc: 'rate about y' },
  { name: 'gyroZ', type: 'i16', doc: 'rate about z' },
  { name: 'accelX', type: 'i16', doc: 'specific force along x; * accelRangeG / 32768 g' },
  { name: 'accelY', type: 'i16', doc: 'specific force along y' },
  { name: 'accelZ', type: 'i16', doc: 'specific force along z' },
] as const;

/** Raw cell values that are no pressure. */
export const CELL_SATURATED = 0xffff;
export const CELL_FAULTY = 0xfffe;

export type StreamHead = Decoded<typeof STREAM_HEAD>;

/** A decoded frame; samples stay raw, so that the hot path scales them once, straight into its own arrays. */
export interface StreamFrame extends Omit<StreamHead, 'version'> {
  /** imuCount * 6 raw values, order of STREAM_SAMPLE. */
  readonly imu: Int16Array;
  /** readingCount * cellCount raw values, cells in the order of the info value. */
  readonly pressure: Uint16Array;
}

const HEAD_BYTES = byteLength(STREAM_HEAD);
const SAMPLE_BYTES = byteLength(STREAM_SAMPLE);
const IMU_VALUES = STREAM_SAMPLE.length;

/** Bytes of a frame with these counts. */
export const streamFrameBytes = (imuCount: number, readingCount: number, cellCount: number): number =>
  HEAD_BYTES + SAMPLE_BYTES * imuCount + 2 * readingCount * cellCount;

/** Encodes a frame. Throws a RangeError on a value that the table forbids or a frame that is too long. */
export function encodeStream(frame: StreamFrame): Uint8Array {
  const length = streamFrameBytes(frame.imuCount, frame.readingCount, frame.cellCount);
  if (length > MAX_FRAME_BYTES) throw new RangeError(`stream: ${length} bytes are more than ${MAX_FRAME_BYTES}`);
  if (frame.imu.length !== frame.imuCount * IMU_VALUES || frame.pressure.length !== frame.readingCount * frame.cellCount) throw new RangeError('stream: counts and samples differ');
  const bytes = new Uint8Array(length);
  encodeTable(STREAM_HEAD, { ...frame, version: PROTOCOL_VERSION }, bytes);
  const view = viewOf(bytes);
  let at = HEAD_BYTES;
  for (const value of frame.imu) view.setInt16((at += 2) - 2, value, true);
  for (const value of frame.pressure) view.setUint16((at += 2) - 2, value, true);
  return bytes;
}

/** Decodes any bytes: the frame, or the reason why they are none. Never throws. */
export function decodeStream(bytes: Uint8Array): Result<StreamFrame> {
  if (bytes.length < 1) return fault('truncated', 'stream: no bytes');
  if (bytes[0] !== PROTOCOL_VERSION) return fault('unknown-version', `stream: expected version ${PROTOCOL_VERSION}, found ${bytes[0]}`);
  if (bytes.length < HEAD_BYTES) return fault('truncated', `stream: expected at least ${HEAD_BYTES} bytes, found ${bytes.length}`);
  if (bytes.length > MAX_FRAME_BYTES) return fault('over-long', `stream: at most ${MAX_FRAME_BYTES} bytes, found ${bytes.length}`);
  const head = decodeTable(STREAM_HEAD, bytes);
  if (!head.ok) return head;
  const { version: _version, ...rest } = head.value;
  const { imuCount, readingCount, cellCount } = rest;
  const expected = streamFrameBytes(imuCount, readingCount, cellCount);
  if (bytes.length !== expected) return fault(bytes.length < expected ? 'truncated' : 'over-long', `stream: expected ${expected} bytes, found ${bytes.length}`);
  const view = viewOf(bytes);
  const imu = new Int16Array(imuCount * IMU_VALUES);
  for (let i = 0; i < imu.length; i++) imu[i] = view.getInt16(HEAD_BYTES + 2 * i, true);
  const pressure = new Uint16Array(readingCount * cellCount);
  const pressureAt = HEAD_BYTES + SAMPLE_BYTES * imuCount;
  for (let i = 0; i < pressure.length; i++) pressure[i] = view.getUint16(pressureAt + 2 * i, true);
  return { ok: true, value: { ...rest, imu, pressure } };
}
