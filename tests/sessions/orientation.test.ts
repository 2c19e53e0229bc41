import { describe, expect, test } from 'vitest';
import type { AppError } from '../../src/errors.ts';
import { parseLog, type SensorLog } from '../../src/sessions/import/log.ts';
import { AXES, checkHandedness, findAxis, FLIPS, flipped, type Flip } from '../../src/sessions/import/orientation.ts';
import { sampleTimes } from '../../src/sessions/import/times.ts';
import { csvOf, logRows, type LogPlan } from './log-maker.ts';

const makeLog = (plan: Partial<LogPlan>): SensorLog =>
  parseLog(csvOf(logRows({ rateHz: 100, seconds: 12, turnDps: rolling, noise: [0.1, 0.01], ...plan })), 'log.csv');

/** Two seconds of rest, then strokes of 2 s. */
const rolling = (tS: number): number => (tS < 2 ? 0 : 40 * Math.sin(Math.PI * tS));
const check = (log: SensorLog, axis: 0 | 1 | 2, flips: readonly Flip[] = []): void =>
  checkHandedness(log, sampleTimes(log.timeS), AXES[axis], flips);

function thrownBy(run: () => void): AppError | null {
  try {
    run();
    return null;
  } catch (error) {
    return error as AppError;
  }
}

describe('the axis of rotation', () => {
  test.each([0, 1, 2] as const)('is found to be sensor axis %i, under a bias of a cheap part and at a steady rate', (axis) => {
    expect(findAxis(makeLog({ axis, biasDps: 15 }))).toBe(AXES[axis]);
    expect(findAxis(makeLog({ axis, turnDps: () => 100, biasDps: -15 }))).toBe(AXES[axis]);
  });

  test('is not guessed where nothing turns, however large the bias', () => {
    expect(() => findAxis(makeLog({ turnDps: () => 0, biasDps: 11 }))).toThrow(expect.objectContaining({ code: 'E_AXIS' }));
  });

  test('is not guessed where the sensor lies across the axes', () => {
    const log = makeLog({ biasDps: 0 });
    const [x] = log.gyroDps;
    const across = { ...log, gyroDps: [x, x.map((rate) => rate * 0.8), log.gyroDps[2]] } as const;
    expect(() => findAxis(across)).toThrow(expect.objectContaining({ code: 'E_AXIS', hint: expect.stringContaining('--axis') as string }));
  });
});

describe('handedness', () => {
  const motions: [string, Partial<LogPlan>][] = [
    ['strokes', {}],
    ['strokes under 20 deg/s of bias', { biasDps: 20 }],
    ['slow strokes under 20 deg/s of bias', { biasDps: -20, turnDps: (tS) => 12 * Math.sin(tS) }],
    ['a steady turn, one way', { turnDps: () => 90, biasDps: 5 }],
    ['a single short push', { turnDps: (tS) => (tS > 5 && tS < 6 ? 80 : 0) }],
    ['a fast roller of another rate', { rateHz: 285.714, turnDps: (tS) => 300 * Math.sin(6 * tS) }],
  ];

  describe.each(motions)('of %s', (_name, plan) => {
    test.each([0, 1, 2] as const)(
      'about axis %i: a right-handed frame passes, each single accelerometer flip is refused with a hint that mends it',
      (axis) => {
        const log = makeLog({ ...plan, axis });
        check(log, axis);
        const inPlane = FLIPS.filter((flip) => flip.startsWith('a') && flip !== `a${AXES[axis]}`);
        for (const flip of inPlane) {
          const left = flipped(log, [flip]);
          const error = thrownBy(() => check(left, axis));
          expect(error).toMatchObject({ code: 'E_HANDEDNESS', hint: expect.stringMatching(/^try --flip a[xyz]$/) as string });
          const mend = error?.hint.slice(-2) as Flip;
          expect(inPlane).toContain(mend);
          check(flipped(left, [mend]), axis, [mend]);
        }
        expect(() => check(flipped(log, [`g${AXES[axis]}`]), axis)).toThrow(expect.objectContaining({ code: 'E_HANDEDNESS' }));
      },
    );
  });

  test('a flip that made the frame left-handed is to be left out', () => {
    const log = makeLog({});
    expect(() => check(flipped(log, ['az']), 0, ['az'])).toThrow(expect.objectContaining({ hint: 'leave --flip out' }));
    expect(() => check(flipped(log, ['gy', 'az']), 0, ['gy', 'az'])).toThrow(expect.objectContaining({ hint: 'try --flip gy' }));
  });

  test('is not judged where nothing turns', () => {
    const still = makeLog({ turnDps: () => 0, biasDps: 18 });
    expect(thrownBy(() => check(still, 0))).toBeNull();
    expect(thrownBy(() => check(flipped(still, ['az']), 0))).toBeNull();
  });
});
