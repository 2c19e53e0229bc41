import { refuseLength } from './frame.ts';
import { byteLength, decodeTable, encodeTable, fault, type Decoded, type Fault, type Result, type Table } from './table.ts';

/** Stream rates, asked for and granted. */
const RATES = [
  { name: 'imuRateMilliHz', type: 'u32', unit: 'mHz', min: 10_000, max: 1_000_000, doc: 'IMU sample rate' },
  { name: 'pressureRateMilliHz', type: 'u32', unit: 'mHz', max: 1_000_000, doc: 'rate of pressure readings' },
  { name: 'samplesPerFrame', type: 'u8', min: 1, max: 16, doc: 'IMU samples in a notification' },
] as const;

/** Procedures of the control point (SPEC.md, section 7): op code, parameters of the request and of a successful response. */
export const PROCEDURES = {
  start: { opCode: 0x01, request: [], response: [] },
  stop: { opCode: 0x02, request: [], response: [] },
  tare: { opCode: 0x03, request: [], response: [] },
  setRate: { opCode: 0x04, request: RATES, response: RATES },
  identify: {
    opCode: 0x05,
    request: [{ name: 'seconds', type: 'u8', unit: 's', min: 1, max: 30, doc: 'how long to show itself' }],
    response: [],
  },
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

/** Head of a response; the parameters of a success follow. */
export const RESPONSE_HEAD = [
  { name: 'responseCode', type: 'u8', fixed: { value: RESPONSE_CODE, otherwise: 'unknown-frame' }, doc: 'says that this is a response' },
  { name: 'opCode', type: 'u8', doc: 'op code of the request' },
  { name: 'result', type: 'u8', values: RESULT_CODES, doc: 'what came of it' },
] as const;

export type ProcedureName = keyof typeof PROCEDURES;
export type ResultCode = keyof typeof RESULT_CODES;
export type ControlRequest = {
  [P in ProcedureName]: { readonly procedure: P } & Decoded<(typeof PROCEDURES)[P]['request']>;
}[ProcedureName];
export type ControlResponse =
  | ({ readonly procedure: 'setRate'; readonly result: 'success' } & Decoded<typeof RATES>)
  | { readonly procedure: Exclude<ProcedureName, 'setRate'>; readonly result: 'success' }
  | { readonly procedure: ProcedureName | null; readonly opCode: number; readonly result: Exclude<ResultCode, 'success'> };

const RESPONSE_BYTES = byteLength(RESPONSE_HEAD);

const procedureOf = (opCode: number | undefined): ProcedureName | undefined =>
  (Object.keys(PROCEDURES) as ProcedureName[]).find((name) => PROCEDURES[name].opCode === opCode);

const encodeParameters = (table: Table, value: object, bytes: Uint8Array, start: number): void =>
  encodeTable(table, value as Decoded<Table>, bytes, start);

const decodeParameters = (table: Table, bytes: Uint8Array, start: number): Result<object> =>
  refuseLength('control', start + byteLength(table), bytes) ?? decodeTable(table, bytes, start);

/** Encodes a request. Throws a RangeError on a value that the table forbids. */
export function encodeRequest(request: ControlRequest): Uint8Array {
  const { opCode, request: table } = PROCEDURES[request.procedure];
  const bytes = new Uint8Array(1 + byteLength(table));
  bytes[0] = opCode;
  encodeParameters(table, request, bytes, 1);
  return bytes;
}

/** Decodes any bytes written to the control point. Never throws. */
export function decodeRequest(bytes: Uint8Array): Result<ControlRequest> {
  const procedure = procedureOf(bytes[0]);
  if (procedure === undefined) return fault('unknown-frame', `control: no procedure has op code ${bytes[0] ?? '(no bytes)'}`);
  const parameters = decodeParameters(PROCEDURES[procedure].request, bytes, 1);
  return parameters.ok ? { ok: true, value: { ...parameters.value, procedure } as ControlRequest } : parameters;
}

/** The result that a roller answers to a request that it could not decode. */
export const resultOfFault = (refused: Fault): Extract<ResultCode, 'opCodeNotSupported' | 'invalidParameter'> =>
  refused.reason === 'unknown-frame' ? 'opCodeNotSupported' : 'invalidParameter';

/** Encodes a response. Throws a RangeError on a value that the table forbids. */
export function encodeResponse(response: ControlResponse): Uint8Array {
  const { opCode, response: table } =
    response.result === 'success' ? PROCEDURES[response.procedure] : { opCode: response.opCode, response: [] };
  const bytes = new Uint8Array(RESPONSE_BYTES + byteLength(table));
  encodeTable(RESPONSE_HEAD, { opCode, result: response.result }, bytes);
  encodeParameters(table, response, bytes, RESPONSE_BYTES);
  return bytes;
}

/** Decodes any bytes indicated by the control point. Never throws. */
export function decodeResponse(bytes: Uint8Array): Result<ControlResponse> {
  if (bytes.length < RESPONSE_BYTES) return fault('truncated', `control: expected at least ${RESPONSE_BYTES} bytes, found ${bytes.length}`);
  const head = decodeTable(RESPONSE_HEAD, bytes);
  if (!head.ok) return head;
  const { opCode, result } = head.value;
  const procedure = procedureOf(opCode);
  if (result !== 'success') {
    return refuseLength('control', RESPONSE_BYTES, bytes) ?? { ok: true, value: { procedure: procedure ?? null, opCode, result } };
  }
  if (procedure === undefined) return fault('unknown-frame', `control: no procedure has op code ${opCode}`);
  const parameters = decodeParameters(PROCEDURES[procedure].response, bytes, RESPONSE_BYTES);
  return parameters.ok ? { ok: true, value: { ...parameters.value, procedure, result } as ControlResponse } : parameters;
}
