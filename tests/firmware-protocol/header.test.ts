import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRequest, PROCEDURES, RESULT_CODES, resultOfFault } from '../../firmware-protocol/control.ts';
import type { ControlRequest, ControlResponse } from '../../firmware-protocol/control.ts';
import type { VectorFile } from '../../firmware-protocol/generate/vectors.ts';
import { INFO_CELL, INFO_HEAD, type RollerInfo } from '../../firmware-protocol/info.ts';
import { STATUS } from '../../firmware-protocol/status.ts';
import { STREAM_HEAD, type StreamFrame } from '../../firmware-protocol/stream.ts';
import type { Field, Table } from '../../firmware-protocol/table.ts';
import { FRAMES, fromHex, toHex } from './support/frames.ts';

/** `roller_protocol.h`, compiled as firmware would, against the same vectors and against the TypeScript codec on any bytes. */

const protocol = fileURLToPath(new URL('../../firmware-protocol', import.meta.url));
const source = fileURLToPath(new URL('c/bench.c', import.meta.url));

const works = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
const cc = ['gcc', 'cc', 'clang'].find(works);
const cxx = ['g++', 'c++', 'clang++'].find(works);
if (!cc) console.warn('skipped: no C compiler, so roller_protocol.h is not compiled');

const STRICT = ['-Wall', '-Wextra', '-Werror', '-pedantic', '-Wconversion', '-Wshadow', '-I', protocol];
const SANITIZERS = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

/** Raw numbers of a value in the order of the C struct, worked out here a second time. */
const rawNumbers = (table: Table, value: object): number[] =>
  table.filter((field) => !field.fixed).flatMap((field) => rawNumber(field, (value as Record<string, unknown>)[field.name]));

function rawNumber(field: Field, value: unknown): number | number[] {
  if (field.type === 'id64') return [...fromHex(value as string)];
  if (field.values) return field.values[value as string]!;
  if (field.bits) {
    const on = Object.entries(field.bits).filter(([name]) => (value as Record<string, boolean>)[name]);
    return on.reduce((sum, [, bit]) => sum + 2 ** bit, 0);
  }
  return value === null ? field.absent! : Math.round((value as number) / (field.scale ?? 1));
}

const NUMBERS: Readonly<Record<string, (value: never) => number[]>> = {
  info: ({ cells, ...head }: RollerInfo) => [
    ...rawNumbers(INFO_HEAD, { ...head, cellCount: cells.length }),
    ...cells.flatMap((cell) => rawNumbers(INFO_CELL, cell)),
  ],
  stream: (frame: StreamFrame) => [...rawNumbers(STREAM_HEAD, frame), ...frame.imu, ...frame.pressure],
  status: (status: object) => rawNumbers(STATUS, status),
  request: (request: ControlRequest) => {
    const { opCode, request: table } = PROCEDURES[request.procedure];
    return [opCode, ...rawNumbers(table, request)];
  },
  response: (response: ControlResponse) =>
    response.result === 'success'
      ? [PROCEDURES[response.procedure].opCode, RESULT_CODES.success, ...rawNumbers(PROCEDURES[response.procedure].response, response)]
      : [response.opCode, RESULT_CODES[response.result]],
};

const numbersOf = (frame: string, value: unknown): string => NUMBERS[frame]!(value as never).join(' ');
const vectorsOf = (frame: string): VectorFile => JSON.parse(readFileSync(join(protocol, 'vectors', `${frame}.json`), 'utf8')) as VectorFile;

/** An order to encode the first vector with one raw number changed. */
function withRaw(frame: string, at: number, raw: number): string {
  const numbers = numbersOf(frame, vectorsOf(frame).valid[0]!.value).split(' ');
  return `encode ${frame} ${numbers.with(at, String(raw)).join(' ')}`;
}

describe.skipIf(!cc)('roller_protocol.h', () => {
  let folder = '';
  let bench = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'roller-protocol-'));
    bench = join(folder, 'bench');
    const compile = (extra: readonly string[]) =>
      spawnSync(cc!, ['-std=c99', ...STRICT, ...extra, source, '-o', bench], { encoding: 'utf8' });
    // Not every compiler comes with the libraries of the sanitizers.
    const { status, stderr } = compile(SANITIZERS).status === 0 ? { status: 0, stderr: '' } : compile([]);
    if (status !== 0 || stderr !== '') throw new Error(stderr);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Hands orders to the C program and gives back its answers. */
  const answers = (orders: readonly string[]): string[] =>
    execFileSync(bench, { input: `${orders.join('\n')}\n`, encoding: 'utf8', maxBuffer: 2 ** 26 }).trimEnd().split('\n');

  it.each(FRAMES)('decodes every valid vector of $name', ({ name }) => {
    const { valid } = vectorsOf(name);
    expect(answers(valid.map(({ hex }) => `decode ${name} ${hex}`))).toEqual(valid.map(({ value }) => `ok ${numbersOf(name, value)}`));
  });

  it.each(FRAMES)('encodes every valid vector of $name, and never past the end of its buffer', ({ name }) => {
    const { valid } = vectorsOf(name);
    expect(answers(valid.map(({ value }) => `encode ${name} ${numbersOf(name, value)}`))).toEqual(valid.map(({ hex }) => hex));
  });

  it.each(FRAMES)('gives the reason of every invalid vector of $name', ({ name }) => {
    const { invalid } = vectorsOf(name);
    const reasons = answers(invalid.map(({ hex }) => `decode ${name} ${hex}`)).map((answer) => answer.split(' ')[0]);
    expect(reasons).toEqual(invalid.map(({ reason }) => reason));
  });

  it('names the op code and the result with which to answer a request that is refused', () => {
    const requests = vectorsOf('request').invalid.map(({ hex }) => hex);
    expect(answers(requests.map((hex) => `decode request ${hex}`))).toEqual(
      requests.map((hex) => {
        const decoded = decodeRequest(fromHex(hex));
        if (decoded.ok) throw new Error(`${hex} is a request`);
        return `${decoded.fault.reason} ${fromHex(hex)[0] ?? 0} ${RESULT_CODES[resultOfFault(decoded.fault)]}`;
      }),
    );
  });

  it.each(FRAMES)('agrees with the TypeScript codec of $name on any bytes', ({ name, encode, decode, values }) => {
    const good = fc.sample(values, 300).map(encode);
    const changed = fc
      .sample(fc.tuple(values, fc.nat(300), fc.nat(255)), 700)
      .map(([value, at, byte]) => encode(value).map((old, index, { length }) => (index === at % length ? byte : old)));
    const cut = fc.sample(fc.tuple(values, fc.nat(300)), 200).map(([value, length]) => encode(value).subarray(0, length));
    const random = fc.sample(fc.uint8Array({ maxLength: 300 }), 300);
    const all = [...good, ...changed, ...cut, ...random];
    const expected = all.map((bytes) => {
      const result = decode(bytes);
      return result.ok ? `ok ${numbersOf(name, result.value)}` : result.fault.reason;
    });
    const found = answers(all.map((bytes) => `decode ${name} ${toHex(bytes)}`));
    expect(found.map((answer) => (answer.startsWith('ok') ? answer : answer.split(' ')[0]))).toEqual(expected);
    const accepted = found.flatMap((answer, index) => (answer.startsWith('ok ') ? [{ numbers: answer.slice(3), bytes: all[index]! }] : []));
    expect(answers(accepted.map(({ numbers }) => `encode ${name} ${numbers}`))).toEqual(accepted.map(({ bytes }) => toHex(bytes)));
  });

  it('refuses to encode what the tables forbid', () => {
    const orders = [
      withRaw('info', 0, 3), // tool
      withRaw('info', 11, 49), // radius
      withRaw('info', 21, 33), // cells
      withRaw('stream', 0, 4), // flags
      withRaw('stream', 3, 0), // no samples
      withRaw('stream', 4, 64), // readings
      withRaw('status', 0, 101), // battery
      withRaw('status', 1, 0x20), // faults
      'encode request 7',
      'encode request 5 0',
      'encode response 1 0',
      'encode response 42 1',
    ];
    expect(answers(orders)).toEqual(orders.map(() => 'refused'));
  });
});

it.skipIf(!cc)('compiles the example of SPEC.md', () => {
  const example = /```c\n([\s\S]*?)```/.exec(readFileSync(join(protocol, 'SPEC.md'), 'utf8'))?.[1];
  const { status, stderr } = spawnSync(cc!, ['-std=c99', '-x', 'c', '-fsyntax-only', ...STRICT, '-'], { encoding: 'utf8', input: example });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(example).toContain('roller_encode_response');
});

it.skipIf(!cxx)('roller_protocol.h is C++11 as well', () => {
  const { status, stderr } = spawnSync(cxx!, ['-std=c++11', '-x', 'c++', '-fsyntax-only', ...STRICT, source], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});
