import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceBlock } from '../../src/motion/block.ts';
import { createTimebase, placeBlock, sessionTimeS, type TimebaseState } from '../../src/motion/timebase.ts';

const PERIOD_S = 0.01;
const COUNT = 2;
const BLOCK_S = COUNT * PERIOD_S;
const EMPTY = new Float32Array(0);

const block = (changes: Partial<DeviceBlock>): DeviceBlock => ({
  arrivalS: 0, deviceTimeUs: 0, sequence: 0,
  imuCount: COUNT, imuPeriodS: PERIOD_S, gyroDps: new Float32Array(3 * COUNT), accelG: new Float32Array(3 * COUNT),
  readingCount: 0, readingPeriodS: 0, cellKpa: EMPTY, saturatedCells: 0, disturbed: false, ...changes,
});

interface Oddity { readonly firstUs?: number; readonly sequence?: number; readonly lateS?: number; readonly deviceS?: number }

/** The n-th block of a steady stream whose device clock started at `firstUs`; it arrives 15 ms after its last sample. */
const nth = (n: number, { firstUs = 0, sequence = n, lateS = 0, deviceS = n * BLOCK_S }: Oddity = {}): DeviceBlock =>
  block({
    arrivalS: 500 + (n + 1) * BLOCK_S + 0.015 + lateS,
    deviceTimeUs: (firstUs + Math.round(deviceS * 1e6)) % 2 ** 32,
    sequence: sequence & 0xffff,
  });

const started = (count: number, firstUs = 0): TimebaseState => {
  const state = createTimebase();
  for (let n = 0; n < count; n++) placeBlock(state, nth(n, { firstUs }));
  return state;
};

describe('time base by the device clock', () => {
  it('counts from the first frame, over the wrap of the clock and of the sequence', () => {
    const state = createTimebase();
    for (let n = 0; n < 70_000; n++) {
      const placed = placeBlock(state, nth(n, { firstUs: 2 ** 32 - 1_000_000 }))!;
      if (n % 5000 === 0) expect(placed.tS).toBe(Math.round(n * BLOCK_S * 1e6) / 1e6);
      if (placed.gapS !== 0 || placed.lostFrames !== 0) throw new Error(`block ${n} did not join`);
    }
    expect(state).toMatchObject({ lostFrames: 0, staleFrames: 0, clockJumps: 0 });
  });

  it('tells lost frames and the time they leave open', () => {
    const state = started(10);
    const placed = placeBlock(state, nth(14))!;
    expect(placed.tS).toBeCloseTo(14 * BLOCK_S, 9);
    expect(placed.lostFrames).toBe(4);
    expect(placed.gapS).toBeCloseTo(4 * BLOCK_S, 9);
    expect(placeBlock(state, nth(15))).toMatchObject({ lostFrames: 0, gapS: 0 });
    expect(state.lostFrames).toBe(4);
  });

  it('takes a sequence that began again at 0 on a running clock for a reconnect, not for a loss', () => {
    const state = started(300);
    const placed = placeBlock(state, nth(500, { sequence: 0 }))!;
    expect(placed).toMatchObject({ tS: 10, lostFrames: 0 });
    expect(placed.gapS).toBeCloseTo(4, 9);
    expect(placeBlock(state, nth(501, { sequence: 1 }))).toMatchObject({ lostFrames: 0, gapS: 0 });
    expect(state).toMatchObject({ staleFrames: 0, clockJumps: 0 });
  });

  it('counts what a new connection lost from its start at 0, not from the number before it', () => {
    const state = createTimebase();
    for (let n = 0; n < 10; n++) placeBlock(state, nth(n, { sequence: 60_000 + n }));
    expect(placeBlock(state, { ...nth(6000, { sequence: 3 }), restarts: true })).toMatchObject({ tS: 120, lostFrames: 3 });
    expect(placeBlock(state, nth(6001, { sequence: 4 }))).toMatchObject({ lostFrames: 0, gapS: 0 });
    // An info value that is read again within a stream begins no other.
    expect(placeBlock(state, { ...nth(6004, { sequence: 7 }), restarts: true })).toMatchObject({ lostFrames: 2 });
  });

  it('drops copies and frames that come after a later one', () => {
    const state = started(10);
    expect(placeBlock(state, nth(9))).toBeNull();
    expect(placeBlock(state, { ...nth(7), arrivalS: nth(9).arrivalS + 0.01 })).toBeNull();
    expect(placeBlock(state, nth(10))).toMatchObject({ tS: 0.2, lostFrames: 0, gapS: 0 });
    expect(state.staleFrames).toBe(2);
  });

  it('sets a clock that started anew by arrival', () => {
    for (const deviceS of [0.3, 100, 3000]) {
      const state = started(500, 1e9);
      const placed = placeBlock(state, nth(750, { deviceS, sequence: 0 }))!;
      expect(placed.tS).toBeCloseTo(750 * BLOCK_S, 3);
      expect(state.clockJumps).toBe(1);
      expect(placeBlock(state, nth(751, { deviceS: deviceS + BLOCK_S, sequence: 1 }))!.tS).toBeCloseTo(751 * BLOCK_S, 3);
      expect(state.clockJumps).toBe(1);
    }
  });

  it('drops copies that come out of a queue long after: they are as far back in time as in count', () => {
    const state = started(500);
    for (const n of [498, 495, 499, 497]) expect(placeBlock(state, { ...nth(n), arrivalS: nth(750).arrivalS })).toBeNull();
    expect(state).toMatchObject({ staleFrames: 4, clockJumps: 0 });
    // The stream that begins then has a count of its own.
    expect(placeBlock(state, nth(750, { sequence: 0 }))!.tS).toBeCloseTo(750 * BLOCK_S, 6);
    expect(placeBlock(state, nth(751, { sequence: 1 }))).toMatchObject({ gapS: 0, lostFrames: 0 });
    expect(state).toMatchObject({ lostFrames: 0, clockJumps: 0 });
  });

  it('believes a roller at once that begins anew at the very same time and count', () => {
    const state = started(500);
    expect(placeBlock(state, { ...nth(0), arrivalS: nth(750).arrivalS })!.tS).toBeCloseTo(750 * BLOCK_S, 3);
    expect(state).toMatchObject({ staleFrames: 0, clockJumps: 1 });
  });

  it('takes a clock over several wraps by arrival after a long absence', () => {
    const state = started(100);
    const away = Math.round((3 * 2 ** 32) / 1e6 / BLOCK_S);
    expect(placeBlock(state, nth(away, { sequence: 0 }))!.tS).toBeCloseTo(away * BLOCK_S, 3);
    expect(state.clockJumps).toBe(0);
  });

  it('lets frames wait in the air without moving them in time', () => {
    const state = started(50);
    for (let n = 50; n < 200; n++) {
      const placed = placeBlock(state, { ...nth(n), arrivalS: nth(200).arrivalS + n * 1e-4 })!;
      expect(placed.tS).toBeCloseTo(n * BLOCK_S, 9);
    }
    expect(state.clockJumps).toBe(0);
  });

  it('never goes back, whatever a clock says', () => {
    const anyBlock = fc.record({ us: fc.nat(2 ** 32 - 1), sequence: fc.nat(0xffff), afterS: fc.double({ min: 0, max: 100, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 30 }), (blocks) => {
        const state = createTimebase();
        let arrivalS = 0;
        let endS = 0;
        for (const { us, sequence, afterS } of blocks) {
          arrivalS += afterS;
          const placed = placeBlock(state, block({ arrivalS, deviceTimeUs: us, sequence }));
          if (placed === null) continue;
          expect(placed.tS).toBeGreaterThanOrEqual(endS - PERIOD_S - 1e-6);
          expect(placed.gapS).toBeGreaterThanOrEqual(0);
          endS = placed.tS + BLOCK_S;
        }
        expect(structuredClone(state)).toEqual(state);
      }),
    );
  });
});

describe('time base of a sensor without a clock', () => {
  const clockless = (arrivalS: number): DeviceBlock => block({ arrivalS, deviceTimeUs: null, sequence: null });

  it('spreads bursts evenly', () => {
    const state = createTimebase();
    const tS: number[] = [];
    // Ten blocks at a time, five times a second.
    for (let n = 0; n < 1000; n++) tS.push(placeBlock(state, clockless(100 + Math.ceil((n + 1) / 10) * 0.2))!.tS);
    const steps = tS.slice(1).map((at, i) => at - tS[i]!);
    expect(Math.max(...steps)).toBeLessThan(BLOCK_S * 1.1);
    expect(Math.min(...steps)).toBeGreaterThan(BLOCK_S * 0.9);
  });

  it('learns a sample rate that is not the nominal one', () => {
    const state = createTimebase();
    let placed = placeBlock(state, clockless(100))!;
    for (let n = 1; n < 3000; n++) placed = placeBlock(state, clockless(100 + n * BLOCK_S * 1.03))!;
    expect(placed.imuPeriodS / PERIOD_S).toBeCloseTo(1.03, 3);
    expect(placed.tS).toBeCloseTo(2999 * BLOCK_S * 1.03, 1);
  });

  it('goes on by arrival after a silence', () => {
    const state = createTimebase();
    for (let n = 0; n < 100; n++) placeBlock(state, clockless(100 + n * BLOCK_S));
    const placed = placeBlock(state, clockless(110))!;
    expect(placed.tS).toBeCloseTo(10, 2);
    expect(placed.gapS).toBeCloseTo(8, 1);
  });
});

describe('session time of a command', () => {
  it('is not known before the first frame', () => {
    expect(sessionTimeS(createTimebase(), 12)).toBeNull();
  });

  it('follows the frames that were delayed least, and a clock that drifts', () => {
    const state = createTimebase();
    const fast = 1 + 500e-6;
    for (let n = 0; n < 60_000; n++) {
      const lateS = n % 10 === 0 ? 0 : 0.2;
      placeBlock(state, nth(n, { deviceS: n * BLOCK_S * fast, lateS }));
    }
    const trueS = 60_000 * BLOCK_S;
    expect(sessionTimeS(state, 500 + trueS)).toBeCloseTo(trueS * fast - 0.015, 1);
  });

  it('never goes back', () => {
    const state = started(100);
    const later = sessionTimeS(state, 510)!;
    expect(sessionTimeS(state, 505)).toBe(later);
  });
});

it.each([['a', true], ['no', false]])('of a sensor with %s clock is the same to the last digit, whatever the clock of arrivals counts from', (_, hasClock) => {
  const placedFrom = (firstUs: number): unknown[] => {
    const state = createTimebase();
    return Array.from({ length: 500 }, (_each, n) => {
      const arrivalS = (firstUs + Math.round(n * BLOCK_S * 1e6 + 9000 * Math.abs(Math.sin(n)))) / 1e6;
      const placed = placeBlock(state, hasClock ? { ...nth(n), arrivalS } : block({ arrivalS, deviceTimeUs: null, sequence: null }))!;
      return [placed.tS, placed.imuPeriodS, sessionTimeS(state, arrivalS)];
    });
  };
  expect(placedFrom(98_765_432_101)).toEqual(placedFrom(0));
});
