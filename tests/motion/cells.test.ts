import { describe, expect, it } from 'vitest';
import { CELL_FAULTY, CELL_SATURATED } from '../../firmware-protocol/stream.ts';
import { simulate } from '../../simulators/offline.ts';
import { CREEPING } from '../../simulators/roller/sensors.ts';
import { SCENARIOS } from '../../simulators/scenarios/library.ts';
import { createRandom } from '../../simulators/random.ts';
import { sensorFaultsEver, sensorFaultsOf, type SensorFault } from '../../src/motion/cells.ts';
import { calibrateMotion, setBodyMass, type MotionState } from '../../src/motion/motion.ts';
import { viewMotion } from '../../src/motion/motion-view.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { AREA_CM2, AROUND, CELLS, pressed, rawKpa } from './cells.ts';
import { constantSpeed, framesOf, rocking, run, type Frame, type Path, type Scene } from './synthetic.ts';

type Read = NonNullable<Scene['cells']>;
interface More extends Partial<Scene> {
  readonly massKg?: number | null;
  readonly scale?: number;
}
interface Rolled {
  readonly ticks: MotionTick[];
  readonly motion: MotionState;
  readonly faults: readonly SensorFault[];
}
const rolled = (cells: Read, { massKg = null, scale = 1, ...rest }: More = {}): Rolled => {
  const scene = { path: rocking(30, 4), seconds: 40, ...rest, info: { cells: CELLS, ...rest.info }, cells };
  const { ticks, motion } = run(framesOf(scene), (state) => {
    setBodyMass(state, massKg);
    calibrateMotion(state, 7.5, scale);
  });
  return { ticks, motion, faults: sensorFaultsOf(motion.cells) };
};

/** A body of 30 kPa, with the floor below, and one cell that is told what to read. */
const withCell = (cell: number, read: (healthy: number, tS: number) => number, bodyKpa: (tS: number) => number = () => 30): Read =>
  (tS, phase) => pressed({ bodyKpa: bodyKpa(tS), floorKpa: 50 }, phase).map((raw, i) => (i === cell ? read(raw, tS) : raw));

describe('a stuck cell', () => {
  const levels = [['high', 20], ['at its end', 655.35], ['dead', 0]] as const;
  it.each(levels)('is found within a few strokes when it is stuck %s, and left out', (_, kpa) => {
    // Cell 5 passes under the body; so does 21, its like in the other band.
    const { faults, ticks } = rolled(withCell(5, () => rawKpa(kpa)));
    expect(faults[0]).toEqual({ kind: 'stuck', cells: [5] });
    for (const tick of ticks.filter(({ tS }) => tS > 25)) {
      expect(tick.peakKpa).toBeCloseTo(30, 2);
      expect(tick.pressureKpa).toBeCloseTo(30, 2);
    }
  });

  it('may tremble', () => {
    const random = createRandom(3, 'tremble');
    const { faults } = rolled(withCell(5, () => rawKpa(Math.max(0, 8 + 0.2 * random.gauss()))));
    expect(faults).toEqual([{ kind: 'stuck', cells: [5] }]);
  });

  it('comes back with its first whole pass', () => {
    const { faults, motion } = rolled(withCell(5, (healthy, tS) => (tS < 25 ? rawKpa(12) : healthy)), { seconds: 60 });
    expect(faults).toEqual([]);
    expect(sensorFaultsEver(motion.cells)).toEqual([{ kind: 'stuck', cells: [5] }]);
  });

  it('is not one at an end of the roller where nobody lies', () => {
    const { faults } = rolled((_, phase) => pressed({ bodyKpa: 30, positive: 0 }, phase));
    expect(faults).toEqual([]);
  });

  it('is not told of a roller that lies still under a body', () => {
    const { faults } = rolled(withCell(5, () => rawKpa(20)), { path: constantSpeed(0) });
    expect(faults).toEqual([]);
  });

  const FIXED = [-60, 0, 60].map((axialMm) => ({ axialMm, angleDeg: null, areaMm2: 4000 }));
  const breathing = (tS: number): number => 25 + 3 * Math.sin(tS);

  it('without an angle is one that is constant over turns while the others are not', () => {
    const info = { cells: FIXED };
    const path = rocking(40, 4);
    const { faults, ticks } = rolled((tS) => [breathing(tS), 15, breathing(tS + 1)].map(rawKpa), { info, path });
    expect(faults).toEqual([{ kind: 'stuck', cells: [1] }]);
    expect(ticks.at(-1)!.balance).not.toBeNull();
    expect(rolled((tS) => [breathing(tS), 0, breathing(tS + 1)].map(rawKpa), { info, path }).faults).toEqual([]);
    expect(rolled(() => [20, 15, 20].map(rawKpa), { info, path }).faults).toEqual([]);
  });
});

describe('a cell that stays loaded', () => {
  const lying = { path: constantSpeed(0), seconds: 640, info: { imuRateMilliHz: 20_000, pressureRateMilliHz: 10_000 } };
  const lone: Read = (_, phase) => pressed({ bodyKpa: 0, floorKpa: 4 }, phase).map((raw, i) => (i === 5 ? rawKpa(9) : raw));

  it('while nothing else is, for more than ten minutes, is left out: contact ends', () => {
    const { faults, ticks } = rolled(lone, { ...lying, startRad: (2 * Math.PI * 5) / AROUND });
    expect(faults).toEqual([{ kind: 'stays-loaded', cells: [5] }]);
    const end = ticks.findIndex(({ contact, tS }) => tS > 1 && !contact);
    expect(ticks[end]!.tS).toBeGreaterThan(600);
    expect(ticks[end]!.tS).toBeLessThan(602);
    expect(ticks.slice(end).some(({ contact }) => contact)).toBe(false);
  });

  it('is none while a body lies on it, however long', () => {
    const body: Read = (tS, phase) => pressed({ bodyKpa: 20 + 2 * Math.sin(1.5 * tS) }, phase);
    expect(rolled(body, lying).faults).toEqual([]);
  });
});

describe('cells at their end, cells that say they are broken, forces no body has', () => {
  it('says that a cell is often saturated, and counts it as at least what it reads', () => {
    const read = withCell(5, (healthy) => (healthy > 0 ? CELL_SATURATED : 0));
    const { faults, ticks } = rolled(read, { path: rocking(6, 4), startRad: (2 * Math.PI * 5) / AROUND });
    expect(faults).toContainEqual({ kind: 'saturated', cells: [5] });
    expect(Math.max(...ticks.map(({ peakKpa }) => peakKpa!))).toBeCloseTo(655.35, 1);
  });

  it('says which cell is faulty, and takes it back when it speaks again', () => {
    const read = withCell(7, (healthy, tS) => (tS < 20 ? CELL_FAULTY : healthy));
    expect(rolled(read, { seconds: 15 }).faults).toEqual([{ kind: 'faulty', cells: [7] }]);
    const { faults, motion } = rolled(read);
    expect(faults).toEqual([]);
    expect(sensorFaultsEver(motion.cells)).toEqual([{ kind: 'faulty', cells: [7] }]);
  });

  it('gives no force above 1.2 times the body weight, says so when it lasts, and gives it again afterwards', () => {
    // 70 kg: 824 N are too much; two cells of 18 cm2 carry 3.6 N a kPa, 300 kPa are 1080 N.
    const { ticks } = rolled((tS, phase) => pressed({ bodyKpa: tS >= 10 && tS < 14 ? 300 : 60 }, phase), { massKg: 70, seconds: 30 });
    const at = (tS: number): MotionTick => ticks[Math.round(tS * 10) - 1]!;
    expect(at(9).forceN).toBeCloseTo(2 * AREA_CM2 * 60 * 0.1, 0);
    const meanwhile = ticks.filter(({ tS }) => tS > 10.15 && tS < 18);
    for (const tick of meanwhile) expect(tick).toMatchObject({ forceN: null, pressureKpa: null, contact: true });
    expect(at(25).forceN).toBeCloseTo(2 * AREA_CM2 * 60 * 0.1, 0);
    const during = rolled((_, phase) => pressed({ bodyKpa: 300 }, phase), { massKg: 70, seconds: 5 });
    expect(viewMotion(during.motion)).toMatchObject({ forceN: null, sensorFaults: [{ kind: 'implausible-force', cells: [] }] });
    expect(rolled((_, phase) => pressed({ bodyKpa: 300 }, phase), { seconds: 5 }).faults).toEqual([]);
  });
});

describe('the zero of the cells', () => {
  /** Every cell off by its own offset, kPa. */
  const offset = (i: number): number => 0.1 * (i % 16);
  const resting = (untilS: number, bodyKpa = 30): Read => (tS, phase) =>
    pressed({ bodyKpa: tS < untilS ? 0 : bodyKpa, floorKpa: 4 }, phase).map((raw, i) => raw + rawKpa(offset(i)));

  it('is learned after three seconds unloaded and still, not on the side on which the roller lies', () => {
    const { motion } = rolled(resting(Infinity), { path: constantSpeed(0), seconds: 20, startRad: 0 });
    const zeros = [...motion.cells.zeroKpa];
    // Cells 8 and 24 are straight down, those within 60 degrees of it may carry the roller.
    for (const [i, zero] of zeros.entries()) expect(zero, `cell ${i}`).toBeCloseTo(Math.abs((i % AROUND) - 8) < 3 ? 0 : offset(i), 1);
    expect(rolled(resting(Infinity), { path: constantSpeed(0), seconds: 2.9 }).motion.cells.zeroKpa.every((zero) => zero === 0)).toBe(true);
  });

  it('is never learned under load, nor while it turns', () => {
    const zeros = (read: Read, path: Path): boolean => rolled(read, { path }).motion.cells.zeroKpa.every((zero) => zero === 0);
    expect(zeros(resting(0), constantSpeed(0))).toBe(true);
    expect(zeros(resting(0, 3.5), constantSpeed(0))).toBe(true);
    // Between the thresholds of contact it is still contact.
    const easing: Read = (tS, phase) => pressed({ bodyKpa: tS < 4 ? 20 : 2.5 }, phase);
    expect(zeros(easing, constantSpeed(0))).toBe(true);
    expect(zeros(resting(Infinity), constantSpeed(2))).toBe(true);
  });

  it('is bounded: what may be a light touch is not taken away', () => {
    const { motion } = rolled((_, phase) => pressed({ bodyKpa: 2.9 }, phase), { path: constantSpeed(0), startRad: 0 });
    expect(Math.max(...motion.cells.zeroKpa)).toBeCloseTo(2, 6);
  });

  it('makes the force right', () => {
    const { ticks } = rolled(resting(12), { path: constantSpeed(0), startRad: 0, seconds: 16 });
    expect(ticks.at(-1)!.forceN).toBeCloseTo(2 * AREA_CM2 * 30 * 0.1, 0);
  });
});

describe('a calibrated scale', () => {
  it('multiplies force and pressure', () => {
    const plain = rolled((_, phase) => pressed({ bodyKpa: 30 }, phase), { seconds: 3 }).ticks.at(-1)!;
    const scaled = rolled((_, phase) => pressed({ bodyKpa: 30 }, phase), { seconds: 3, scale: 1.25 }).ticks.at(-1)!;
    expect(scaled.forceN).toBeCloseTo(1.25 * plain.forceN!, 3);
    expect(scaled.pressureKpa).toBeCloseTo(1.25 * plain.pressureKpa!, 4);
  });
});

describe('cells that are as they should be', () => {
  const EVERY = 6;
  const some = SCENARIOS.filter(({ sensors }) => sensors !== CREEPING).filter((_, i) => i % EVERY === 0);
  it.each(some.map((scenario) => [scenario.name, scenario] as const))('raise nothing in %s', (_, scenario) => {
    const seconds = Math.min(90, scenario.segments.reduce((sum, segment) => sum + segment.seconds, 0));
    const frames = [...simulate({ scenario, seed: 2, seconds })].filter((event): event is Frame => event.type === 'frame');
    const { motion } = run(frames, (state) => setBodyMass(state, scenario.massKg));
    expect(sensorFaultsEver(motion.cells)).toEqual([]);
  });
});
