import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHARACTERISTICS, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { encodeInfo, type InfoCell } from '../../firmware-protocol/info.ts';
import { encodeStatus } from '../../firmware-protocol/status.ts';
import { CELL_FAULTY, CELL_SATURATED, encodeStream, type StreamFrame } from '../../firmware-protocol/stream.ts';
import { geometryOf } from '../../src/link/drivers/decoder.ts';
import { createRollerDecoder, decodeEvent } from '../../src/link/drivers/roller-v1.ts';
import { infoOf, type Frame } from '../motion/synthetic.ts';

const cell = (axialMm: number, angleDeg: number | null): InfoCell => ({ axialMm, angleDeg, areaMm2: 1800 });
const INFO = infoOf({ gyroRangeDps: 2000, accelRangeG: 8, cells: [cell(-30, 0), cell(30, 90)], pressureScalePa: 10, mountFirstMm: 12, mountSecondMm: -8 });

const event = (characteristic: CharacteristicName, bytes: Uint8Array): Frame => ({ type: 'frame', characteristic, bytes, arrivalS: 5 });
const stream = (changes: Partial<StreamFrame> = {}): Uint8Array =>
  encodeStream({
    flags: { hapticActive: false, tareActive: false }, sequence: 7, deviceTimeUs: 123, imuCount: 1, readingCount: 1, cellCount: 2,
    imu: Int16Array.of(16_384, -16_384, 32_767, 4096, 0, -4096), pressure: Uint16Array.of(1234, 0), ...changes,
  });

const met = (): ReturnType<typeof createRollerDecoder> => {
  const state = createRollerDecoder();
  decodeEvent(state, event('info', encodeInfo(INFO)));
  return state;
};

describe('roller-v1 driver', () => {
  it('scales a frame into deg/s, g and kPa', () => {
    const state = met();
    const block = decodeEvent(state, event('stream', stream()))!;
    expect(Array.from(block.gyroDps)).toEqual([1000, -1000, expect.closeTo(1999.94, 2)]);
    expect(Array.from(block.accelG)).toEqual([1, 0, -1]);
    expect(block.cellKpa[0]).toBeCloseTo(12.34, 5);
    expect(block).toMatchObject({
      arrivalS: 5, deviceTimeUs: 123, sequence: 7, imuCount: 1, imuPeriodS: 0.01, readingCount: 1, readingPeriodS: 0.02, saturatedCells: 0, disturbed: false,
    });
    expect(state.frames).toBe(1);
  });

  it('makes a faulty cell NaN and counts a saturated one, which keeps its largest value', () => {
    const block = decodeEvent(met(), event('stream', stream({ pressure: Uint16Array.of(CELL_FAULTY, CELL_SATURATED) })))!;
    expect(block.cellKpa[0]).toBeNaN();
    expect(block.cellKpa[1]).toBeCloseTo(655.35, 2);
    expect(block.saturatedCells).toBe(1);
  });

  it.each([
    { hapticActive: true, tareActive: false },
    { hapticActive: false, tareActive: true },
  ])('tells what disturbs the samples: %o', (flags) => {
    expect(decodeEvent(met(), event('stream', stream({ flags })))!.disturbed).toBe(true);
  });

  it('says of the first block of each later connection that the count may begin anew', () => {
    const state = met();
    const restarts = (): boolean | undefined => decodeEvent(state, event('stream', stream()))!.restarts;
    expect([restarts(), restarts()]).toEqual([false, false]);
    decodeEvent(state, event('info', encodeInfo(INFO)));
    expect([restarts(), restarts()]).toEqual([true, false]);
  });

  it('counts frames that come before the info value, and drops them', () => {
    const state = createRollerDecoder();
    expect(decodeEvent(state, event('stream', stream()))).toBeNull();
    expect(state.faults['before-info']).toBe(1);
    expect(state.frames).toBe(0);
  });

  it('counts a reading of another number of cells than info tells', () => {
    const state = met();
    expect(decodeEvent(state, event('stream', stream({ cellCount: 1, pressure: Uint16Array.of(1) })))).toBeNull();
    expect(state.faults['cell-count']).toBe(1);
    expect(state.lastFault).toContain('expected readings of 2 cells, found 1');
  });

  it('counts faults by their reason and goes on', () => {
    const state = met();
    const wrongVersion = stream();
    wrongVersion[0] = 9;
    expect(decodeEvent(state, event('stream', wrongVersion))).toBeNull();
    expect(decodeEvent(state, event('stream', stream().subarray(0, 20)))).toBeNull();
    expect(state.faults).toMatchObject({ 'unknown-version': 1, truncated: 1 });
    expect(decodeEvent(state, event('stream', stream()))).not.toBeNull();
  });

  it('keeps status and battery, and what was known where a value is absent', () => {
    const state = met();
    const status = {
      batteryPct: 80, faults: { imu: false, cells: true, lowBattery: false, overheated: false, clock: false },
      temperatureC: 31.5, activity: { streaming: true, charging: false }, droppedFrames: 3,
    };
    expect(decodeEvent(state, event('status', encodeStatus(status)))).toBeNull();
    expect(state).toMatchObject({ status, batteryPct: 80 });
    decodeEvent(state, event('status', encodeStatus({ ...status, batteryPct: null })));
    expect(state.batteryPct).toBe(80);
    decodeEvent(state, event('battery', Uint8Array.of(55)));
    expect(state.batteryPct).toBe(55);
    decodeEvent(state, event('battery', Uint8Array.of(200)));
    decodeEvent(state, event('battery', new Uint8Array(0)));
    expect(state.batteryPct).toBe(55);
    expect(state.faults).toMatchObject({ 'out-of-range': 1, truncated: 1 });
  });

  it('gives the geometry in the units of motion', () => {
    const geometry = geometryOf(INFO);
    expect(geometry).toMatchObject({
      tool: 'roller', texture: 'firm', radiusCm: 7.5, axis: 'x', mountCm: [1.2, -0.8], pressureCalibrated: true, gyroRangeDps: 2000, accelRangeG: 8,
    });
    expect(geometry.cells).toEqual([{ axialMm: -30, angleRad: 0, areaCm2: 18 }, { axialMm: 30, angleRad: Math.PI / 2, areaCm2: 18 }]);
    expect(geometryOf({ ...INFO, mountSecondMm: null }).mountCm).toBeNull();
    expect(geometryOf({ ...INFO, cells: [cell(0, null)] }).cells[0]!.angleRad).toBeNull();
    expect(geometryOf({ ...INFO, pressureUnit: 'counts' }).pressureCalibrated).toBe(false);
  });

  it('never throws, and takes or counts every stream frame', () => {
    const names = Object.keys(CHARACTERISTICS) as CharacteristicName[];
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), fc.uint8Array({ maxLength: 260 })), { maxLength: 20 }), (frames) => {
        const state = met();
        let judged = 0;
        for (const [name, bytes] of frames) {
          decodeEvent(state, event(name, bytes));
          if (name === 'stream') judged++;
        }
        const counted = state.frames + Object.values(state.faults).reduce((sum, count) => sum + count, 0);
        expect(counted).toBeGreaterThanOrEqual(judged);
        expect(structuredClone(state)).toEqual(state);
      }),
    );
  });
});
