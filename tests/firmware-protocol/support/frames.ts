import fc from 'fast-check';
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../../../firmware-protocol/control.ts';
import { PROCEDURES, RESULT_CODES } from '../../../firmware-protocol/control.ts';
import type { ControlRequest, ControlResponse, ProcedureName } from '../../../firmware-protocol/control.ts';
import { MAX_FRAME_BYTES } from '../../../firmware-protocol/gatt.ts';
import { decodeInfo, encodeInfo, INFO_CELL, INFO_HEAD, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { decodeStatus, encodeStatus, STATUS, type RollerStatus } from '../../../firmware-protocol/status.ts';
import { decodeStream, encodeStream, STREAM_HEAD, streamFrameBytes, type StreamFrame } from '../../../firmware-protocol/stream.ts';
import { rangeOf, type Decoded, type Field, type Result, type Table } from '../../../firmware-protocol/table.ts';

/** The same cases in every run. */
fc.configureGlobal({ seed: 1 });

/** A frame with its codec and any value of it. */
export interface Frame<T> {
  readonly name: string;
  readonly encode: (value: T) => Uint8Array;
  readonly decode: (bytes: Uint8Array) => Result<T>;
  readonly values: fc.Arbitrary<T>;
}

/** Any decoded value of a field: the raw value is drawn, ends of the range included, so that it has an exact raw value. */
function fieldValues(field: Field): fc.Arbitrary<unknown> {
  if (field.type === 'id64') return fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  if (field.values) return fc.constantFrom(...Object.keys(field.values));
  if (field.bits) return fc.record(Object.fromEntries(Object.keys(field.bits).map((name) => [name, fc.boolean()])));
  const { scale = 1 } = field;
  const numbers = fc.integer(rangeOf(field)).map((raw) => (scale < 1 ? raw / Math.round(1 / scale) : raw * scale));
  return field.absent === undefined ? numbers : fc.option(numbers, { nil: null });
}

/** Any decoded value of a table. */
const tableValues = <const T extends Table>(table: T): fc.Arbitrary<Decoded<T>> =>
  fc.record(
    Object.fromEntries(table.filter((field) => !field.fixed).map((field) => [field.name, fieldValues(field)])),
  ) as unknown as fc.Arbitrary<Decoded<T>>;

const infoValues: fc.Arbitrary<RollerInfo> = fc
  .tuple(tableValues(INFO_HEAD.filter(({ name }) => name !== 'cellCount')), fc.array(tableValues(INFO_CELL), { maxLength: 32 }))
  .map(([head, cells]) => Object.assign(head, { cells }) as unknown as RollerInfo);

const streamValues: fc.Arbitrary<StreamFrame> = tableValues(STREAM_HEAD)
  .filter(({ imuCount, readingCount, cellCount }) => streamFrameBytes(imuCount, readingCount, cellCount) <= MAX_FRAME_BYTES)
  .chain((head) => {
    const imuLength = head.imuCount * 6;
    const pressureLength = head.readingCount * head.cellCount;
    return fc.record({
      ...Object.fromEntries(Object.entries(head).map(([name, value]) => [name, fc.constant(value)])),
      imu: fc.int16Array({ minLength: imuLength, maxLength: imuLength }),
      pressure: fc.uint16Array({ minLength: pressureLength, maxLength: pressureLength }),
    }) as unknown as fc.Arbitrary<StreamFrame>;
  });

const procedures = Object.keys(PROCEDURES) as ProcedureName[];

const requestValues = fc
  .constantFrom(...procedures)
  .chain((procedure) => tableValues<Table>(PROCEDURES[procedure].request).map((parameters) => Object.assign({ procedure }, parameters)));

const successes = fc
  .constantFrom(...procedures)
  .chain((procedure) =>
    tableValues<Table>(PROCEDURES[procedure].response).map((parameters) => Object.assign({ procedure, result: 'success' }, parameters)),
  );

const refusals = fc
  .tuple(fc.nat(255), fc.constantFrom(...Object.keys(RESULT_CODES).filter((code) => code !== 'success')))
  .map(([opCode, result]) => ({ procedure: procedures.find((name) => PROCEDURES[name].opCode === opCode) ?? null, opCode, result }));

export const info: Frame<RollerInfo> = { name: 'info', encode: encodeInfo, decode: decodeInfo, values: infoValues };
export const stream: Frame<StreamFrame> = { name: 'stream', encode: encodeStream, decode: decodeStream, values: streamValues };
export const status: Frame<RollerStatus> = { name: 'status', encode: encodeStatus, decode: decodeStatus, values: tableValues(STATUS) };
export const request: Frame<ControlRequest> = {
  name: 'request',
  encode: encodeRequest,
  decode: decodeRequest,
  values: requestValues as fc.Arbitrary<ControlRequest>,
};
export const response: Frame<ControlResponse> = {
  name: 'response',
  encode: encodeResponse,
  decode: decodeResponse,
  values: fc.oneof(successes, refusals) as fc.Arbitrary<ControlResponse>,
};

export const FRAMES = [info, stream, status, request, response] as unknown as readonly Frame<unknown>[];

export const fromHex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
