import { decodeRequest, decodeResponse, encodeRequest, encodeResponse, PROCEDURES, RESPONSE_HEAD } from '../control.ts';
import { MAX_FRAME_BYTES } from '../gatt.ts';
import { decodeInfo, encodeInfo, INFO_CELL, INFO_HEAD } from '../info.ts';
import { decodeStatus, encodeStatus, STATUS } from '../status.ts';
import { decodeStream, encodeStream, STREAM_HEAD } from '../stream.ts';
import { byteLength, offsetOf, type FaultReason, type Result, type Table } from '../table.ts';
import { exchangeCases, infoCases, requestCases, responseCases, statusCases, streamCases, type Cases } from './cases.ts';
import { hexOf } from './names.ts';
import { withWrong, wrongValues } from './wrong.ts';

/** A codec of one frame. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  decode(bytes: Uint8Array): Result<T>;
}

export const CODECS = {
  info: { encode: encodeInfo, decode: decodeInfo },
  stream: { encode: encodeStream, decode: decodeStream },
  status: { encode: encodeStatus, decode: decodeStatus },
  request: { encode: encodeRequest, decode: decodeRequest },
  response: { encode: encodeResponse, decode: decodeResponse },
};

export type FrameName = keyof typeof CODECS;

/** One file of golden vectors: bytes that are a frame and what they mean, and bytes that are none and why. */
export interface VectorFile {
  readonly frame: FrameName;
  readonly valid: readonly { readonly name: string; readonly hex: string; readonly value: unknown }[];
  readonly invalid: readonly { readonly name: string; readonly hex: string; readonly reason: FaultReason }[];
}

type Wrong = readonly [name: string, bytes: Uint8Array, reason: FaultReason];

const firstOf = <T>(frame: FrameName, cases: Cases<T>): Uint8Array => (CODECS[frame] as unknown as Codec<T>).encode(Object.values(cases)[0] as T);

/** A byte short, a byte too long, nothing at all, and every wrong value of the table. */
const wrongFrames = (bytes: Uint8Array, table: Table, start = 0): Wrong[] => [
  ['a byte short', bytes.slice(0, -1), 'truncated'],
  ['a byte too long', Uint8Array.of(...bytes, 0), 'over-long'],
  ...wrongFields(bytes, table, start),
];

const wrongFields = (bytes: Uint8Array, table: Table, start: number, prefix = ''): Wrong[] =>
  wrongValues(table).map((wrong): Wrong => [prefix + wrong.name, withWrong(bytes, wrong, start), wrong.reason]);

/** What every frame that starts with a version has in common. */
const wrongVersioned = (bytes: Uint8Array, table: Table): Wrong[] => [
  ['no bytes', new Uint8Array(0), 'truncated'],
  ['version only', bytes.slice(0, 1), 'truncated'],
  ['head cut', bytes.slice(0, byteLength(table) - 1), 'truncated'],
  ['version 2 and nothing else', Uint8Array.of(2), 'unknown-version'],
  ...wrongFrames(bytes, table),
];

const withByte = (bytes: Uint8Array, at: number, change: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) + change);

function wrongInfo(): Wrong[] {
  const bytes = firstOf('info', infoCases);
  const cellCountAt = offsetOf(INFO_HEAD, 'cellCount');
  return [
    ...wrongVersioned(bytes, INFO_HEAD),
    ['a cell announced that is not there', withByte(bytes, cellCountAt, 1), 'truncated'],
    ['a cell there that is not announced', withByte(bytes, cellCountAt, -1), 'over-long'],
    ...wrongFields(bytes, INFO_CELL, byteLength(INFO_HEAD) + byteLength(INFO_CELL), 'second cell: '),
  ];
}

function wrongStream(): Wrong[] {
  const bytes = firstOf('stream', streamCases);
  const imuCountAt = offsetOf(STREAM_HEAD, 'imuCount');
  const longest = encodeStream(Object.values(streamCases).at(-1)!);
  return [
    ...wrongVersioned(bytes, STREAM_HEAD),
    ['a sample announced that is not there', withByte(bytes, imuCountAt, 1), 'truncated'],
    ['a sample there that is not announced', withByte(bytes, imuCountAt, -1), 'over-long'],
    ['a reading announced that is not there', withByte(bytes, offsetOf(STREAM_HEAD, 'readingCount'), 1), 'truncated'],
    ['a cell announced that is not there', withByte(bytes, offsetOf(STREAM_HEAD, 'cellCount'), 1), 'truncated'],
    [`more than ${MAX_FRAME_BYTES} bytes, as announced`, overLongStream(longest), 'over-long'],
  ];
}

/** One sample more than fits, rightly counted. */
function overLongStream(longest: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(longest.length + 12);
  bytes.set(withByte(longest, offsetOf(STREAM_HEAD, 'imuCount'), 1));
  return bytes;
}

const wrongRequest = (): Wrong[] => [
  ['no bytes', new Uint8Array(0), 'unknown-frame'],
  ['op code 0', Uint8Array.of(0), 'unknown-frame'],
  ['op code 7', Uint8Array.of(7), 'unknown-frame'],
  ['response code', Uint8Array.of(0x80), 'unknown-frame'],
  ['start with a parameter', Uint8Array.of(1, 0), 'over-long'],
  ...(['setRate', 'identify', 'haptic'] as const).flatMap((procedure) => {
    const request = Object.values(requestCases).find((each) => each.procedure === procedure)!;
    return wrongFrames(encodeRequest(request), PROCEDURES[procedure].request, 1).map(
      ([name, ...rest]): Wrong => [`${procedure}: ${name}`, ...rest],
    );
  }),
];

function wrongResponse(): Wrong[] {
  const granted = encodeResponse(responseCases['rate granted: other than asked for']!);
  return [
    ['no bytes', new Uint8Array(0), 'truncated'],
    ['no result', Uint8Array.of(0x80, 1), 'truncated'],
    ...wrongFields(Uint8Array.of(0x80, 1, 1), RESPONSE_HEAD, 0),
    ['success of a procedure that does not exist', Uint8Array.of(0x80, 0x2a, 1), 'unknown-frame'],
    ['refusal with a byte too many', Uint8Array.of(0x80, 3, 0x11, 0), 'over-long'],
    ['rate granted without rates', granted.slice(0, 3), 'truncated'],
    ...wrongFrames(granted, PROCEDURES.setRate.response, byteLength(RESPONSE_HEAD)).map(
      ([name, ...rest]): Wrong => [`rate granted: ${name}`, ...rest],
    ),
  ];
}

function vectorFile<T>(frame: FrameName, cases: Cases<T>, wrong: readonly Wrong[]): VectorFile {
  const { encode } = CODECS[frame] as unknown as Codec<T>;
  return {
    frame,
    valid: Object.entries(cases).map(([name, value]) => ({ name, hex: hexOf(encode(value)), value: plain(value) })),
    invalid: wrong.map(([name, bytes, reason]) => ({ name, hex: hexOf(bytes), reason })),
  };
}

/** Typed arrays as lists of numbers, the way JSON can hold them. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (ArrayBuffer.isView(each) ? Array.from(each as Uint16Array) : each)));

export const vectorFiles = (): readonly VectorFile[] => [
  vectorFile('info', infoCases, wrongInfo()),
  vectorFile('stream', streamCases, wrongStream()),
  vectorFile('status', statusCases, wrongVersioned(encodeStatus(Object.values(statusCases)[0]!), STATUS)),
  vectorFile('request', requestCases, wrongRequest()),
  vectorFile('response', responseCases, wrongResponse()),
];

/** Requests and what a roller answers to them; the name says in which state. */
export const exchanges = (): readonly { readonly name: string; readonly request: string; readonly response: string }[] =>
  Object.entries(exchangeCases).map(([name, [request, response]]) => ({
    name,
    request: request.replaceAll(' ', ''),
    response: response.replaceAll(' ', ''),
  }));
