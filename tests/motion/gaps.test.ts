import { describe, expect, it } from 'vitest';
import type { MotionTick } from '../../src/motion/tick.ts';
import { CELLS, pressed } from './cells.ts';
import { constantSpeed, errorsOf, framesOf, rocking, run, type Frame, type Path, type Scene } from './synthetic.ts';

const loaded = { info: { cells: CELLS }, cells: (_: number, phase: number) => pressed({ bodyKpa: 25 }, phase) };

/** The frames of a scene (50 a second after the info value) without those within the given times. */
const without = (scene: Scene, ...holes: readonly (readonly [fromS: number, toS: number])[]): Frame[] =>
  [...framesOf(scene)].filter((_, n) => n === 0 || !holes.some(([fromS, toS]) => (n - 1) / 50 >= fromS && (n - 1) / 50 < toS));

const at = (ticks: readonly MotionTick[], tS: number): MotionTick => ticks.find((tick) => Math.abs(tick.tS - tS) < 1e-6)!;
const isWholeGrid = (ticks: readonly MotionTick[]): void => ticks.forEach((tick, i) => expect(tick.tS).toBeCloseTo((i + 1) / 10, 9));

describe('frames that are missing', () => {
  it('are bridged up to half a second without a jump', () => {
    const path = rocking(30, 4);
    const { ticks } = run(without({ path, seconds: 20 }, [6, 6.08], [9.3, 9.5], [13, 13.46]));
    isWholeGrid(ticks);
    expect(ticks.every((tick) => tick.contact && !tick.gap)).toBe(true);
    const { positionCm } = errorsOf(ticks, path, 5);
    expect(positionCm).toBeLessThan(0.3);
  });

  it('are bridged along the curve that the rates before and after suggest', () => {
    const path = rocking(30, 2);
    // Where a stroke turns around, and where it is fastest.
    const { ticks } = run(without({ path, seconds: 20 }, [5.8, 6.2], [8.8, 9.2]));
    for (const tick of ticks.filter(({ tS }) => tS > 5)) {
      expect(Math.abs(tick.speedCmS - (path(tick.tS)[0] - path(tick.tS - 0.1)[0]) / 0.1)).toBeLessThan(0.6);
    }
  });

  it('cost next to nothing where one in twenty is lost', () => {
    const path = rocking(30, 4);
    const thinned = [...framesOf({ path, seconds: 40 })].filter((_, n) => n === 0 || (n * 7919) % 20 !== 3);
    const { ticks, timebase } = run(thinned);
    expect(timebase.lostFrames).toBeGreaterThan(90);
    const { speedCmS, positionCm } = errorsOf(ticks, path, 5);
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.3);
  });

  it('for longer than that are no contact: flagged, frozen, and the debounce begins anew', () => {
    const path = constantSpeed(5);
    const { ticks } = run(without({ path, seconds: 12, ...loaded }, [5, 7.5]));
    isWholeGrid(ticks);
    expect(ticks.filter((tick) => tick.gap).map((tick) => tick.tS)).toEqual(Array.from({ length: 26 }, (_, i) => (50 + i) / 10));
    expect(at(ticks, 5.5)).toMatchObject({ contact: false, speedCmS: 0, contactS: 0, forceN: null, peakKpa: null });
    expect(at(ticks, 7.6).contact).toBe(false);
    expect(at(ticks, 7.7).contact).toBe(true);
    expect(at(ticks, 11).positionCm - at(ticks, 4.9).positionCm).toBeCloseTo(5 * (11 - 7.7 + 4.99 - 4.9), 1);
  });

  it('find the body again on a roller that was turned meanwhile', () => {
    const path: Path = (tS) => [tS < 6 ? 0 : 20, 0, 0];
    const { ticks } = run(without({ path, seconds: 12, ...loaded }, [5, 7.5]));
    expect(at(ticks, 7.7)).toMatchObject({ contact: true });
    expect(at(ticks, 7.7).peakKpa).toBeCloseTo(25, 3);
    expect(at(ticks, 11).positionCm).toBeCloseTo(0, 1);
  });

  it('leave a sensor without cells in assumed contact as soon as they are back', () => {
    const { ticks } = run(without({ path: constantSpeed(5), seconds: 12 }, [5, 7.5]));
    expect(at(ticks, 6)).toMatchObject({ contact: false, gap: true });
    expect(at(ticks, 7.6)).toMatchObject({ contact: true, contactAssumed: true, gap: false });
    expect(at(ticks, 10).speedCmS).toBeCloseTo(5, 2);
  });

  it('do not undo what was learned: speed is right at once afterwards', () => {
    const errors = { gyroBiasDps: [15, 0, 0], gyroScale: 0, gyroNoiseDps: 0, accelNoiseG: 0, accelOffsetG: [0, 0, 0] } as const;
    const path = rocking(30, 4);
    const { ticks } = run(without({ path, seconds: 20, errors }, [10, 12]));
    const { speedCmS } = errorsOf(ticks.filter((tick) => tick.tS > 12.15), path, 0);
    expect(speedCmS).toBeLessThan(0.1);
  });

  it('make no ticks beyond the first hour', () => {
    const frames = [...framesOf({ path: constantSpeed(1), seconds: 2 })];
    const away = [...framesOf({ path: constantSpeed(1), seconds: 2, firstUs: 7_200_000_000 % 2 ** 32 })]
      .slice(1)
      .map((frame): Frame => ({ ...frame, arrivalS: frame.arrivalS + 7200 }));
    const { ticks } = run([...frames, ...away]);
    expect(ticks.length).toBeGreaterThan(36_000);
    expect(ticks.length).toBeLessThan(36_100);
    expect(ticks.at(-1)!.tS).toBeCloseTo(7201.9, 3);
  });

  it('do not stop the grid when the clock of the roller starts anew', () => {
    const before = [...framesOf({ path: constantSpeed(4), seconds: 5, firstUs: 3e9 })];
    const restarted = [...framesOf({ path: constantSpeed(4), seconds: 5 })].slice(1).map((frame): Frame => ({ ...frame, arrivalS: frame.arrivalS + 8 }));
    const { ticks, timebase } = run([...before, ...restarted]);
    isWholeGrid(ticks);
    expect(timebase.clockJumps).toBe(1);
    expect(at(ticks, 6).gap).toBe(true);
    expect(at(ticks, 12).speedCmS).toBeCloseTo(4, 2);
  });
});
