import { describe, expect, it } from 'vitest';
import { atRest, createBody } from '../../simulators/body/body.ts';
import { gripOf } from '../../simulators/body/grip.ts';
import { hold, idle, strokes } from '../../simulators/body/segment.ts';
import { BALL, STICK } from '../../simulators/roller/build.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import { personOf } from '../../simulators/scenarios/scenario.ts';
import { readSession, type Reading } from './support/reading.ts';

const SEGMENTS = [idle(1), strokes(12, 14, 4, 20), hold(3, 20), idle(2)];
const seconds = 18;
const onTool = (roller: typeof BALL): Reading => readSession({ scenario: define({ name: 'tool', title: 'Tool', group: 'rhomboids', roller, segments: SEGMENTS }), seed: 4, seconds });
const length = (v: readonly number[]): number => Math.hypot(...v);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('a ball', () => {
  const { info, gyroDps, accelG, cellPa, truth } = onTool(BALL);

  it('says that it is one, with cells that face the body and no axis', () => {
    expect(info).toMatchObject({ tool: 'ball', axis: 'unknown', mountFirstMm: null, mountSecondMm: null });
    expect(info.cells.map(({ angleDeg }) => angleDeg)).toEqual([null, null]);
  });

  it('turns across the vertical at the speed over the radius, and spins about the vertical besides', () => {
    let worst = 0;
    let spun = 0;
    for (const { tS, speedCmS, contact } of truth.filter((at) => at.tS > 1.5 && at.tS < 12)) {
      const i = Math.round((tS - 0.05) * 100);
      const up = accelG[i]!.map((value) => value / length(accelG[i]!));
      const spin = dot(gyroDps[i]!, up);
      const across = Math.sqrt(Math.max(0, length(gyroDps[i]!) ** 2 - spin ** 2)) * (Math.PI / 180) * BALL.radiusCm;
      spun = Math.max(spun, Math.abs(spin));
      if (contact && Math.abs(Math.abs(speedCmS) - 4) < 0.01) worst = Math.max(worst, Math.abs(across - 4));
    }
    expect(worst).toBeLessThan(0.02);
    expect(spun).toBeGreaterThan(5);
  });

  it('carries its gyroscope and its accelerometer around together: up stays up', () => {
    // Up of the first sample, turned by what the gyroscope says, sample by sample.
    let up = accelG[0]!;
    for (let i = 1; i <= 1400; i++) {
      const [x, y, z] = [0, 1, 2].map((axis) => (((gyroDps[i]![axis]! + gyroDps[i - 1]![axis]!) / 2) * Math.PI) / 180 / 100) as [number, number, number];
      const [a, b, c] = up as [number, number, number];
      up = [a - (y * c - z * b), b - (z * a - x * c), c - (x * b - y * a)];
      up = up.map((value) => value / length(up));
    }
    // It holds still by then.
    expect(dot(up, accelG[1400]!)).toBeGreaterThan(Math.cos((1.5 * Math.PI) / 180));
  });

  it('feels the load on its two cells, whose areas are what it stands on', () => {
    const forceN = cellPa[700]!.reduce((sum, pascal, i) => sum + pascal * info.cells[i]!.areaMm2 * 1e-6, 0);
    expect(forceN).toBeGreaterThan(0.9 * 0.2 * 75 * 9.81);
    expect(forceN).toBeLessThan(1.1 * 0.2 * 75 * 9.81);
  });
});

describe('a stick', () => {
  const { info, gyroDps, truth, cellPa } = onTool(STICK);

  it('has a rod that does not turn, and is felt all the same', () => {
    expect(info.tool).toBe('stick');
    expect(Math.max(...gyroDps.map(length))).toBe(0);
    expect(truth.every(({ speedCmS, positionCm }) => speedCmS === 0 && positionCm === 0)).toBe(true);
    expect(truth.filter(({ contact }) => contact).length).toBeGreaterThan(140);
    expect(Math.max(...cellPa[700]!)).toBeGreaterThan(3000);
  });
});

describe('a roller that does not follow the muscle', () => {
  const [muscle, surface] = ['muscleCmS', 'vCmS'] as const;
  const at = (tS: number, radius: { radiusCm: number; giveMmPerN: number }, slip: number) => {
    const body = createBody({ segments: [idle(1), strokes(30, 200, 5, 32)], massKg: 75, seed: 1, liveliness: 0, grip: gripOf(radius, slip) });
    const state = atRest();
    body.at(tS, state);
    return state;
  };

  it('rolls on a radius that is shorter by what the foam gives under the load', () => {
    // 32 % of 75 kg are 235 N: 4.1 mm of 75.
    const state = at(10, { radiusCm: 7.5, giveMmPerN: 0.0175 }, 0);
    expect(state[muscle]).toBeCloseTo(5, 6);
    expect(state[surface] / state[muscle]).toBeCloseTo(75 / (75 - 0.0175 * 235.4), 3);
  });

  it('turns less while it slips, and by the whole way in between', () => {
    const ratios = Array.from({ length: 120 }, (_, i) => at(6 + i / 20, { radiusCm: 7.5, giveMmPerN: 0 }, 0.5)).map((state) => state[surface] / state[muscle]);
    expect(Math.min(...ratios)).toBeCloseTo(0.5, 2);
    expect(Math.max(...ratios)).toBe(1);
    expect(ratios.filter((ratio) => ratio === 1).length).toBeGreaterThan(80);
  });

  it('is told in the truth as it turns, and known to the score as the muscle has it', () => {
    const slip = findScenario('slip')!;
    const state = atRest();
    personOf(slip, 1).at(40, state);
    expect(Math.abs(state.muscleCm - state.xCm)).toBeGreaterThan(0.5);
    const rigid = findScenario('tour')!;
    personOf(rigid, 1).at(40, state);
    expect(state.muscleCm).toBe(state.xCm);
  });
});
