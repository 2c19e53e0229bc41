import { byteLength, decodeTable, encodeTable, fault, type Decoded, type Fault, type Result, type Table } from './table.ts';

/** Stream rates, asked for and granted. */
const RATES = [
  { name: 'imuRateMilliHz', type: 'u32', unit: 'mHz', min: 10_000, max: 1_000_000, doc: 'IMU sample rate' },
  { name: 'pressureRateMilliHz', type: 'u32', unit: 'mHz', min: 0, max: 1_000_000, doc: 'rate of pressure readings' },
  { name: 'samplesPerFrame', type: 'u8', min: 1, max: 16, doc: 'IMU samples in a notification' },
] as const;

/** Procedures of the control point (SPEC.md, section 7): op code, parameters of the request and of a successful response. */
export const PROCEDURES = {
  start: { opCode: 0x01, request: [], response: [] },
  stop: { opCode: 0x02, request: [], response: [] },
  tare: { opCode: 0x03, request: [], response: [] },
  setRate: { opCode: 0x04, request: RATES, response: RATES },
  identify: { opCode: 0x05, request: [{ name: 'seconds', type: 'u8', unit: 's', min: 1, max: 30, doc: 'how long to show itself' }], response: [] },
  haptic: {
    opCode: 0x06,
    request: [
      { name: 'pulses', type: 'u8', min: 1, max: 5, doc: 'pulses in the pattern' },
      { name: 'pulseMs', type: 'u8', unit: 'ms', scale: 10, min: 5, max: 50, doc: 'length of a pulse' },
      { name: 'gapMs', type: 'u8', unit: 'ms', scale: 10, min: 5, max: 100, doc: 'pause between pulses' },
      { name: 'strengthPct', type: 'u8', unit: '%', min: 1, max: 100, doc: 'of the strongest it can do' },
    ],
    response: [],
  },
} as const satisfies Record<string, { opCode: number; request: Table; response: Table }>;

/** First byte of every response. */
export const RESPONSE_CODE = 0x80;

export const RESULT_CODES = {
  success: 0x01,
  opCodeNotSupported: 0x02,
  invalidParameter: 0x03,
  operationFailed: 0x04,
  mtuTooSmall: 0x10,
  loaded: 0x11,
  moving: 0x12,
  wrongState: 0x13,
} as const;

export type ProcedureName = keyof typeof PROCEDURES;
export type ResultCode = keyof typeof RESULT_CODES;
export type ControlRequest = { [P in ProcedureName]: { readonly procedure: P } & Decoded<(typeof PROCEDURES)[P]['request']> }[ProcedureName];
export type ControlResponse =
  | ({ readonly procedure: 'setRate'; readonly result: 'success' } & Decoded<typeof RATES>)
  | { readonly procedure: Exclude<ProcedureName, 'setRate'>; readonly result: 'success' }
  | { readonly procedure: ProcedureName | null; readonly opCode: number; readonly result: Exclude<ResultCode, 'success'> };

const procedureOf = (opCode: number | undefined): ProcedureName | undefined =>
  (Object.keys(PROCEDURES) as ProcedureName[]).find((name) => PROCEDURES[name].opCode === opCode);

/** Encodes a request. Throws a RangeError on a value that the table forbids. */
export function encodeRequest(request: ControlRequest): Uint8Array {
  const { opCode, request: table } = PROCEDURES[request.procedure];
  return withParameters([opCode], table, request);
}

function withParameters(head: readonly number[], table: Table, value: object): Uint8Array {
  const bytes = new Uint8Array(head.length + byteLength(table));
  bytes.set(head);
  encodeTable(table, value as Decoded<Table>, bytes, head.length);
  return bytes;
}

/** The result a roller answers to a request that it could not decode. */
export const resultOfFault = (refused: Fault): Extract<ResultCode, 'opCodeNotSupported' | 'invalidParameter'> =>
  refused.reason === 'unknown-frame' ? 'opCodeNotSupported' : 'invalidParameter';

/** Decodes any bytes written to the control point. Never throws. */
export function decodeRequest(bytes: Uint8Array): Result<ControlRequest> {
  const procedure = procedureOf(bytes[0]);
  if (procedure === undefined) return fault('unknown-frame', bytes.length === 0 ? 'control: no bytes' : `control: no procedure has op code ${bytes[0]}`);
  const value = parameters(PROCEDURES[procedure].request, bytes, 1);
  return value.ok ? { ok: true, value: { ...value.value, procedure } as ControlRequest } : value;
}

function parameters(table: Table, bytes: Uint8Array, start: number): Result<object> {
  const expected = start + byteLength(table);
  if (bytes.length !== expected) return fault(bytes.length < expected ? 'truncated' : 'over-long', `control: expected ${expected} bytes, found ${bytes.length}`);
  return decodeTable(table, bytes, start);
}

/** Encodes a response. Throws a RangeError on a value that the table forbids. */
export function encodeResponse(response: ControlResponse): Uint8Array {
  if (response.result !== 'success') return Uint8Array.of(RESPONSE_CODE, response.opCode, RESULT_CODES[response.result]);
  const { opCode, response: table } = PROCEDURES[response.procedure];
  return withParameters([RESPONSE_CODE, opCode, RESULT_CODES.success], table, response);
}

/** Decodes any bytes indicated by the control point. Never throws. */
export function decodeResponse(bytes: Uint8Array): Result<ControlResponse> {
  if (bytes.length < 3) return fault('truncated', `control: a response has at least 3 bytes, found ${bytes.length}`);
  const [code, opCode, resultByte] = bytes as unknown as [number, number, number];
  if (code !== RESPONSE_CODE) return fault('unknown-frame', `control: expected response code ${RESPONSE_CODE}, found ${code}`);
  const result = (Object.keys(RESULT_CODES) as ResultCode[]).find((name) => RESULT_CODES[name] === resultByte);
  if (result === undefined) return fault('unknown-value', `control: result ${resultByte} has no meaning`);
  const procedure = procedureOf(opCode);
  if (result !== 'success') return bytes.length === 3 ? { ok: true, value: { procedure: procedure ?? null, opCode, result } } : fault('over-long', `control: expected 3 bytes, found ${bytes.length}`);
  if (procedure === undefined) return fault('unknown-frame', `control: no procedure has op code ${opCode}`);
  const value = parameters(PROCEDURES[procedure].response, bytes, 3);
  return value.ok ? { ok: true, value: { ...value.value, procedure, result } as ControlResponse } : value;
}
