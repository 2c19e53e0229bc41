import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { driverOf } from '../../src/link/drivers/drivers.ts';
import { createWitMotionDecoder, decodeWitMotion, type WitMotionState } from '../../src/link/drivers/witmotion/decoder.ts';
import { createFrameParser, parseFrames, type FrameParser } from '../../src/link/drivers/witmotion/frames.ts';
import type { DeviceBlock } from '../../src/motion/block.ts';
import { infoOf } from '../motion/synthetic.ts';
import { realData } from '../sessions/real-data.ts';

const REAL = realData('witmotion-ble/wt901-100hz.jsonl');
const G = 2048;

/** Raw values of a frame: acceleration, rate, angle. */
type Raw = readonly number[];

const frameOf = (raw: Raw): Uint8Array => {
  const bytes = new Uint8Array(20);
  bytes.set([0x55, 0x61]);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < 9; index++) view.setInt16(2 + 2 * index, raw[index] ?? 0, true);
  return bytes;
};
const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Numbers of the frames that were read, by their angle; each frame is as a sensor at hand would send it. */
const numbered = (count: number, from = 0): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => frameOf([30 + index, -20, G, 100 + from + index, 7, -3, from + index, 0, 0]));
const numbersOf = (values: readonly number[]): number[] => values.filter((_, index) => index % 6 === 3).map((rate) => rate - 100);

const cutAt = (bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] => {
  const edges = [0, ...[...new Set(cuts)].filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length];
  return edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
};
const parseAll = (parser: FrameParser, notifications: readonly Uint8Array[]): number[] => notifications.flatMap((bytes) => parseFrames(parser, bytes));

/** Rates at which two bytes of a frame cannot be taken for the beginning of one. */
const SAFE = fc.integer({ min: -0x5000, max: 0x5000 }).filter((value) => (value & 0xff) !== 0x55 && ((value >> 8) & 0xff) !== 0x55);
const garbage = (maxLength: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ maxLength }).map((bytes) => bytes.map((byte) => (byte === 0x55 ? 0x54 : byte)));

describe('real notifications of a WT901BLE67', () => {
  it.skipIf(REAL === null)('give 288 frames without a resynchronisation', () => {
    const lines = readFileSync(REAL!, 'utf8').trim().split('\n').slice(1).map((line) => JSON.parse(line) as { hex: string; t: number });
    const parser = createFrameParser();
    const values = lines.flatMap(({ hex }) => parseFrames(parser, Buffer.from(hex, 'hex')));
    expect(parser).toMatchObject({ frames: 288, resynchronisations: 0, skippedBytes: 0, implausible: 0, stranger: null, locked: true });
    const sizesG = Array.from({ length: 288 }, (_, index) => Math.hypot(values[6 * index]!, values[6 * index + 1]!, values[6 * index + 2]!) / G);
    expect(sizesG.reduce((sum, g) => sum + g, 0) / 288).toBeCloseTo(1.009, 3);

    const state = met();
    const blocks = lines.map(({ hex, t }) => decodeWitMotion(state, event(Buffer.from(hex, 'hex'), t))).filter((block) => block !== null);
    expect(blocks.reduce((sum, { imuCount }) => sum + imuCount, 0)).toBe(288);
    expect(blocks[0]!.imuPeriodS).toBe(0.01);
    expect([...blocks[0]!.accelG.subarray(0, 3)].map((g) => g.toFixed(5))).toEqual(['0.76904', '0.21680', '0.80908']);
    expect([...blocks[0]!.gyroDps.subarray(0, 3)].map((dps) => dps.toFixed(3))).toEqual(['5.188', '-17.151', '-81.787']);
    expect(Object.values(state.faults).every((count) => count === 0)).toBe(true);
  });
});

describe('the parser of WitMotion frames', () => {
  it('reads every frame, wherever it is torn', () => {
    fc.assert(fc.property(fc.integer({ min: 3, max: 30 }), fc.array(fc.nat(600), { maxLength: 40 }), (count, cuts) => {
      const parser = createFrameParser();
      const numbers = numbersOf(parseAll(parser, cutAt(joined(numbered(count)), cuts)));
      expect(numbers).toEqual(Array.from({ length: count }, (_, index) => index));
      expect(parser).toMatchObject({ frames: count, resynchronisations: 0, skippedBytes: 0 });
    }));
  });

  it('finds the frames behind garbage and between it, once each, and says how often', () => {
    fc.assert(fc.property(garbage(50), garbage(50), fc.array(fc.nat(900), { maxLength: 30 }), (before, between, cuts) => {
      const parser = createFrameParser();
      const bytes = joined([before, ...numbered(10), between, ...numbered(10, 10)]);
      const numbers = numbersOf(parseAll(parser, cutAt(bytes, cuts)));
      // The frame before the garbage cannot be told from one that was cut off, unless a notification ends with it.
      const missing = Array.from({ length: 20 }, (_, index) => index).filter((number) => !numbers.includes(number));
      expect(missing.filter((number) => number !== 9)).toEqual([]);
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      expect(parser.resynchronisations).toBe([before, between].filter(({ length }) => length > 0).length);
    }));
  });

  it('starts in the middle of a frame', () => {
    for (let cut = 1; cut < 20; cut++) {
      const parser = createFrameParser();
      expect(numbersOf(parseFrames(parser, joined(numbered(6)).subarray(cut)))).toEqual([1, 2, 3, 4, 5]);
      expect(parser.resynchronisations).toBe(1);
    }
  });

  it('does not take a value that looks like the beginning of a frame for one', () => {
    const angle = 0x6155;
    const frames = Array.from({ length: 8 }, () => frameOf([0, 0, G, angle, 0, 0, angle, angle, angle]));
    for (let cut = 0; cut < 20; cut++) {
      const values = parseFrames(createFrameParser(), joined(frames).subarray(cut));
      for (let at = 0; at < values.length; at += 6) expect(values.slice(at, at + 3)).toEqual([0, 0, G]);
    }
  });

  it('leaves out a frame of which bytes are missing, and no other', () => {
    for (let at = 2; at < 19; at++) {
      const parser = createFrameParser();
      const frames = numbered(12);
      frames[5] = frames[5]!.filter((_, index) => index < at || index > at + 1);
      const numbers = numbersOf(parseAll(parser, [joined(frames.slice(0, 4)), joined(frames.slice(4, 8)), joined(frames.slice(8))]));
      expect(numbers).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11]);
      expect(parser.resynchronisations).toBe(1);
    }
  });

  it('passes over answers to a register, which have the same length', () => {
    const answer = frameOf([]);
    answer[1] = 0x71;
    const parser = createFrameParser();
    const frames = numbered(4);
    expect(numbersOf(parseFrames(parser, joined([...frames.slice(0, 2), answer, ...frames.slice(2)])))).toEqual([0, 1, 2, 3]);
    expect(parser.resynchronisations).toBe(0);
  });

  it('leaves out frames that no sensor in a roller sends', () => {
    const parser = createFrameParser();
    parseFrames(parser, joined(numbered(3)));
    parseFrames(parser, joined([frameOf([0, 0, 0]), frameOf([0x7fff, 0x7fff, 0]), frameOf([0, 0, G, 0x7fff, 0x7fff, 0])]));
    expect(parser).toMatchObject({ frames: 3, implausible: 3, locked: true });
  });

  it('never throws, keeps little, and reads on after any bytes', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 244 }), { maxLength: 20 }), (notifications) => {
      const parser = createFrameParser();
      parseAll(parser, notifications);
      expect(parser.pending.length).toBeLessThan(60);
      // Random bytes can look like a frame now and then; in the end frames are read in order again.
      const numbers = numbersOf(parseAll(parser, numbered(12)));
      expect(numbers.slice(-6)).toEqual([6, 7, 8, 9, 10, 11]);
      expect(structuredClone(parser)).toEqual(parser);
    }));
  });
});

describe('frames of 28 bytes that begin alike', () => {
  const CHIP_TIME = [26, 11, 22, 16, 30, 59, 0x10, 0x02];
  const longFrame = (head: readonly number[], values: Raw): Uint8Array => joined([frameOf([]).subarray(0, 2), Uint8Array.from(head), frameOf(values).subarray(2)]);
  const values = fc.array(SAFE, { minLength: 9, maxLength: 9 });

  it('are those of a WT901SDCL, which begins with its time: refused by name, however they are torn', () => {
    fc.assert(fc.property(fc.array(values, { minLength: 4, maxLength: 20 }), fc.array(fc.nat(560), { maxLength: 30 }), (frames, cuts) => {
      const parser = createFrameParser();
      const bytes = joined(frames.map((raw) => longFrame(CHIP_TIME, raw)));
      expect(parseAll(parser, cutAt(bytes, cuts))).toEqual([]);
      expect(parser.stranger).toBe('WT901SDCL');
    }));
  });

  it('or those of a WTVB vibration sensor', () => {
    fc.assert(fc.property(fc.array(values, { minLength: 4, maxLength: 20 }), (frames) => {
      const parser = createFrameParser();
      for (const raw of frames) expect(parseFrames(parser, longFrame([0, 0, 0, 0, 0, 0, 0, 0], raw))).toEqual([]);
      expect(parser.stranger).toBe('WTVB vibration sensor');
    }));
  });

  it('give no block, and a fault that names them', () => {
    const state = met();
    for (let index = 0; index < 50; index++) expect(decodeWitMotion(state, event(longFrame(CHIP_TIME, [0, 0, G]), index / 10))).toBeNull();
    expect(state.frames).toBe(0);
    expect(state.faults['look-alike']).toBeGreaterThan(40);
    expect(state.lastFault).toMatch(/28 bytes, as the WT901SDCL does/);
  });
});

const met = (): WitMotionState => {
  const state = createWitMotionDecoder();
  decodeWitMotion(state, { type: 'frame', characteristic: 'info', bytes: encodeInfo(infoOf({ axis: 'unknown', mountFirstMm: null, mountSecondMm: null, cells: [] })), arrivalS: 0 });
  return state;
};
const event = (bytes: Uint8Array, arrivalS: number) => ({ type: 'frame', characteristic: 'sensor', bytes, arrivalS }) as const;

describe('the WitMotion decoder', () => {
  /** Notifications of so many frames at a rate, for some seconds. */
  const stream = (state: WitMotionState, { rateHz, perNotification, seconds, fromS = 0 }: { rateHz: number; perNotification: number; seconds: number; fromS?: number }): DeviceBlock[] => {
    const blocks: DeviceBlock[] = [];
    for (let sent = 0; sent < rateHz * seconds; sent += perNotification) {
      const block = decodeWitMotion(state, event(joined(numbered(perNotification, sent)), fromS + (sent + perNotification) / rateHz));
      if (block) blocks.push(block);
    }
    return blocks;
  };
  const samplesIn = (blocks: readonly DeviceBlock[]): number => blocks.reduce((sum, { imuCount }) => sum + imuCount, 0);

  it.each([[10, 1], [20, 1], [50, 2], [100, 4], [100, 8], [200, 8]])('finds that samples come at %i Hz, %i in a notification, and loses none', (rateHz, perNotification) => {
    const blocks = stream(met(), { rateHz, perNotification, seconds: 4 });
    expect(blocks[0]!.imuPeriodS).toBeCloseTo(1 / rateHz, 12);
    expect(samplesIn(blocks)).toBe(4 * rateHz);
    expect(blocks[1]).toMatchObject({ deviceTimeUs: null, sequence: null, readingCount: 0, disturbed: false });
  });

  it('is not misled by a lump, and heeds another rate that stays', () => {
    const state = met();
    stream(state, { rateHz: 100, perNotification: 4, seconds: 3 });
    stream(state, { rateHz: 400, perNotification: 4, seconds: 0.5, fromS: 3 });
    expect(stream(state, { rateHz: 100, perNotification: 4, seconds: 2, fromS: 3.5 }).at(-1)!.imuPeriodS).toBe(0.01);
    expect(stream(state, { rateHz: 200, perNotification: 4, seconds: 4, fromS: 5.5 }).at(-1)!.imuPeriodS).toBe(0.005);
  });

  it('counts anew after a pause', () => {
    const state = met();
    stream(state, { rateHz: 100, perNotification: 4, seconds: 0.5 });
    const blocks = stream(state, { rateHz: 50, perNotification: 2, seconds: 3, fromS: 10 });
    expect(blocks[0]!.imuPeriodS).toBe(0.02);
    expect(samplesIn(blocks)).toBe(150);
  });

  it('refuses samples before it is known what roller they are of', () => {
    const state = createWitMotionDecoder();
    expect(stream(state, { rateHz: 100, perNotification: 4, seconds: 3 })).toEqual([]);
    expect(state.faults['before-info']).toBeGreaterThan(70);
  });

  it('has a state of plain data', () => {
    const state = met();
    stream(state, { rateHz: 100, perNotification: 3, seconds: 0.5 });
    const copy = structuredClone(state);
    const rest = { rateHz: 100, perNotification: 3, seconds: 2, fromS: 0.5 };
    expect(stream(copy, rest)).toEqual(stream(state, rest));
  });
});

describe('a WitMotion advertisement', () => {
  it.each([
    [{ localName: 'WT901BLE67' }, 'witmotion'],
    [{ localName: 'WT9011DCL-BT50', serviceUuids: [] }, 'witmotion'],
    [{ localName: 'My sensor', serviceUuids: ['0000ffe500001000800000805f9a34fb'] }, 'witmotion'],
    [{ localName: 'Smart Roller 12AB', serviceUuids: ['81bb0001c6dd42cb9747773742386231'] }, 'roller-v1'],
    [{ localName: 'LED lamp', serviceUuids: ['ffe5'] }, undefined],
    [{ localName: 'WTF' }, undefined],
    [{}, undefined],
  ])('%o is of %s', (advertisement, name) => {
    expect(driverOf(advertisement)?.name).toBe(name);
  });
});
