import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTITUDE_PARAMETERS, type AttitudeParameters } from '../../src/motion/attitude-parameters.ts';
import { createAttitude, TURN } from '../../src/motion/attitude-state.ts';
import { CELLS, pressed } from './cells.ts';
import { after, CLEAN, constantSpeed, errorsOf, framesOf, MPU6050, rocking, run, type Errors, type Frame, type Path, type Scene } from './synthetic.ts';

/** From here on sensors are settled. */
const SETTLED_S = 5;
const BMI270: Errors = {
  gyroBiasDps: [0.5, -0.4, 0.3], gyroScale: 0.004, gyroNoiseDps: 0.007, accelNoiseG: 160e-6, accelOffsetG: [0.02, -0.015, 0.02],
};

const errorsIn = (scene: Omit<Scene, 'seconds'>): { speedCmS: number; positionCm: number } =>
  errorsOf(run(framesOf({ seconds: 40, ...scene })).ticks, scene.path, SETTLED_S);

/** The frames of one stream, and from a time on those of another. */
function* jumping(before: Iterator<Frame>, then: Iterator<Frame>, atS: number): Generator<Frame> {
  for (let n = 0; ; n++) {
    const frames = [before.next(), then.next()] as const;
    if (frames[0].done || frames[1].done) return;
    yield frames[n <= 50 * atS ? 0 : 1].value;
  }
}

describe('speed and position of clean sensors', () => {
  it.each([
    ['at rest', constantSpeed(0)],
    ['creeping', constantSpeed(0.3)],
    ['at 2.5 cm/s', constantSpeed(2.5)],
    ['at 21 cm/s', constantSpeed(21)],
    ['rocking slowly over a thigh', rocking(38, 15)],
    ['in 4 s strokes', rocking(30, 4)],
    ['in 1.8 s strokes, already moving at the first sample', rocking(38, 1.8)],
    ['in 1.8 s strokes from rest', after(2, rocking(38, 1.8))],
  ])('%s: within 0.05 cm/s and 1 mm', (_, path) => {
    const { speedCmS, positionCm } = errorsIn({ path });
    expect(speedCmS).toBeLessThan(0.05);
    expect(positionCm).toBeLessThan(0.1);
  });

  it('do not depend on how the roller lies, on its axis or its radius', () => {
    fc.assert(
      fc.property(
        fc.record({
          startRad: fc.double({ min: -3.1, max: 3.1, noNaN: true }),
          axis: fc.constantFrom('x' as const, 'y' as const, 'z' as const),
          radiusMm: fc.integer({ min: 60, max: 90 }),
          tiltDeg: fc.integer({ min: -20, max: 20 }),
        }),
        ({ startRad, axis, radiusMm, tiltDeg }) => {
          const path = rocking(30, 3);
          const { ticks } = run(framesOf({ path, seconds: 15, startRad, tiltDeg, info: { axis, radiusMm } }));
          const { speedCmS, positionCm } = errorsOf(ticks, path, 1);
          expect(speedCmS).toBeLessThan(0.1);
          expect(positionCm).toBeLessThan(0.3);
        },
      ),
      { numRuns: 15, seed: 1 },
    );
  });
});

describe('what the filter learns', () => {
  it.each([
    ['told', 6],
    ['not told', null],
  ])('takes out what a sensor 6 cm off the axis feels, its place %s', (_, told) => {
    const mountFirstMm = told === null ? null : told * 10;
    const mountSecondMm = told === null ? null : 0;
    const { speedCmS, positionCm } = errorsIn({ path: rocking(38, 1.8), mountCm: [6, 0], info: { mountFirstMm, mountSecondMm } });
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.3);
  });

  it.each([
    ['4 s strokes', rocking(30, 4)],
    ['1.8 s strokes', rocking(38, 1.8)],
    ['1.8 s strokes from rest', after(2, rocking(38, 1.8))],
    ['2.5 cm/s', rocking(38, 15)],
    ['short strokes', rocking(10, 4)],
  ])('makes the worst MPU6050 (20 deg/s, 3 percent, 50 mg) good enough in %s', (_, path) => {
    const { speedCmS, positionCm } = errorsIn({ path, errors: MPU6050 });
    expect(speedCmS).toBeLessThan(0.15);
    expect(positionCm).toBeLessThan(0.3);
  });

  it('holds a good sensor to a millimetre and a half', () => {
    const { speedCmS, positionCm } = errorsIn({ path: rocking(30, 4), errors: BMI270 });
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.15);
  });

  it('finds bias and scale', () => {
    const { motion } = run(framesOf({ path: rocking(38, 3), seconds: 60, errors: { ...CLEAN, gyroBiasDps: [20, 5, -5], gyroScale: 0.03 } }));
    expect((motion.roll.attitude.turn.learned[TURN.bias]! * 180) / Math.PI).toBeCloseTo(20, 0);
    expect(motion.roll.attitude.turn.learned[TURN.scale]!).toBeGreaterThan(0.025);
    expect(motion.roll.attitude.turn.learned[TURN.scale]!).toBeLessThan(0.035);
  });

  it('removes a bias of 0.5 deg/s at rest: a roller that lies still neither moves nor drifts', () => {
    for (const errors of [{ ...BMI270, gyroBiasDps: [0.5, 0.5, 0.5] as const }, MPU6050]) {
      const { ticks } = run(framesOf({ path: constantSpeed(0), seconds: 65, errors }));
      const settled = ticks.filter((tick) => tick.tS >= SETTLED_S);
      const positions = settled.map((tick) => tick.positionCm);
      expect(Math.max(...settled.map((tick) => Math.abs(tick.speedCmS)))).toBeLessThan(0.05);
      expect(Math.max(...positions) - Math.min(...positions)).toBeLessThan(0.3);
    }
  });

  it('keeps up with a bias that moves as the part warms up', () => {
    const scene: Scene = { path: rocking(30, 4), seconds: 120, errors: CLEAN };
    const warming = function* () {
      // 1 deg/s in two minutes, by frames of ever other errors.
      let n = 0;
      const streams = [0, 0.25, 0.5, 0.75, 1].map((dps) => framesOf({ ...scene, errors: { ...CLEAN, gyroBiasDps: [dps, 0, 0] } }));
      for (;;) {
        const frames = streams.map((stream) => stream.next());
        if (frames[0]!.done) return;
        yield frames[Math.min(4, Math.floor(n++ / 1200))]!.value!;
      }
    };
    const { speedCmS, positionCm } = errorsOf(run(warming()).ticks, scene.path, SETTLED_S);
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.3);
  });

  it('is not misled by an accelerometer that says more along one axis than along another', () => {
    const errors: Errors = { ...MPU6050, accelScale: [0.01, -0.03, 0.03] };
    for (const path of [rocking(30, 4), rocking(38, 1.8)]) {
      const { speedCmS, positionCm } = errorsIn({ path, errors });
      expect(speedCmS).toBeLessThan(0.15);
      expect(positionCm).toBeLessThan(0.2);
    }
  });

  it.each([
    ['at rest', constantSpeed(0)],
    ['in strokes', rocking(30, 4)],
  ])('finds a bias again that has jumped by 1 deg/s, %s', (_, path) => {
    const before = framesOf({ path, seconds: 60, errors: BMI270 });
    const then = framesOf({ path, seconds: 60, errors: { ...BMI270, gyroBiasDps: [1.5, -1.4, 1.3] } });
    const { ticks } = run(jumping(before, then, 20));
    expect(errorsOf(ticks, path, 19).positionCm).toBeLessThan(0.3);
    expect(errorsOf(ticks, path, 30).speedCmS).toBeLessThan(0.05);
  });

  it('does not take for motion what was felt before anyone touched the roller', () => {
    const path: Path = constantSpeed(0);
    const { ticks } = run(framesOf({
      path, seconds: 20, errors: MPU6050, info: { cells: CELLS }, cells: (tS, phase) => pressed({ bodyKpa: tS < 0.4 ? 0 : 25 }, phase),
    }));
    expect(Math.max(...ticks.map((tick) => Math.abs(tick.positionCm)))).toBeLessThan(0.35);
    expect(errorsOf(ticks, path, SETTLED_S).positionCm).toBeLessThan(0.1);
  });

  it.each(Object.keys(ATTITUDE_PARAMETERS) as (keyof AttitudeParameters)[])('is good enough with half and with twice its %s', (name) => {
    for (const factor of [0.5, 2]) {
      const parameters = { ...ATTITUDE_PARAMETERS, [name]: factor * ATTITUDE_PARAMETERS[name] };
      const path = rocking(30, 3);
      const { ticks } = run(framesOf({ path, seconds: 25, errors: MPU6050 }), (motion) => {
        motion.roll.attitude = createAttitude(motion.geometry, parameters);
      });
      const { speedCmS, positionCm } = errorsOf(ticks, path, SETTLED_S);
      expect(speedCmS).toBeLessThan(0.3);
      expect(positionCm).toBeLessThan(0.4);
    }
  });

  it('does not believe knocks', () => {
    const path = rocking(30, 4);
    const knocked = [...framesOf({ path, seconds: 20 })].map((frame, n) => {
      if (n % 40 !== 20) return frame;
      const bytes = frame.bytes.slice();
      for (let i = 12 + 6; i < 12 + 12; i += 2) new DataView(bytes.buffer).setInt16(i, 32_000, true);
      return { ...frame, bytes };
    });
    const { speedCmS, positionCm } = errorsOf(run(knocked).ticks, path, 1);
    expect(speedCmS).toBeLessThan(0.1);
    expect(positionCm).toBeLessThan(0.3);
  });
});
