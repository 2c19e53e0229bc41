import { describe, expect, it } from 'vitest';
import type { Truth } from '../../simulators/roller/truth.ts';
import { define } from '../../simulators/scenarios/define.ts';
import { hold, idle } from '../../simulators/body/segment.ts';
import { BALL } from '../../simulators/roller/build.ts';
import { duesOf } from './due.ts';
import { activations, type Judged } from './oracle.ts';
import { withPressures } from './pressures.ts';

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
const found = (truth: readonly Judged[], scenario = plan()) => activations(truth, scenario, AS_IT_IS).map(({ kind, level, startS, endS }) => [kind, level, startS, endS]);
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

describe('the oracle, of load', () => {
  const rolling = (tS: number) => (Math.ceil(tS / 8) % 2 ? 4 : -4);
  const pain = (tS: number, nrs: number) => ({ tS, command: { type: 'pain', nrs } as const });

  it('finds pain of 7 too much at once, until it has been lighter for 2 s, or less is reported', () => {
    const eased = truthOf(40, (tS) => ({ speedCmS: rolling(tS), forceN: tS > 20 ? 150 : 200 }));
    expect(found(eased, plan({ commands: [pain(10, 7)] }))).toEqual([['over-pressure', 1, 10, 22]]);
    const same = truthOf(40, (tS) => ({ speedCmS: rolling(tS) }));
    expect(found(same, plan({ commands: [pain(10, 7), pain(30, 4)] }))).toEqual([['over-pressure', 1, 10, 30]]);
    const left = truthOf(40, (tS) => ({ speedCmS: rolling(tS), contact: tS <= 20 }));
    expect(found(left, plan({ commands: [pain(10, 7)] }))).toEqual([['over-pressure', 1, 10, 22]]);
  });

  it('finds pain of 8 a stop, after which nothing is judged', () => {
    expect(found(truthOf(80, (tS) => ({ speedCmS: rolling(tS) })), plan({ commands: [pain(10, 8)] }))).toEqual([['safety-stop', 2, 10, Infinity]]);
  });

  it.each([
    ['ball', 'firm', 120],
    ['roller', 'soft', 50],
    ['roller', 'textured', 75],
  ] as const)('goes by pressure where nobody has told a mass: a %s, %s, from %i kPa on, and half as much again', (tool, texture, limitKpa) => {
    const scenario = plan({ massKg: null, roller: { tool, texture } });
    const pressed = (times: number) =>
      truthOf(20, (tS) => ({ speedCmS: rolling(tS) })).map((tick) => ({ ...tick, pressureKpa: limitKpa * (tick.tS > 10 && tick.tS <= 14 ? times : 0.5) }));
    expect(found(pressed(1.01), scenario)).toEqual([['over-pressure', 1, 12.1, 14.1]]);
    expect(found(pressed(1.51), scenario)).toEqual([['over-pressure', 1, 12.1, 14.1], ['over-pressure', 2, 11.1, 14.1]]);
    expect(found(pressed(0.99), scenario)).toEqual([]);
  });

  it('takes the pressure from the true loads of the cells that bear the body', () => {
    const scenario = plan({ massKg: null, liveliness: 0, roller: BALL, segments: [idle(1), hold(5, 20)] });
    const truth = truthOf(6, () => ({}));
    // 20 % of 75 kg on 15 cm2.
    expect(withPressures(truth, scenario, 2)[40]!.pressureKpa).toBeCloseTo((0.2 * 75 * 9.81) / 15e-4 / 1000, 0);
    expect(withPressures(truth, scenario, 2)[5]!.pressureKpa).toBe(0);
    expect(withPressures(truth, plan(), 2)).toBe(truth);
  });
});

describe('what is due', () => {
  const at = (speedCmS: number) => duesOf(fast(speedCmS, 20, 32), plan()).states;
  const report = (tS: number, level = 1) => ({ kind: 'too-fast', level, tS });

  it('is a must 15 % above a limit, with nothing grey but when it starts', () => {
    const { musts, isGrey } = at(14);
    // Over 3 s after the mean is below 9.6: 14 - 10 * u / 3 from 1.4 on.
    expect(musts).toEqual([{ kind: 'too-fast', level: 1, tS: 23.5, endS: 36.4 }]);
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
    expect(duesOf(fast(13.5, 20, 32), soft).states.musts).toEqual([]);
    expect(duesOf(fast(15, 20, 32), soft).states.musts).toHaveLength(1);
  });

  it('is grey where a stay is as long as the limit, a must where it is 10 % longer', () => {
    const stay = (seconds: number) => duesOf(truthOf(60, (tS) => ({ speedCmS: tS > 10 && tS <= 10 + seconds ? 0 : 5 })), plan()).states.musts;
    expect(stay(30.5)).toEqual([expect.objectContaining({ kind: 'too-long', level: 0 })]);
    expect(stay(33)).toContainEqual(expect.objectContaining({ kind: 'too-long', level: 1 }));
  });
});
