import { describe, expect, it } from 'vitest';
import type { Stroke } from '../../src/motion/tick.ts';
import { constantSpeed, framesOf, rocking, run, type Path } from './synthetic.ts';

const strokesOf = (path: Path, seconds: number): Stroke[] => run(framesOf({ path, seconds })).ticks.flatMap((tick) => tick.strokes);

/** Path through corners of (time, place), straight between them. */
const through = (...corners: readonly (readonly [tS: number, xCm: number])[]): Path => (tS) => {
  const next = corners.findIndex(([cornerS]) => cornerS > tS);
  if (next === -1) return [corners.at(-1)![1], 0, 0];
  const [fromS, fromCm] = corners[next - 1]!;
  const [toS, toCm] = corners[next]!;
  const speed = (toCm - fromCm) / (toS - fromS);
  return [fromCm + speed * (tS - fromS), speed, 0];
};

describe('strokes', () => {
  it('run from one turning point to the next', () => {
    const strokes = strokesOf(rocking(30, 4), 30);
    expect(strokes).toHaveLength(7);
    strokes.forEach((stroke, i) => {
      expect(stroke.lengthCm).toBeCloseTo(i % 2 === 0 ? 30 : -30, 0);
      expect(stroke.endS).toBeCloseTo(4 * (i + 1), 1);
      if (i > 0) expect(stroke.startS).toBe(strokes[i - 1]!.endS);
      expect(stroke.meanCmS).toBeCloseTo(7.5, 0);
      // A half sine peaks at 1.57 times its mean.
      expect(stroke.peakCmS).toBeCloseTo(11.8, 0);
    });
  });

  it('end where the roller comes to rest', () => {
    const strokes = strokesOf(through([0, 0], [1, 0], [5, 20], [9, 20]), 9);
    expect(strokes).toHaveLength(1);
    expect(strokes[0]!.lengthCm).toBeCloseTo(20, 0);
    expect(strokes[0]!.startS).toBeCloseTo(1, 0);
    expect(strokes[0]!.endS).toBeCloseTo(5, 0);
  });

  it('are told within a second and a half of their end', () => {
    const { ticks } = run(framesOf({ path: through([0, 0], [4, 20], [9, 20]), seconds: 9 }));
    const told = ticks.find((tick) => tick.strokes.length > 0)!;
    expect(told.tS).toBeGreaterThan(5);
    expect(told.tS).toBeLessThan(5.5);
  });

  it('take in a reversal that is shorter than 2 cm', () => {
    const strokes = strokesOf(through([0, 0], [3, 15], [3.4, 13.5], [6, 27], [10, 27]), 10);
    expect(strokes).toHaveLength(1);
    expect(strokes[0]!.lengthCm).toBeCloseTo(27, 0);
  });

  it('are not made by micro-rolls, creeping or rest', () => {
    expect(strokesOf(rocking(1.8, 1), 20)).toEqual([]);
    expect(strokesOf(constantSpeed(0.7), 30)).toEqual([]);
    expect(strokesOf(constantSpeed(0), 20)).toEqual([]);
  });

  it('count rolls of 3 cm', () => {
    expect(strokesOf(rocking(3, 1.2), 20).length).toBeGreaterThan(12);
  });
});
