import { describe, expect, it } from 'vitest';
import { sensorFaultsOf } from '../../src/motion/cells.ts';
import { setBodyMass } from '../../src/motion/motion.ts';
import { viewMotion } from '../../src/motion/motion-view.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { CELLS, pressed, rawKpa } from './cells.ts';
import { constantSpeed, framesOf, rocking, run, type Path, type Run } from './synthetic.ts';

const RADIUS_CM = 7.5;
const START_RAD = 0.4;
const STEP_S = 0.02;
/** Strokes of 30 cm in 10 s; then still, in the middle of one. */
const ROLLED_S = 35;
const rollThenHold: Path = (tS) => {
  const rolling = rocking(30, 10);
  return tS < ROLLED_S ? rolling(tS) : [rolling(ROLLED_S)[0], 0, 0];
};

/** Readings of cells that creep by `share`, a third of it within 3, 30 and 300 s, under a body of so many kPa. */
function creeping(share: number, bodyKpa: (tS: number) => number, path: Path, offsetKpa: (cell: number) => number = () => 0) {
  const times = [3, 30, 300];
  const crept = times.map(() => new Float64Array(CELLS.length));
  let doneS = 0;
  const loads = (tS: number): number[] => pressed({ bodyKpa: bodyKpa(tS), floorKpa: bodyKpa(tS) }, START_RAD + path(tS)[0] / RADIUS_CM);
  return (tS: number): number[] => {
    for (; doneS < tS; doneS += STEP_S) {
      const load = loads(doneS);
      for (const [part, creepS] of times.entries()) {
        for (const [cell, raw] of load.entries()) crept[part]![cell]! += (((raw * share) / 3 - crept[part]![cell]!) * STEP_S) / creepS;
      }
    }
    return loads(tS).map((raw, cell) => Math.round(raw + crept[0]![cell]! + crept[1]![cell]! + crept[2]![cell]! + rawKpa(offsetKpa(cell))));
  };
}

interface Rolled extends Run {
  readonly at: (tS: number) => MotionTick;
}
interface More {
  readonly path?: Path;
  readonly massKg?: number;
  readonly offsetKpa?: (cell: number) => number;
}
function rolled(share: number, bodyKpa: (tS: number) => number, seconds: number, more: More = {}): Rolled {
  const path = more.path ?? rollThenHold;
  const cells = creeping(share, bodyKpa, path, more.offsetKpa);
  const done = run(framesOf({ path, seconds, startRad: START_RAD, info: { cells: CELLS }, cells }), (motion) => setBodyMass(motion, more.massKg ?? null));
  return { ...done, at: (tS) => done.ticks[Math.round(tS * 10) - 1]! };
}

const always = (kpa: number) => (): number => kpa;
/** Loaded while rolling and while holding for 25 s, then `after`. */
const OFF_S = 60;
const leaving = (after: number) => (tS: number): number => (tS < OFF_S ? 40 : after);
const faultsOf = ({ motion }: Run) => sensorFaultsOf(motion.cells).map(({ kind }) => kind);

describe('creep', () => {
  it('is told after a few strokes, from cells on a side that have just borne more and still read more', () => {
    const { motion } = rolled(0.15, always(40), 30);
    expect(viewMotion(motion).sensorFaults).toEqual([{ kind: 'creep', cells: [] }]);
  });

  it('is not told of cells that creep by 3 %, nor of cells whose zero is off, nor of a body that reaches around to the sides', () => {
    expect(faultsOf(rolled(0.03, always(40), 60))).toEqual([]);
    expect(faultsOf(rolled(0, always(40), 60, { offsetKpa: (cell) => 0.1 * (cell % 4) }))).toEqual([]);
    expect(faultsOf(rolled(0, always(40), 60, { offsetKpa: always(3) }))).toEqual([]);
  });

  it('is not told of a person who slowly puts more on and takes it off again, rolling or still', () => {
    const changing = (tS: number): number => 30 + 12 * Math.sin(tS / 6);
    expect(faultsOf(rolled(0, changing, 60))).toEqual([]);
    expect(faultsOf(rolled(0, changing, 60, { path: constantSpeed(0) }))).toEqual([]);
  });

  it('keeps no contact that has gone: what is left after a stay is no load', () => {
    const { motion, at } = rolled(0.15, leaving(0), 80);
    expect(motion.contact.on).toBe(false);
    expect([at(OFF_S + 0.3).contact, at(OFF_S + 0.7).contact]).toEqual([true, false]);
    for (let tS = OFF_S + 1; tS < 80; tS++) expect(at(tS), `at ${tS}`).toMatchObject({ contact: false, forceN: 0 });
  });

  it('keeps contact with whoever leaves a fifth of the load on', () => {
    const { at } = rolled(0.15, leaving(8), 80);
    for (let tS = OFF_S + 1; tS < 80; tS++) expect(at(tS).contact, `at ${tS}`).toBe(true);
    const weighed = rolled(0.15, leaving(20), 80, { massKg: 60 });
    for (let tS = OFF_S + 1; tS < 80; tS++) expect(weighed.at(tS).contact, `at ${tS}`).toBe(true);
  });

  it('never makes a load less that is on: limits are judged by what is read', () => {
    const creeps = rolled(0.15, always(40), 55);
    const honest = rolled(0, always(40), 55);
    for (let tS = 1; tS < 55; tS++) expect(creeps.at(tS).forceN!).toBeGreaterThanOrEqual(honest.at(tS).forceN! - 1e-6);
  });

  it('does not pass for a zero', () => {
    const { motion } = rolled(0.15, leaving(0), 80);
    expect(Math.max(...motion.cells.zeroKpa)).toBeLessThan(0.5);
  });
});
