import { encodeRequest, encodeResponse, PROCEDURES, RESPONSE_HEAD, type ControlRequest } from '../control.ts';
import { MAX_FRAME_BYTES } from '../gatt.ts';
import { encodeInfo, INFO_CELL, INFO_HEAD } from '../info.ts';
import { encodeStatus, STATUS } from '../status.ts';
import { encodeStream, STREAM_HEAD } from '../stream.ts';
import { byteLength, offsetOf, type FaultReason, type Table } from '../table.ts';
import { exchangeCases, infoCases, requestCases, responseCases, statusCases, streamCases, type Cases } from './cases.ts';
import { hexOf } from './names.ts';
import { withWrong, wrongValues } from './wrong.ts';

export type FrameName = 'info' | 'stream' | 'status' | 'request' | 'response';

/** One file of golden vectors: bytes that are a frame and what they mean, and bytes that are none and why. */
export interface VectorFile {
  readonly frame: FrameName;
  readonly valid: readonly { readonly name: string; readonly hex: string; readonly value: unknown }[];
  readonly invalid: readonly { readonly name: string; readonly hex: string; readonly reason: FaultReason }[];
}

type Wrong = readonly [name: string, bytes: Uint8Array, reason: FaultReason];

const first = <T>(cases: Cases<T>): T => Object.values(cases)[0]!;

/** A byte short, a byte too long, and every wrong value of the table. */
const wrongFrames = (bytes: Uint8Array, table: Table, start = 0, prefix = ''): Wrong[] => [
  [`${prefix}a byte short`, bytes.slice(0, -1), 'truncated'],
  [`${prefix}a byte too long`, Uint8Array.of(...bytes, 0), 'over-long'],
  ...wrongFields(bytes, table, start, prefix),
];

const wrongFields = (bytes: Uint8Array, table: Table, start: number, prefix = ''): Wrong[] =>
  wrongValues(table).map((wrong): Wrong => [prefix + wrong.name, withWrong(bytes, wrong, start), wrong.reason]);

/** What every frame that starts with a version has in common; where two rules are broken, the fields come before the length. */
const wrongVersioned = (bytes: Uint8Array, table: Table): Wrong[] => [
  ...wrongValues(table).slice(-1).map((wrong): Wrong =>
    [`a byte too long, and ${wrong.name}`, Uint8Array.of(...withWrong(bytes, wrong), 0), wrong.reason]),
  ['no bytes', new Uint8Array(0), 'truncated'],
  ['version only', bytes.slice(0, 1), 'truncated'],
  ['head cut', bytes.slice(0, byteLength(table) - 1), 'truncated'],
  ['version 2 and nothing else', Uint8Array.of(2), 'unknown-version'],
  ...wrongFrames(bytes, table),
];

const withByte = (bytes: Uint8Array, at: number, change: number): Uint8Array => bytes.with(at, (bytes[at] ?? 0) + change);

function wrongInfo(): Wrong[] {
  const bytes = encodeInfo(first(infoCases));
  const cellCountAt = offsetOf(INFO_HEAD, 'cellCount');
  return [
    ...wrongVersioned(bytes, INFO_HEAD),
    ['a cell announced that is not there', withByte(bytes, cellCountAt, 1), 'truncated'],
    ['a cell there that is not announced', withByte(bytes, cellCountAt, -1), 'over-long'],
    ...wrongFields(bytes, INFO_CELL, byteLength(INFO_HEAD) + byteLength(INFO_CELL), 'second cell: '),
  ];
}

function wrongStream(): Wrong[] {
  const bytes = encodeStream(first(streamCases));
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
  ...(['setRate', 'identify', 'haptic'] as const).flatMap((procedure) =>
    wrongFrames(encodeRequest(anyRequest(procedure)), PROCEDURES[procedure].request, 1, `${procedure}: `),
  ),
];

const anyRequest = (procedure: ControlRequest['procedure']): ControlRequest =>
  Object.values(requestCases).find((request) => request.procedure === procedure)!;

function wrongResponse(): Wrong[] {
  const granted = encodeResponse(responseCases['rate granted: other than asked for']!);
  return [
    ['no bytes', new Uint8Array(0), 'truncated'],
    ['no result', Uint8Array.of(0x80, 1), 'truncated'],
    ...wrongFields(Uint8Array.of(0x80, 1, 1), RESPONSE_HEAD, 0),
    ['success of a procedure that does not exist', Uint8Array.of(0x80, 0x2a, 1), 'unknown-frame'],
    ['refusal with a byte too many', Uint8Array.of(0x80, 3, 0x11, 0), 'over-long'],
    ['rate granted without rates', granted.slice(0, 3), 'truncated'],
    ...wrongFrames(granted, PROCEDURES.setRate.response, byteLength(RESPONSE_HEAD), 'rate granted: '),
  ];
}

const vectorFile = <T>(frame: FrameName, encode: (value: T) => Uint8Array, cases: Cases<T>, wrong: readonly Wrong[]): VectorFile => ({
  frame,
  valid: Object.entries(cases).map(([name, value]) => ({ name, hex: hexOf(encode(value)), value: plain(value) })),
  invalid: wrong.map(([name, bytes, reason]) => ({ name, hex: hexOf(bytes), reason })),
});

/** Typed arrays as lists of numbers, the way JSON can hold them. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each: unknown) => (ArrayBuffer.isView(each) ? Array.from(each as Uint16Array) : each)));

export const vectorFiles = (): readonly VectorFile[] => [
  vectorFile('info', encodeInfo, infoCases, wrongInfo()),
  vectorFile('stream', encodeStream, streamCases, wrongStream()),
  vectorFile('status', encodeStatus, statusCases, wrongVersioned(encodeStatus(first(statusCases)), STATUS)),
  vectorFile('request', encodeRequest, requestCases, wrongRequest()),
  vectorFile('response', encodeResponse, responseCases, wrongResponse()),
];

/** Requests and what a roller answers to them; the name says in which state. */
export const exchanges = (): readonly { readonly name: string; readonly request: string; readonly response: string }[] =>
  Object.entries(exchangeCases).map(([name, [request, response]]) => ({
    name,
    request: request.replaceAll(' ', ''),
    response: response.replaceAll(' ', ''),
  }));
