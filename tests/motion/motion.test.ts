import { describe, expect, it } from 'vitest';
import { geometryOf } from '../../src/link/drivers/decoder.ts';
import { TURN } from '../../src/motion/attitude-state.ts';
import { createMotion, restartPosition, stepMotion } from '../../src/motion/motion.ts';
import { viewMotion, type MotionView } from '../../src/motion/motion-view.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { CELLS, pressed } from './cells.ts';
import { after, blocksOf, CLEAN, constantSpeed, errorsOf, framesOf, infoOf, MPU6050, rocking, run, type Path, type Scene } from './synthetic.ts';

const thereAndBack: Path = (tS) => (tS < 4 ? [5 * tS, 5, 0] : [40 - 5 * tS, -5, 0]);

/** One path until `untilS`, another from there on. */
const then = (untilS: number, first: Path, next: Path): Path => (tS) => {
  if (tS < untilS) return first(tS);
  const [xCm, vCmS, aCmS2] = next(tS - untilS);
  return [first(untilS)[0] + xCm, vCmS, aCmS2];
};

/** Off the roller from 5 to 7 s. */
const liftedOnce: Pick<Scene, 'info' | 'cells'> = {
  info: { cells: CELLS },
  cells: (tS, phase) => pressed({ bodyKpa: tS >= 5 && tS < 7 ? 0 : 25 }, phase),
};

/** Ticks of a scene in which another group is chosen at `restartS`. */
function withRestart(scene: Scene, restartS: number): MotionTick[] {
  const motion = createMotion(geometryOf(infoOf(scene.info)));
  return blocksOf(scene).flatMap((block) => {
    if (Math.abs(block.tS - restartS) < 1e-9) restartPosition(motion);
    return [...stepMotion(motion, block)];
  });
}

const at = (ticks: readonly MotionTick[], tS: number): MotionTick => ticks.find((tick) => Math.abs(tick.tS - tS) < 1e-6)!;

describe('ticks', () => {
  it('come every tenth of a second from the first on', () => {
    const { ticks } = run(framesOf({ path: constantSpeed(3), seconds: 5 }));
    expect(ticks).toHaveLength(49);
    ticks.forEach((tick, i) => expect(tick.tS).toBe((i + 1) / 10));
  });

  it('take the speed as the change of position over the last tenth, signed', () => {
    const { ticks } = run(framesOf({ path: thereAndBack, seconds: 8 }));
    for (let i = 1; i < ticks.length; i++) expect(ticks[i]!.speedCmS).toBeCloseTo((ticks[i]!.positionCm - ticks[i - 1]!.positionCm) / 0.1, 9);
    expect(at(ticks, 2).speedCmS).toBeCloseTo(5, 2);
    expect(at(ticks, 6).speedCmS).toBeCloseTo(-5, 1);
  });
});

describe('position of another group', () => {
  it('is 0 at its next contact, and speed does not notice', () => {
    const ticks = withRestart({ path: constantSpeed(5), seconds: 12, ...liftedOnce }, 6);
    // Contact from 0.2 s to 5.5 s, and again from 7.2 s on.
    expect(at(ticks, 7).positionCm).toBeCloseTo(5 * 5.3, 1);
    expect(at(ticks, 7.3).positionCm).toBeCloseTo(0.5, 1);
    expect(at(ticks, 11).positionCm).toBeCloseTo(5 * 3.8, 1);
    for (const tick of ticks) expect(Math.abs(tick.speedCmS)).toBeLessThan(5.1);
  });

  it('goes on where nothing was chosen', () => {
    const ticks = withRestart({ path: constantSpeed(5), seconds: 12, ...liftedOnce }, -1);
    expect(at(ticks, 11).positionCm).toBeCloseTo(5 * (5.3 + 3.8), 1);
  });

  it('is 0 at once where the roller is being touched, as when the side is changed on it', () => {
    const ticks = withRestart({ path: constantSpeed(5), seconds: 12, info: { cells: CELLS }, cells: (_, phase) => pressed({ bodyKpa: 25 }, phase) }, 6);
    // Contact from 0.2 s on.
    expect(at(ticks, 5.9).positionCm).toBeCloseTo(5 * 5.7, 1);
    expect(at(ticks, 8).positionCm).toBeCloseTo(10, 0);
    for (const tick of ticks) expect(Math.abs(tick.speedCmS)).toBeLessThan(5.1);
  });

  it('is 0 at once where contact is assumed', () => {
    const ticks = withRestart({ path: constantSpeed(5), seconds: 12 }, 6);
    expect(at(ticks, 5.9).positionCm).toBeCloseTo(29.5, 1);
    expect(at(ticks, 8).positionCm).toBeCloseTo(10, 0);
    for (const tick of ticks) expect(Math.abs(tick.speedCmS)).toBeLessThan(5.1);
  });
});

describe('what a screen shows', () => {
  const viewAfter = (scene: Scene): MotionView => viewMotion(run(framesOf(scene)).motion);

  it('is the mean of |v| over 0.7 s in contact, and the way', () => {
    // A turn-around of 0.35 s each way within the window.
    expect(viewAfter({ path: thereAndBack, seconds: 4.36 })).toMatchObject({ speedMeanCmS: expect.closeTo(4.9, 1), direction: -1 });
    expect(viewAfter({ path: constantSpeed(5), seconds: 3 })).toMatchObject({
      speedMeanCmS: expect.closeTo(5, 2), direction: 1, contact: true, contactAssumed: true,
    });
    const stopping = then(2, constantSpeed(5), constantSpeed(0));
    expect(viewAfter({ path: stopping, seconds: 2.36 }).speedMeanCmS).toBeCloseTo(2.5, 0);
    expect(viewAfter({ path: stopping, seconds: 4 })).toMatchObject({ speedMeanCmS: expect.closeTo(0, 1), direction: 0 });
  });

  it('is no speed without contact', () => {
    expect(viewAfter({ path: constantSpeed(5), seconds: 7, ...liftedOnce })).toMatchObject({
      speedMeanCmS: null, contact: false, forceN: 0, pressureKpa: 0, balance: null,
    });
    expect(viewMotion(createMotion(geometryOf(infoOf())))).toMatchObject({ speedMeanCmS: null, contact: false, positionCm: 0 });
  });
});

describe('sensors that mislead', () => {
  it('a haptic motor that shakes the accelerometer', () => {
    const path = rocking(30, 4);
    const burst = (tS: number): boolean => Math.floor(tS + 1e-9) % 5 === 2;
    const shaken = [...framesOf({ path, seconds: 20, flags: (tS) => ({ hapticActive: burst(tS), tareActive: false }) })].map((frame, n) => {
      if (n === 0 || !burst((n - 1) / 50)) return frame;
      const bytes = frame.bytes.slice();
      const view = new DataView(bytes.buffer);
      for (let i = 12; i < 36; i += 12) view.setInt16(i + 8, view.getInt16(i + 8, true) + 5000, true);
      return { ...frame, bytes };
    });
    const { speedCmS, positionCm } = errorsOf(run(shaken).ticks, path, 3);
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.3);
  });

  it('a spin beyond the range of the gyroscope', () => {
    // 1300 deg/s for 2 s in a range of 1000: what it turned in that time is lost, what comes after is not.
    const spin = then(3, rocking(20, 3), (tS) => (tS < 2 ? [170 * tS, 170, 0] : [340, 0, 0]));
    const path = then(8, spin, rocking(20, 3));
    const { ticks, motion } = run(framesOf({ path, seconds: 26 }));
    const settled = ticks.filter((tick) => tick.tS > 9);
    const lost = settled[0]!.positionCm - path(settled[0]!.tS)[0];
    for (const tick of settled) expect(Math.abs(tick.positionCm - lost - path(tick.tS)[0])).toBeLessThan(0.1);
    expect(Math.abs(motion.roll.attitude.turn.learned[TURN.scale]!)).toBeLessThan(0.02);
  });

  it('a gyroscope that misses a turn: up is found again, and nothing wrong is learned of it', () => {
    const path = then(5.5, (tS) => (tS < 5 ? [0, 0, 0] : [30 * (tS - 5), 30, 0]), rocking(20, 3));
    const deaf = [...framesOf({ path, seconds: 20 })].map((frame, n) => {
      if (n < 1 + 250 || n >= 1 + 275) return frame;
      const bytes = frame.bytes.slice();
      for (const gyro of [12, 24]) bytes.fill(0, gyro, gyro + 6);
      return { ...frame, bytes };
    });
    const { ticks, motion } = run(deaf);
    const { speedCmS } = errorsOf(ticks, path, 7);
    expect(speedCmS).toBeLessThan(0.1);
    expect(Math.abs(motion.roll.attitude.turn.learned[TURN.bias]!)).toBeLessThan(0.005);
    expect(Math.abs(motion.roll.attitude.turn.learned[TURN.scale]!)).toBeLessThan(0.005);
  });

  it('an axis that nobody told', () => {
    for (const axis of ['x', 'y', 'z'] as const) {
      const path = after(2, rocking(30, 4));
      const [info, ...stream] = [...framesOf({ path, seconds: 30, info: { axis }, errors: { ...CLEAN, gyroBiasDps: MPU6050.gyroBiasDps } })];
      const untold = framesOf({ path, seconds: 0, info: { axis: 'unknown', mountFirstMm: null, mountSecondMm: null } }).next().value!;
      expect(info!.characteristic).toBe('info');
      const { ticks } = run([untold, ...stream]);
      const settled = ticks.filter((tick) => tick.tS > 6);
      const offset = settled[0]!.positionCm - path(settled[0]!.tS)[0];
      for (const tick of settled) expect(Math.abs(tick.positionCm - offset - path(tick.tS)[0])).toBeLessThan(0.5);
    }
  });
});
