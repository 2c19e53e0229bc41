import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decodeRequest, decodeResponse, encodeResponse, resultOfFault } from '../../firmware-protocol/control.ts';
import type { VectorFile } from '../../firmware-protocol/generate/vectors.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { FAULT_REASONS } from '../../firmware-protocol/table.ts';
import { FRAMES, fromHex, toHex } from './support/frames.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../firmware-protocol/vectors/${name}.json`, import.meta.url), 'utf8'));

/** Lists of numbers, as JSON holds them, in the typed arrays of a stream frame. */
function typed(value: unknown): unknown {
  const { imu, pressure, ...rest } = value as { imu?: number[]; pressure?: number[] };
  return imu && pressure ? { ...rest, imu: Int16Array.from(imu), pressure: Uint16Array.from(pressure) } : value;
}

describe.each(FRAMES)('golden vectors of $name', ({ name, encode, decode }) => {
  const { valid, invalid } = read(name) as VectorFile;

  it.each(valid)('decodes $name', ({ hex, value }) => {
    expect(decode(fromHex(hex))).toEqual({ ok: true, value: typed(value) });
  });

  it.each(valid)('encodes $name', ({ hex, value }) => {
    expect(toHex(encode(typed(value)))).toBe(hex);
  });

  it.each(invalid)('refuses $name', ({ hex, reason }) => {
    expect(decode(fromHex(hex))).toMatchObject({ ok: false, fault: { reason } });
  });
});

describe('exchanges', () => {
  const { exchanges } = read('exchanges') as { exchanges: { name: string; request: string; response: string }[] };

  it.each(exchanges)('$name', ({ request, response }) => {
    const asked = decodeRequest(fromHex(request));
    const answered = decodeResponse(fromHex(response));
    if (!answered.ok) throw new Error(answered.fault.detail);
    expect(toHex(encodeResponse(answered.value))).toBe(response);
    expect(answered.value).toMatchObject(
      asked.ok ? { procedure: asked.value.procedure } : { opCode: fromHex(request)[0] ?? 0, result: resultOfFault(asked.fault) },
    );
  });
});

it('has a vector for every reason', () => {
  const reasons = FRAMES.flatMap(({ name }) => (read(name) as VectorFile).invalid.map(({ reason }) => reason));
  expect(new Set(reasons)).toEqual(new Set(FAULT_REASONS));
});

describe('frames put together by hand from SPEC.md', () => {
  it('stream', () => {
    const bytes = fromHex('01 02 ffff 78563412 01 01 02 00  0100 ffff 0080 ff7f 0002 00fe  e803 feff'.replaceAll(' ', ''));
    expect(decodeStream(bytes)).toEqual({
      ok: true,
      value: {
        flags: { hapticActive: false, tareActive: true },
        sequence: 65_535,
        deviceTimeUs: 0x1234_5678,
        imuCount: 1,
        readingCount: 1,
        cellCount: 2,
        imu: Int16Array.of(1, -1, -32_768, 32_767, 512, -512),
        pressure: Uint16Array.of(1000, 65_534),
      },
    });
  });

  it('status', () => {
    expect(decodeStatus(fromHex('01 ff 1200 0080 02 00 00010000'.replaceAll(' ', '')))).toEqual({
      ok: true,
      value: {
        batteryPct: null,
        faults: { imu: false, cells: true, lowBattery: false, overheated: false, clock: true },
        temperatureC: null,
        activity: { streaming: false, charging: true },
        droppedFrames: 256,
      },
    });
  });

  it('a haptic request: hundredths of a second become milliseconds', () => {
    expect(decodeRequest(fromHex('06030f0a64'))).toEqual({
      ok: true,
      value: { procedure: 'haptic', pulses: 3, pulseMs: 150, gapMs: 100, strengthPct: 100 },
    });
  });
});
