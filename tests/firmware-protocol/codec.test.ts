import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RollerInfo } from '../../firmware-protocol/info.ts';
import { FAULT_REASONS } from '../../firmware-protocol/table.ts';
import { FRAMES, info, request, response, status, stream, toHex } from './support/frames.ts';

/** Any bytes: random ones, and good frames with some bytes changed, because random ones seldom pass the first check. */
const anyBytes = ({ encode, values }: (typeof FRAMES)[number]): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.tuple(values, fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
      const bytes = encode(value);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return bytes;
    }),
  );

const reasonOf = (frame: (typeof FRAMES)[number], bytes: Uint8Array): string => {
  const result = frame.decode(bytes);
  return result.ok ? 'ok' : result.fault.reason;
};

describe.each(FRAMES)('$name', (frame) => {
  const { encode, decode, values } = frame;

  it('decodes what it encodes', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(decode(encode(value))).toEqual({ ok: true, value });
      }),
    );
  });

  it('takes any bytes, and either gives a reason or a value that encodes to the same bytes', () => {
    fc.assert(
      fc.property(anyBytes(frame), (bytes) => {
        const result = decode(bytes);
        const allowed = result.ok ? [toHex(bytes)] : FAULT_REASONS;
        expect(allowed).toContain(result.ok ? toHex(encode(result.value)) : result.fault.reason);
        expect(result).not.toMatchObject({ fault: { detail: '' } });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads bytes that lie anywhere in a larger buffer', () => {
    fc.assert(
      fc.property(values, fc.nat(9), (value, before) => {
        const bytes = encode(value);
        const buffer = new Uint8Array(before + bytes.length + 5).fill(0xaa);
        buffer.set(bytes, before);
        expect(decode(buffer.subarray(before, before + bytes.length))).toEqual({ ok: true, value });
      }),
    );
  });

  it('calls every shorter length truncated', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = encode(value);
        for (let length = 1; length < bytes.length; length++) expect(reasonOf(frame, bytes.subarray(0, length))).toBe('truncated');
      }),
    );
  });

  it('calls every longer length over-long', () => {
    fc.assert(
      fc.property(values, fc.uint8Array({ minLength: 1, maxLength: 260 }), (value, more) => {
        expect(reasonOf(frame, Uint8Array.of(...encode(value), ...more))).toBe('over-long');
      }),
    );
  });
});

it.each([info, stream, status] as unknown as typeof FRAMES)('$name: calls every other version unknown, whatever follows it', (frame) => {
  const others = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 300 })).filter(([version]) => version !== 1);
  fc.assert(
    fc.property(others, ([version, rest]) => {
      expect(reasonOf(frame, Uint8Array.of(version, ...rest))).toBe('unknown-version');
    }),
  );
});

it('refuses bytes that are none', () => {
  const reasons = FRAMES.map((frame) => `${frame.name}: ${reasonOf(frame, new Uint8Array(0))}`);
  expect(reasons).toEqual(['info: truncated', 'stream: truncated', 'status: truncated', 'request: unknown-frame', 'response: truncated']);
});

// Offsets and bits as SPEC.md says them, not as the tables do.
const RESERVED: readonly { name: string; frame: unknown; bits: readonly (readonly [offset: number, first: number, last: number])[] }[] = [
  { name: 'info', frame: info, bits: [36, 37, 38, 39].map((offset) => [offset, 0, 7] as const) },
  { name: 'stream', frame: stream, bits: [[1, 2, 7], [11, 0, 7]] },
  { name: 'status', frame: status, bits: [[2, 5, 7], [3, 0, 7], [6, 2, 7], [7, 0, 7]] },
];

it.each(RESERVED)('$name: refuses each reserved bit', ({ frame, bits }) => {
  const { values, encode } = frame as (typeof FRAMES)[number];
  fc.assert(
    fc.property(values, (value) => {
      for (const [offset, first, last] of bits) {
        for (let bit = first; bit <= last; bit++) {
          const bytes = encode(value);
          bytes[offset] = bytes[offset]! | (1 << bit);
          expect(reasonOf(frame as (typeof FRAMES)[number], bytes)).toBe('reserved-bits');
        }
      }
    }),
    { numRuns: 20 },
  );
});

describe('encoders refuse what the tables forbid', () => {
  const someInfo = fc.sample(info.values, { numRuns: 1, seed: 1 })[0]!;
  const someStatus = fc.sample(status.values, { numRuns: 1, seed: 1 })[0]!;
  const frame = {
    flags: { hapticActive: false, tareActive: false },
    sequence: 0,
    deviceTimeUs: 0,
    imuCount: 1,
    readingCount: 0,
    cellCount: 0,
    imu: new Int16Array(6),
    pressure: new Uint16Array(0),
  };
  const cell = { axialMm: 0, angleDeg: null, areaMm2: 100 };

  it.each<[string, () => unknown]>([
    ['a radius beyond its range', () => info.encode({ ...someInfo, radiusMm: 300.1 })],
    ['a number that is none', () => info.encode({ ...someInfo, lengthMm: Number.NaN })],
    ['a word without a code', () => info.encode({ ...someInfo, tool: 'hammer' } as unknown as RollerInfo)],
    ['a word that every object has', () => info.encode({ ...someInfo, tool: 'toString' } as unknown as RollerInfo)],
    ['a device id of seven bytes', () => info.encode({ ...someInfo, deviceId: '00112233445566' })],
    ['33 cells', () => info.encode({ ...someInfo, cells: Array.from({ length: 33 }, () => cell) })],
    ['absent where there is no such value', () => info.encode({ ...someInfo, radiusMm: null } as unknown as RollerInfo)],
    ['101 % of charge', () => status.encode({ ...someStatus, batteryPct: 101 })],
    ['counts that differ from the samples', () => stream.encode({ ...frame, imuCount: 2 })],
    ['a frame without samples', () => stream.encode({ ...frame, imuCount: 0, imu: new Int16Array(0) })],
    ['a frame of 248 bytes', () => stream.encode({ ...frame, readingCount: 4, cellCount: 28, pressure: new Uint16Array(112) })],
    ['an op code of two bytes', () => response.encode({ procedure: null, opCode: 256, result: 'opCodeNotSupported' })],
    ['a pulse of 2 s', () => request.encode({ procedure: 'haptic', pulses: 1, pulseMs: 2000, gapMs: 100, strengthPct: 50 })],
  ])('%s', (_, encode) => {
    expect(encode).toThrow(RangeError);
  });
});
