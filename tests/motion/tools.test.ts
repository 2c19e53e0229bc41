import { describe, expect, it } from 'vitest';
import type { RollerInfo } from '../../firmware-protocol/info.ts';
import { viewMotion } from '../../src/motion/motion-view.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { framesOfLog, type Log } from './logs.ts';
import { after, CLEAN, framesOf, infoFrame, infoOf, MPU6050, rocking, run, type Frame, type Path, type Run, type Scene } from './synthetic.ts';

const DEG = Math.PI / 180;
const G_CM_S2 = 980.665;
type Vector = readonly [number, number, number];
/** Rows of a rotation. */
type Rotation = readonly [Vector, Vector, Vector];

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vector, b: Vector): Vector => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const unit = (v: Vector): Vector => {
  const size = Math.hypot(...v);
  return [v[0] / size, v[1] / size, v[2] / size];
};
const apply = (rotation: Rotation, v: Vector): Vector => [dot(rotation[0], v), dot(rotation[1], v), dot(rotation[2], v)];
const rmsOf = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** The frames of a roller about x, its sensor put in so that the roller's axis is `axis` of the sensor, and nobody told. */
function* askew(scene: Scene, axis: Vector): Generator<Frame> {
  const across = unit(cross(axis, Math.abs(axis[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]));
  const third = cross(axis, across);
  // Columns: where the roller's x, y and z are in the sensor.
  const rotation: Rotation = [
    [axis[0], across[0], third[0]],
    [axis[1], across[1], third[1]],
    [axis[2], across[2], third[2]],
  ];
  const [, ...stream] = [...framesOf({ ...scene, info: { axis: 'x' } })];
  yield infoFrame(infoOf({ axis: 'unknown', mountFirstMm: null, mountSecondMm: null }));
  for (const frame of stream) {
    const bytes = frame.bytes.slice();
    const view = new DataView(bytes.buffer);
    for (let at = 12; at < 36; at += 6) {
      const turned = apply(rotation, [view.getInt16(at, true), view.getInt16(at + 2, true), view.getInt16(at + 4, true)]);
      turned.forEach((value, i) => view.setInt16(at + 2 * i, Math.round(value), true));
    }
    yield { ...frame, bytes };
  }
}

/** Position errors from 5 s on, less their mean: what was rolled before the axis was found is not known. */
function placeErrors(ticks: readonly MotionTick[], path: Path, way: 1 | -1): number[] {
  const errors = ticks.filter(({ tS }) => tS > 5).map((tick) => tick.positionCm - way * path(tick.tS)[0]);
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return errors.map((error) => error - mean);
}

describe('an axis that nobody told', () => {
  const DIRECTIONS: readonly Vector[] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1], [1, -1, 0], [0, 1, -1], [0.3, 0.9, 0.2], [0.6, -0.2, 0.7]];

  it.each(DIRECTIONS)('is found in the direction %d, %d, %d', (...direction) => {
    const axis = unit(direction);
    const path = after(1.5, rocking(30, 4));
    for (const errors of [CLEAN, MPU6050]) {
      const { ticks, motion } = run(askew({ path, seconds: 30, errors }, axis));
      const found: Vector = [motion.roll.frame[6]!, motion.roll.frame[7]!, motion.roll.frame[8]!];
      expect(dot(found, axis)).toBeGreaterThan(Math.cos(2 * DEG));
      expect(rmsOf(placeErrors(ticks, path, 1))).toBeLessThan(0.3);
    }
  });

  it('is the same way round when the sensor lies the other way', () => {
    const path = after(1.5, rocking(30, 4));
    const { ticks, motion } = run(askew({ path, seconds: 30 }, unit([-0.3, -0.9, -0.2])));
    expect(motion.roll.frame[7]!).toBeGreaterThan(0.85);
    expect(rmsOf(placeErrors(ticks, path, -1))).toBeLessThan(0.1);
  });

  it('is said to be unknown until then, and the position does not jump when it is found', () => {
    const path = after(1.5, rocking(30, 4));
    const { ticks } = run(askew({ path, seconds: 10, errors: MPU6050 }, unit([1, 1, 1])));
    const known = ticks.findIndex((tick) => tick.positionTrusted);
    for (const tick of ticks.slice(0, known)) expect(tick).toMatchObject({ positionCm: 0, speedCmS: 0, positionTrusted: false });
    expect(ticks[known]!.tS).toBeGreaterThan(1.5);
    expect(ticks[known]!.tS).toBeLessThan(2.3);
    for (const tick of ticks) expect(Math.abs(tick.speedCmS)).toBeLessThan(13);
  });

  it('is not what a roller is turned about while it is carried and laid down', () => {
    const frames = [...askew({ path: after(6, rocking(30, 4)), seconds: 30 }, unit([1, 1, 1]))];
    const carried = frames.map((frame, n) => {
      const tS = (n - 1) / 50;
      if (n === 0 || tS < 1 || tS > 4) return frame;
      const bytes = frame.bytes.slice();
      const view = new DataView(bytes.buffer);
      // Turned around on the floor: about the vertical, which the accelerometer shows.
      for (const at of [12, 24]) for (let i = 0; i < 3; i++) view.setInt16(at + 2 * i, view.getInt16(at + 6 + 2 * i, true) >> 1, true);
      return { ...frame, bytes };
    });
    const { ticks } = run(carried);
    for (const tick of ticks.filter(({ tS }) => tS < 6)) expect(tick.positionTrusted).toBe(false);
    expect(ticks.at(-1)!.positionTrusted).toBe(true);
  });
});

/** A ball on the floor, in steps of a millisecond: it rolls along the floor's x while the hand spins it about the vertical. */
function ballLog(speedCmS: (tS: number) => number, spinRadS: (tS: number) => number, seconds: number, biasDps: Vector = [0, 0, 0]): Log {
  const gyroDps: Vector[] = [];
  const accelG: Vector[] = [];
  // Rows: the floor's x, y and up in the sensor.
  let [x, y, up]: Rotation = [unit([2, 1, 0.5]), [0, 0, 0], [0, 0, 0]];
  y = unit(cross(x, [0.1, 0.2, 1]));
  up = cross(x, y);
  const stepS = 0.001;
  for (let n = 0; n < seconds * 1000; n++) {
    const tS = n * stepS;
    const tilting = speedCmS(tS) / RADIUS_CM;
    const spin = spinRadS(tS);
    // About the floor's y, and about up, seen from the sensor.
    const rate: Vector = [0, 1, 2].map((i) => tilting * y[i]! + spin * up[i]!) as unknown as Vector;
    if (n % 10 === 0) {
      const pushG = (speedCmS(tS + stepS) - speedCmS(tS)) / stepS / G_CM_S2;
      gyroDps.push(rate.map((value, i) => value / DEG + biasDps[i]!) as unknown as Vector);
      accelG.push(up.map((value, i) => value + pushG * x[i]!) as unknown as Vector);
    }
    const turn = (v: Vector): Vector => unit(v.map((value, i) => value - cross(rate, v)[i]! * stepS) as unknown as Vector);
    x = turn(x);
    up = turn(up);
    y = unit(cross(up, x));
    x = cross(y, up);
  }
  return { rateHz: 100, gyroDps, accelG };
}

const RADIUS_CM = 3.5;
const rollBall = (log: Log): Run => {
  const [, ...stream] = [...framesOfLog(log, 'x')];
  const info: Partial<RollerInfo> = { tool: 'ball', axis: 'unknown', radiusMm: 10 * RADIUS_CM, accelRangeG: 8, mountFirstMm: null, mountSecondMm: null };
  return run([infoFrame(infoOf(info)), ...stream]);
};

describe('a ball', () => {
  const backAndForth = (tS: number): number => (tS < 2 ? 0 : 8 * Math.sin(tS - 2));
  const spinning = (tS: number): number => (tS < 2 ? 0 : 1.5 * Math.sin(0.7 * tS));

  it('moves as fast as it turns about a level axis, whatever it spins about the vertical', () => {
    for (const bias of [[0, 0, 0], [20, -12, 7]] as const) {
      const { ticks } = rollBall(ballLog(backAndForth, spinning, 30, bias));
      const errors = ticks.filter(({ tS }) => tS > 5).map((tick) => tick.speedCmS - Math.abs(backAndForth(tick.tS - 0.05)));
      expect(rmsOf(errors)).toBeLessThan(0.3);
    }
  });

  it('has no place, no direction and no strokes: its position is the length of its way', () => {
    const { ticks, motion } = rollBall(ballLog(backAndForth, spinning, 20));
    expect(ticks.every((tick, i) => i === 0 || tick.positionCm >= ticks[i - 1]!.positionCm)).toBe(true);
    expect(ticks.every((tick) => tick.positionTrusted === false && tick.strokes.length === 0)).toBe(true);
    expect(viewMotion(motion).direction).toBe(0);
    // The integral of |8 sin| over 17.9 s.
    expect(ticks.at(-1)!.positionCm).toBeGreaterThan(88);
    expect(ticks.at(-1)!.positionCm).toBeLessThan(96);
  });

  it('lies still while it is only spun, and where it rolls on at once its offset is learned', () => {
    const spun = rollBall(ballLog(() => 0, (tS) => (tS < 1 ? 0 : 3), 12));
    expect(spun.ticks.at(-1)!.positionCm).toBeLessThan(0.2);
    const rolling = rollBall(ballLog((tS) => 6 + 2 * Math.sin(tS), () => 0.5, 40, [10, -6, 4]));
    const errors = rolling.ticks.filter(({ tS }) => tS > 20).map((tick) => tick.speedCmS - (6 + 2 * Math.sin(tick.tS - 0.05)));
    expect(rmsOf(errors)).toBeLessThan(0.3);
  });
});

describe('a stick', () => {
  it('has time and load, but no speed and no place', () => {
    const { ticks } = run(framesOf({ path: rocking(30, 3), seconds: 10, info: { tool: 'stick' } }));
    expect(ticks.length).toBeGreaterThan(95);
    for (const tick of ticks) expect(tick).toMatchObject({ speedCmS: 0, positionCm: 0, contact: true, positionTrusted: false, strokes: [] });
  });
});
