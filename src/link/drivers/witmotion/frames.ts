/**
 * Frames of WitMotion sensors over Bluetooth: `55 61`, then nine little-endian int16: acceleration, rate, angle, each along x, y, z. There is no
 * checksum and no length, and a frame may be torn over two notifications: the bytes are one stream, in which a frame is told by where the
 * next one begins. `55 71`, an answer to a register that some app has asked for, has the same length.
 */
const HEAD = 0x55;
const SAMPLE = 0x61;
const REGISTER = 0x71;
export const FRAME_BYTES = 20;
const VALUES_AT = 2;
/** Acceleration and rate of a frame; the angle is not needed. */
export const VALUES = 6;

export const ACCEL_RANGE_G = 16;
export const GYRO_RANGE_DPS = 2000;
const FULL_SCALE = 32_768;

/** Sensors whose frames begin alike and mean something else. */
const LOOK_ALIKE_BYTES = 28;
/** So many frames in a row have to follow at the same distance before it is believed. */
const CERTAIN = 3;
interface Limits {
  readonly leastG: number;
  readonly mostG: number;
  readonly mostDps: number;
}
/** What a sensor in a roller may feel: one that feels nothing at all is broken. */
const POSSIBLE: Limits = { leastG: 0.05, mostG: ACCEL_RANGE_G, mostDps: GYRO_RANGE_DPS };
/** What it feels where nobody throws it. The two bytes of a head read as a value are 12 g or 1520 deg/s: no place to begin at. */
const CALM: Limits = { leastG: 0.3, mostG: 4, mostDps: 1000 };

/** Plain data. */
export interface FrameParser {
  /** Bytes that have come and are not yet read. */
  pending: Uint8Array;
  /** The beginning of `pending` is where a frame begins. */
  locked: boolean;
  /** Bytes were left out since the last frame. */
  skipping: boolean;
  frames: number;
  /** Times that bytes had to be left out to find a frame. */
  resynchronisations: number;
  skippedBytes: number;
  /** Frames with values that no sensor in a roller gives. */
  implausible: number;
  /** The kind of sensor whose frames these are, where it is another one. */
  stranger: string | null;
}

export const createFrameParser = (): FrameParser => ({
  pending: new Uint8Array(0), locked: false, skipping: false, frames: 0, resynchronisations: 0, skippedBytes: 0, implausible: 0, stranger: null,
});

/** Takes the bytes of a notification and gives the raw values of the frames that are complete, six a frame. Never throws. */
export function parseFrames(parser: FrameParser, bytes: Uint8Array): number[] {
  const stream = joined(parser.pending, bytes);
  const values: number[] = [];
  let at = 0;
  for (;;) {
    const found = parser.locked ? nextFrame(stream, at) : search(parser, stream, at);
    if (found === 'wait') break;
    if (found === 'frame') {
      takeFrame(parser, stream, at, values);
      at += FRAME_BYTES;
    } else if (found === 'here') {
      lock(parser);
    } else {
      parser.locked = false;
      parser.skipping = true;
      parser.skippedBytes++;
      at++;
    }
  }
  // Fewer than it takes to be certain.
  parser.pending = stream.slice(at);
  return values;
}

type Found = 'frame' | 'here' | 'nothing' | 'wait';

/** Where a frame is expected: it is one if the next begins right after it, or nothing has come yet. */
function nextFrame(stream: Uint8Array, at: number): Found {
  const begins = headAt(stream, at);
  if (begins === false) return 'nothing';
  const end = at + FRAME_BYTES;
  if (end > stream.length) return 'wait';
  // Not known only where the stream stops at the end of the frame or one byte later: then it has to do.
  return headAt(stream, end) === false ? 'nothing' : 'frame';
}

/** Where nothing is known, frames have to follow one another at the right distance; at that of a look-alike they are named and left. */
function search(parser: FrameParser, stream: Uint8Array, at: number): Found {
  if (at + 1 >= stream.length) return 'wait';
  if (!headAt(stream, at)) return 'nothing';
  const own = follow(stream, at, FRAME_BYTES);
  if (own === true) return isCalm(stream, at) ? 'here' : 'nothing';
  const other = follow(stream, at, LOOK_ALIKE_BYTES);
  if (other === true) {
    parser.stranger = nameOf(stream, at);
    return 'nothing';
  }
  return own === false && other === false ? 'nothing' : 'wait';
}

/** Whether frames begin at `at` and at each distance after it; null: not enough has come to tell. */
function follow(stream: Uint8Array, at: number, distance: number): boolean | null {
  for (let frame = 1; frame < CERTAIN; frame++) {
    const begins = headAt(stream, at + frame * distance);
    if (begins !== true) return begins;
  }
  return true;
}

/** Null: not enough has come to tell. */
function headAt(stream: Uint8Array, at: number): boolean | null {
  const [head, flag] = [stream[at], stream[at + 1]];
  if (head !== undefined && head !== HEAD) return false;
  return flag === undefined ? null : flag === SAMPLE || flag === REGISTER;
}

/** The WT901SDCL puts the time of its chip first: year, month, day, hours, minutes, seconds, then milliseconds; the WTVB has vibration there. */
function nameOf(stream: Uint8Array, at: number): string {
  const [, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = stream.subarray(at + VALUES_AT);
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hours < 24 && minutes < 60 && seconds < 60;
  return isTime ? 'WT901SDCL' : 'WTVB vibration sensor';
}

function lock(parser: FrameParser): void {
  if (parser.skipping) parser.resynchronisations++;
  Object.assign(parser, { locked: true, skipping: false, stranger: null });
}

function takeFrame(parser: FrameParser, stream: Uint8Array, at: number, values: number[]): void {
  if (stream[at + 1] !== SAMPLE) return;
  if (!isWithin(stream, at, POSSIBLE)) {
    parser.implausible++;
    return;
  }
  parser.frames++;
  for (let index = 0; index < VALUES; index++) values.push(rawAt(stream, at, index));
}

function isCalm(stream: Uint8Array, at: number): boolean {
  for (let frame = 0; frame < CERTAIN - 1; frame++) {
    const frameAt = at + frame * FRAME_BYTES;
    if (stream[frameAt + 1] === SAMPLE && !isWithin(stream, frameAt, CALM)) return false;
  }
  return true;
}

function isWithin(stream: Uint8Array, at: number, { leastG, mostG, mostDps }: Limits): boolean {
  const raw = (index: number): number => rawAt(stream, at, index);
  const accelG = (Math.hypot(raw(0), raw(1), raw(2)) * ACCEL_RANGE_G) / FULL_SCALE;
  const rateDps = (Math.hypot(raw(3), raw(4), raw(5)) * GYRO_RANGE_DPS) / FULL_SCALE;
  return accelG >= leastG && accelG <= mostG && rateDps <= mostDps;
}

function rawAt(stream: Uint8Array, at: number, index: number): number {
  const low = at + VALUES_AT + 2 * index;
  return ((stream[low]! | (stream[low + 1]! << 8)) << 16) >> 16;
}

function joined(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const stream = new Uint8Array(before.length + bytes.length);
  stream.set(before);
  stream.set(bytes, before.length);
  return stream;
}
