import { describe, expect, it } from 'vitest';
import { CELL_FAULTY } from '../../firmware-protocol/stream.ts';
import { setBodyMass } from '../../src/motion/motion.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { AREA_CM2, CELLS, pressed, rawKpa, type Pressed } from './cells.ts';
import { constantSpeed, framesOf, rocking, run, type Path, type Scene } from './synthetic.ts';

const still = constantSpeed(0);

type More = Partial<Scene> & { readonly path?: Path; readonly massKg?: number | null };
const ticksOf = (load: (tS: number) => Pressed, { path = still, massKg = null, ...rest }: More = {}): MotionTick[] =>
  run(
    framesOf({ path, seconds: 12, ...rest, info: { cells: CELLS, ...rest.info }, cells: rest.cells ?? ((tS, phase) => pressed(load(tS), phase)) }),
    (motion) => setBodyMass(motion, massKg),
  ).ticks;

/** Times at which contact changed, as ticks show it. */
const changes = (ticks: readonly MotionTick[]): [number, boolean][] =>
  ticks.flatMap((tick, i) => (tick.contact === (ticks[i - 1]?.contact ?? false) ? [] : [[tick.tS, tick.contact] as [number, boolean]]));

const between = (fromS: number, toS: number, kpa: number) => (tS: number): Pressed => ({ bodyKpa: tS >= fromS && tS < toS ? kpa : 0 });

describe('contact from cells', () => {
  it('begins 0.2 s after the load and ends 0.5 s after it is gone', () => {
    const ticks = ticksOf(between(2, 6, 20));
    expect(changes(ticks)).toEqual([[2.2, true], [6.5, false]]);
    expect(ticks.reduce((sum, tick) => sum + tick.contactS, 0)).toBeCloseTo(4.3, 2);
    expect(ticks.every((tick) => !tick.contactAssumed)).toBe(true);
  });

  it('forgives a short touch and a short lift', () => {
    expect(changes(ticksOf(between(2, 2.18, 20)))).toEqual([]);
    expect(changes(ticksOf((tS) => ({ bodyKpa: (tS >= 2 && tS < 4) || (tS >= 4.44 && tS < 6) ? 20 : 0 })))).toEqual([[2.2, true], [6.5, false]]);
  });

  it('holds between the thresholds of 3 and 2 kPa, whichever way it came', () => {
    expect(changes(ticksOf(between(2, 6, 2.5)))).toEqual([]);
    expect(changes(ticksOf((tS) => ({ bodyKpa: tS < 2 || tS >= 10 ? 0 : tS < 4 ? 20 : 2.5 })))).toEqual([[2.2, true], [10.5, false]]);
  });

  it('goes by % of body weight where the mass is known: 5 and 3 %', () => {
    // Two cells of 18 cm2 carry 3.6 N a kPa; 5 % of 70 kg are 34.3 N, 9.54 kPa on each, and 3 % are 5.72 kPa.
    const massKg = 70;
    expect(changes(ticksOf(between(2, 6, 9.4), { massKg }))).toEqual([]);
    expect(changes(ticksOf(between(2, 6, 9.7), { massKg }))).toEqual([[2.2, true], [6.5, false]]);
    expect(changes(ticksOf((tS) => ({ bodyKpa: tS < 2 ? 0 : tS < 4 ? 20 : 5.9 }), { massKg }))).toEqual([[2.2, true]]);
    expect(changes(ticksOf((tS) => ({ bodyKpa: tS < 2 ? 0 : tS < 4 ? 20 : 5.5 }), { massKg }))).toEqual([[2.2, true], [4.5, false]]);
  });

  it('does not take the floor for a body', () => {
    expect(changes(ticksOf(() => ({ bodyKpa: 0, floorKpa: 40 }), { path: rocking(30, 4) }))).toEqual([]);
  });

  it('is assumed without cells, as long as frames come', () => {
    const { ticks } = run(framesOf({ path: still, seconds: 3 }));
    expect(ticks.every((tick) => tick.contact && tick.contactAssumed && tick.forceN === null && tick.peakKpa === null)).toBe(true);
    expect(ticks[0]!.contactS).toBeCloseTo(0.1, 9);
  });

  it('is assumed, and says so, when every cell is faulty', () => {
    const ticks = ticksOf(() => ({ bodyKpa: 0 }), { cells: (tS) => CELLS.map(() => (tS < 3 ? 0 : CELL_FAULTY)) });
    expect(ticks.find((tick) => tick.contactAssumed)!.tS).toBeCloseTo(3.5, 6);
    expect(ticks.at(-1)).toMatchObject({ contact: true, contactAssumed: true, forceN: null, pressureKpa: null, peakKpa: null, balance: null });
  });

  it('freezes the position while there is none, and the way of a lifted, spinning roller is no rolling', () => {
    const path = constantSpeed(10);
    const ticks = ticksOf(between(2, 4, 20), { path });
    const at = (tS: number): MotionTick => ticks.find((tick) => Math.abs(tick.tS - tS) < 1e-6)!;
    expect(at(2).positionCm).toBe(0);
    expect(at(4.6).positionCm).toBeCloseTo(10 * 2.3, 1);
    expect(at(11).positionCm).toBe(at(4.6).positionCm);
    expect(at(11)).toMatchObject({ speedCmS: 0, contact: false, contactS: 0 });
  });

  it('holds what it knew while the haptic motor shakes the cells, and flags it', () => {
    const flags = (tS: number) => ({ hapticActive: tS >= 5 && tS < 5.75, tareActive: false });
    const ticks = ticksOf((tS) => ({ bodyKpa: tS >= 5 && tS < 5.75 ? 0 : tS >= 2 ? 20 : 0 }), { flags });
    expect(changes(ticks)).toEqual([[2.2, true]]);
    expect(ticks.filter((tick) => tick.disturbed).map((tick) => tick.tS)).toEqual([5, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8]);
  });
});

describe('load on the body side', () => {
  const last = (load: Pressed, more: More = {}): MotionTick => ticksOf(() => load, more).at(-1)!;

  it('is force, mean and highest pressure of the loaded cells, whatever the angle', () => {
    for (const startRad of [0, 0.2, 2, -3]) {
      const tick = last({ bodyKpa: 30, floorKpa: 80 }, { startRad });
      const cells = Math.round(tick.forceN! / (30 * AREA_CM2 * 0.1));
      expect([2, 4]).toContain(cells);
      expect(tick.forceN).toBeCloseTo(cells * 30 * AREA_CM2 * 0.1, 2);
      expect(tick.pressureKpa).toBeCloseTo(30, 3);
      expect(tick.peakKpa).toBeCloseTo(30, 3);
    }
  });

  it('follows the roller around', () => {
    const ticks = ticksOf(() => ({ bodyKpa: 30, floorKpa: 60 }), { path: constantSpeed(15) }).filter((tick) => tick.tS > 1);
    for (const tick of ticks) expect(tick.peakKpa).toBeCloseTo(30, 3);
  });

  it('tells to which end the load leans', () => {
    expect(last({ bodyKpa: 30 }).balance).toBeCloseTo(0, 6);
    expect(last({ bodyKpa: 30, positive: 3 }).balance).toBeCloseTo(0.5, 3);
    expect(last({ bodyKpa: 30, positive: 0 }).balance).toBeCloseTo(-1, 6);
    expect(last({ bodyKpa: 0 }).balance).toBeNull();
  });

  it('leaves faulty cells out', () => {
    const cells = (_: number, phase: number): number[] => pressed({ bodyKpa: 30 }, phase).map((raw, i) => (i < CELLS.length / 2 ? CELL_FAULTY : raw));
    const tick = last({ bodyKpa: 30 }, { cells });
    expect(tick.pressureKpa).toBeCloseTo(30, 3);
    // Only one end is heard: nothing is known of the balance.
    expect(tick.balance).toBeNull();
  });

  it('does not add up cells that carry less than 2 kPa', () => {
    const cells = (_: number, phase: number): number[] => pressed({ bodyKpa: 30 }, phase).map((raw) => (raw > 0 ? raw : rawKpa(1.5)));
    expect(last({ bodyKpa: 30 }, { cells }).pressureKpa).toBeCloseTo(30, 3);
  });

  it('counts a cell without an angle always', () => {
    const tick = last({ bodyKpa: 0 }, { info: { cells: [{ axialMm: 0, angleDeg: null, areaMm2: 5000 }] }, cells: () => [rawKpa(40)], startRad: 2.5 });
    expect(tick).toMatchObject({ contact: true, balance: null });
    expect(tick.forceN).toBeCloseTo(200, 2);
  });

  it('gives no force from cells that are not calibrated, and judges contact by what they read', () => {
    // 5 kPa on two cells would be 18 N, less than 5 % of 70 kg.
    const ticks = ticksOf(between(2, 6, 5), { massKg: 70, info: { pressureUnit: 'counts' } });
    expect(changes(ticks)).toEqual([[2.2, true], [6.5, false]]);
    expect(ticks[30]).toMatchObject({ forceN: null, pressureKpa: null });
    expect(ticks[30]!.peakKpa).toBeCloseTo(5, 3);
  });
});
