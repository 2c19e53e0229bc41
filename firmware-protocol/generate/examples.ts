import { PROCEDURES, RESPONSE_HEAD, type ProcedureName } from '../control.ts';
import { INFO_CELL, INFO_HEAD } from '../info.ts';
import { STATUS } from '../status.ts';
import { STREAM_HEAD, STREAM_SAMPLE } from '../stream.ts';
import { byteLength, decodeTable, sizeOf, type Field, type Table } from '../table.ts';
import { hexOf } from './names.ts';
import { exchanges, vectorFiles, type FrameName } from './vectors.ts';

/** The worked examples of SPEC.md: the first golden vector of each frame, taken apart byte by byte. */
export const exampleBlocks = (): Readonly<Record<string, string>> => ({
  'example-info': example('info', (bytes) => [
    ...annotate(bytes, INFO_HEAD, 0),
    ...[0, 1].flatMap((cell) => annotate(bytes, INFO_CELL, byteLength(INFO_HEAD) + cell * byteLength(INFO_CELL), `cell ${cell}: `)),
  ]),
  'example-stream': example('stream', (bytes) => {
    const samplesAt = byteLength(STREAM_HEAD);
    const sampleBytes = byteLength(STREAM_SAMPLE);
    return [
      ...annotate(bytes, STREAM_HEAD, 0),
      ...[0, 1].flatMap((sample) => annotate(bytes, STREAM_SAMPLE, samplesAt + sample * sampleBytes, `sample ${sample}: `)),
      ...annotate(bytes, CELL_VALUES, samplesAt + 2 * sampleBytes, 'reading 0: '),
    ];
  }),
  'example-status': example('status', (bytes) => annotate(bytes, STATUS, 0)),
  'example-set-rate': [
    ...fenced(requestLines('set rate to 210 Hz, 200 Hz is the nearest')),
    '',
    'The response grants 200 Hz:',
    '',
    ...fenced(responseLines('set rate to 210 Hz, 200 Hz is the nearest')),
  ].join('\n'),
  'example-haptic': fenced(requestLines('haptic pattern played')).join('\n'),
  exchanges: [
    '| State and request | Request | Response |',
    '| --- | --- | --- |',
    ...exchanges().map(({ name, request, response }) => `| ${name} | ${request === '' ? '(none)' : `\`${request}\``} | \`${response}\` |`),
  ].join('\n'),
});

/** Two cells of one reading, for the example. */
const CELL_VALUES = [
  { name: 'cell 0', type: 'u16', doc: '' },
  { name: 'cell 1', type: 'u16', doc: '' },
] as const satisfies Table;

const OP_CODE = [{ name: 'opCode', type: 'u8', doc: '' }] as const satisfies Table;

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const fenced = (lines: readonly string[]): string[] => ['```', ...lines, '```'];

function example(frame: FrameName, lines: (bytes: Uint8Array) => readonly string[]): string {
  const vector = vectorFiles().find((file) => file.frame === frame)!.valid[0]!;
  const bytes = bytesOf(vector.hex);
  return [`${vector.name}, ${bytes.length} bytes:`, '', ...fenced([...wrapped(vector.hex), '', ...lines(bytes)])].join('\n');
}

/** A line for every field: offset, bytes as sent, name and value. */
function annotate(bytes: Uint8Array, table: Table, start: number, prefix = ''): string[] {
  let at = start;
  return table.map((field) => {
    const offset = at;
    at += sizeOf(field.type);
    const sent = hexOf(bytes.subarray(offset, at), ' ');
    return `${String(offset).padStart(3)}  ${sent.padEnd(23)}  ${prefix}${field.name} = ${meaning(field, bytes, offset)}`;
  });
}

function meaning(field: Field, bytes: Uint8Array, offset: number): string {
  if (field.fixed) return String(field.fixed.value);
  const decoded = decodeTable([field], bytes, offset);
  if (!decoded.ok) throw new Error(decoded.fault.detail);
  const value = (decoded.value as Record<string, unknown>)[field.name];
  if (field.bits) return flagsOn(value as Record<string, boolean>);
  return field.unit === undefined ? String(value) : `${String(value)} ${field.unit}`;
}

const flagsOn = (flags: Readonly<Record<string, boolean>>): string =>
  Object.keys(flags).filter((name) => flags[name]).join(', ') || 'none';

const wrapped = (hex: string): string[] => (hex.match(/.{1,32}/g) ?? []).map((line) => (line.match(/../g) ?? []).join(' '));

function requestLines(name: string): string[] {
  const bytes = bytesOf(exchangeNamed(name).request);
  return [...annotate(bytes, OP_CODE, 0), ...annotate(bytes, PROCEDURES[procedureOf(bytes[0])].request, 1)];
}

function responseLines(name: string): string[] {
  const bytes = bytesOf(exchangeNamed(name).response);
  return [...annotate(bytes, RESPONSE_HEAD, 0), ...annotate(bytes, PROCEDURES[procedureOf(bytes[1])].response, byteLength(RESPONSE_HEAD))];
}

const exchangeNamed = (name: string): { request: string; response: string } => exchanges().find((each) => each.name === name)!;

const procedureOf = (opCode: number | undefined): ProcedureName =>
  (Object.keys(PROCEDURES) as ProcedureName[]).find((name) => PROCEDURES[name].opCode === opCode)!;
