import { describe, expect, it } from 'vitest';
import { idle, strokes } from '../../simulators/body/segment.ts';
import { createTruth, type Truth } from '../../simulators/roller/truth.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { personOf } from '../../simulators/scenarios/scenario.ts';

const SPEED_CM_S = 4;
const ROLLED_S = 8;

/** Rolled one way for 8 s from 1 s on, then off the roller; another muscle is chosen at a time. */
function truthWith(selectedS: number): (tS: number) => Truth {
  const scenario = define({
    name: 'chosen', title: 'Another muscle is chosen', group: 'hamstrings', liveliness: 0,
    segments: [idle(1), strokes(ROLLED_S, 60, SPEED_CM_S, 30), idle(3), strokes(3, 60, SPEED_CM_S, 30)],
    commands: [{ tS: selectedS, command: { type: 'select', group: 'quadriceps', side: 'left' } }],
  });
  const next = createTruth(scenario, personOf(scenario, 1), 1);
  const all = Array.from({ length: 150 }, next);
  return (tS) => all[Math.round(tS * 10) - 1]!;
}

describe('the true position', () => {
  it('begins at 0 where the roller is being touched when another muscle is chosen', () => {
    const at = truthWith(5.05);
    expect(at(5).positionCm).toBeGreaterThan(12);
    expect(at(5.1).positionCm).toBeCloseTo(0.05 * SPEED_CM_S, 2);
    expect(at(7.1).positionCm).toBeCloseTo(2.05 * SPEED_CM_S, 2);
    expect(at(5.1).speedCmS).toBeCloseTo(SPEED_CM_S, 6);
  });

  it('begins at the first contact where nothing touches', () => {
    const at = truthWith(11);
    expect(at(11.5).positionCm).toBe(at(10.9).positionCm);
    expect(at(12.2).contact).toBe(true);
    expect(at(12.2).positionCm).toBeLessThan(0.2 * SPEED_CM_S);
    expect(at(13.2).positionCm - at(12.2).positionCm).toBeCloseTo(SPEED_CM_S, 1);
  });
});
