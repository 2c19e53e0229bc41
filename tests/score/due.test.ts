import { describe, expect, it } from 'vitest';
import type { Truth } from '../../simulators/roller/truth.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { idle } from '../../simulators/body/segment.ts';
import { duesOf } from './due.ts';
import { activations } from './oracle.ts';

/** Truth in which everything is as `at` says, at speeds in cm/s, over so many seconds. */
function truthOf(seconds: number, at: (tS: number) => Partial<Truth>): Truth[] {
  let positionCm = 0;
  return Array.from({ length: Math.round(seconds * 10) }, (_, i) => {
    const tick = { tS: (i + 1) / 10, speedCmS: 0, contact: true, forceN: 200, ...at((i + 1) / 10) };
    positionCm += tick.contact ? tick.speedCmS / 10 : 0;
    return { ...tick, positionCm };
  });
}

const plan = (changes: Partial<Parameters<typeof define>[0]> = {}) => define({ name: 'due', title: 'Due', group: 'hamstrings', segments: [idle(1)], ...changes });
const AS_IT_IS = { value: 1, time: 1 };
const found = (truth: readonly Truth[], scenario = plan()) => activations(truth, scenario, AS_IT_IS).map(({ kind, level, startS, endS }) => [kind, level, startS, endS]);
const fast = (speedCmS: number, fromS: number, toS: number) => truthOf(40, (tS) => ({ speedCmS: tS > fromS && tS <= toS ? speedCmS : 4 }));

describe('the oracle', () => {
  it('finds 13 cm/s on the hamstrings too fast a second after the mean of 3 s is above 12, and over 3 s after it is below 9.6', () => {
    // 4 + 9 * u / 3 > 12 from u = 2.7 on: 22.7 + 1. After 32: 13 - 9 * u / 3 < 9.6 from 1.2 on: 33.2 + 3.
    expect(found(fast(13, 20, 32))).toEqual([['too-fast', 1, 23.7, 36.2]]);
    expect(found(fast(11.9, 20, 32))).toEqual([]);
  });

  it('judges no speed before 2 s of contact, and anew after more than 1 s without', () => {
    const lifted = (gapS: number) => truthOf(20, (tS) => ({ speedCmS: 20, contact: tS <= 10 || tS > 10 + gapS }));
    expect(found(lifted(0.9))).toEqual([['too-fast', 1, 3, Infinity]]);
    expect(found(lifted(2))).toEqual([['too-fast', 1, 3, 11.1], ['too-fast', 1, 15, Infinity]]);
  });

  // At 5 cm/s the last 5 cm before 2 s were reached at 1 s.
  it('finds 30 s within 5 cm too long, on a ball 30 s below 1 cm/s, on a stick and the lats nothing', () => {
    const still = truthOf(34, (tS) => ({ speedCmS: tS <= 2 ? 5 : 0 }));
    const kinds = (scenario: ReturnType<typeof plan>) => activations(still, scenario, AS_IT_IS).map(({ kind, level }) => `${kind} ${level}`);
    expect(kinds(plan())).toEqual(['too-long 0', 'too-long 1']);
    expect(found(still)[1]![2]).toBe(30.9);
    expect(kinds(plan({ roller: { tool: 'ball' } }))).toEqual(['too-long 0', 'too-long 1']);
    expect(kinds(plan({ roller: { tool: 'stick' } }))).toEqual([]);
    expect(kinds(plan({ group: 'lats' }))).toEqual([]);
  });

  it('gives each muscle and side a dose of its own, which goes on when it comes back', () => {
    const sides = plan({ commands: [{ tS: 40, command: { type: 'select', group: 'hamstrings', side: 'right' } }, { tS: 80, command: { type: 'select', group: 'hamstrings', side: 'left' } }] });
    expect(found(truthOf(120, (tS) => ({ speedCmS: Math.ceil(tS / 8) % 2 ? 4 : -4 })), sides)).toEqual([['dose-goal', 1, 100, Infinity]]);
  });

  it('finds a load above 60 % of body weight too much after 2 s, where there are cells and a mass', () => {
    const hard = truthOf(20, (tS) => ({ speedCmS: Math.ceil(tS / 8) % 2 ? 4 : -4, forceN: tS > 10 && tS <= 14 ? 0.65 * 75 * 9.81 : 200 }));
    expect(found(hard)).toEqual([['over-pressure', 1, 12.1, 14.1]]);
    expect(found(hard, plan({ massKg: null }))).toEqual([]);
    expect(found(hard, plan({ roller: { cellsAround: 0 } }))).toEqual([]);
  });
});

describe('what is due', () => {
  const at = (speedCmS: number) => duesOf(fast(speedCmS, 20, 32), plan());
  const report = (tS: number, level = 1) => ({ kind: 'too-fast', level, tS });

  it('is a must 15 % above a limit, with nothing grey but when it starts', () => {
    const { musts, isGrey } = at(14);
    expect(musts).toEqual([{ kind: 'too-fast', level: 1, tS: 23.5 }]);
    expect([report(24.5), report(25), report(30), report(23, 2)].map(isGrey)).toEqual([true, false, false, false]);
  });

  it('is grey 3 % above and 3 % below, wherever it starts', () => {
    for (const speedCmS of [12.4, 11.6]) {
      const { musts, isGrey } = at(speedCmS);
      expect(musts).toEqual([]);
      expect([report(23.8), report(24.4), report(10), report(36)].map(isGrey)).toEqual([true, true, false, false]);
    }
  });

  it('is nothing 15 % below', () => {
    const { musts, isGrey } = at(10);
    expect(musts).toEqual([]);
    expect(isGrey(report(24))).toBe(false);
  });

  it('is in doubt by 15 % on soft foam', () => {
    const soft = plan({ roller: { giveMmPerN: 0.0175 } });
    expect(duesOf(fast(13.5, 20, 32), soft).musts).toEqual([]);
    expect(duesOf(fast(15, 20, 32), soft).musts).toHaveLength(1);
  });

  it('is grey where a stay is as long as the limit, a must where it is 10 % longer', () => {
    const stay = (seconds: number) => duesOf(truthOf(60, (tS) => ({ speedCmS: tS > 10 && tS <= 10 + seconds ? 0 : 5 })), plan()).musts;
    expect(stay(30.5)).toEqual([expect.objectContaining({ kind: 'too-long', level: 0 })]);
    expect(stay(33)).toContainEqual(expect.objectContaining({ kind: 'too-long', level: 1 }));
  });
});
