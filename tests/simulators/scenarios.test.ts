import { describe, expect, it } from 'vitest';
import { GROUPS, MUSCLE_GROUPS } from '../../src/guide/groups.ts';
import { createTruth, type Truth } from '../../simulators/roller/truth.ts';
import { DEFAULT_SCENARIO, findScenario, HAND_WRITTEN, SCENARIOS } from '../../simulators/scenarios/library.ts';
import { personOf, type DueState, type Scenario } from '../../simulators/scenarios/scenario.ts';
import { activations, type Activation } from '../score/oracle.ts';
import { cuesOf } from '../score/told.ts';

const durationOf = ({ segments }: Scenario): number => segments.reduce((sum, { seconds }) => sum + seconds, 0);

function truthOf(scenario: Scenario, seed: number): Truth[] {
  const next = createTruth(scenario, personOf(scenario, seed), seed);
  return Array.from({ length: Math.floor(durationOf(scenario) * 10 + 1e-6) }, next);
}

/** States that follow from the motion and from what the person says; pain that stops the session is beyond easing off. */
const ofMotion = ({ due: { states } }: Scenario): DueState[] =>
  states.filter(({ kind, startS }) => kind !== 'over-pressure' || !states.some((state) => state.kind === 'safety-stop' && state.startS === startS));
const named = ({ kind, level }: { kind: string; level: number }): string => `${kind} ${level}`;
const names = (states: readonly { kind: string; level: number }[]): string[] => states.map(named).toSorted();

// A variant with other sensors has the same body.
const BODIES = [...HAND_WRITTEN].filter(({ name }) => !/-(bmi270|mpu6050)$/.test(name)).map((scenario) => [scenario.name, scenario] as const);

describe.each(BODIES)('%s', (_name, scenario) => {
  const truth = truthOf(scenario, 1);
  const due = (factor: number): Activation[] => activations(truth, scenario, { value: factor, time: factor });

  it('has the states by hand that follow from its motion, within 0.15 s', () => {
    const nominal = due(1);
    expect(names(nominal)).toEqual(names(ofMotion(scenario)));
    const late = ofMotion(scenario).map((state) => ({ state, offS: nominal.find((found) => named(found) === named(state))!.startS - state.startS }));
    expect(late.filter(({ offS }) => Math.abs(offS) > 0.15)).toEqual([]);
  });

  it('stays clear of every limit by 8 %, but where it says so', () => {
    expect(names(due(1.08))).toEqual(names(ofMotion(scenario).filter(({ grey }) => !grey)));
    expect(names(due(0.92)).filter((name) => !names(ofMotion(scenario)).includes(name))).toEqual([]);
  });

  it('has the cues by hand that follow from its states by precedence and pacing, within 0.15 s', () => {
    const told = cuesOf(due(1), truth, scenario);
    const sure = scenario.due.cues.filter(({ grey }) => !grey);
    const off = sure.filter((cue) => !told.some((found) => named(found) === named(cue) && Math.abs(found.startS - cue.tS) <= 0.15));
    expect(off).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(sure.length);
    expect(told.length).toBeLessThanOrEqual(scenario.due.cues.length);
  });

  it('has cues that follow states, never two of a kind and level within the cooldown of 12 s', () => {
    for (const { kind, level, tS } of scenario.due.cues) {
      const state = scenario.due.states.find((candidate) => candidate.kind === kind && candidate.level === level)!;
      expect(tS).toBeGreaterThanOrEqual(state.startS);
      expect(tS).toBeLessThanOrEqual(state.endS ?? Infinity);
      const before = scenario.due.cues.filter((cue) => cue.kind === kind && cue.level === level && cue.tS < tS).map((cue) => cue.tS);
      expect(before.every((beforeS) => tS - beforeS >= 12 - 1e-9)).toBe(true);
      expect(before.length).toBeLessThan(3);
    }
  });
});

describe('the library', () => {
  it('has all acceptance scenarios, each name once', () => {
    const all = SCENARIOS.map(({ name }) => name);
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((name) => /^[a-z0-9-]+$/.test(name))).toBe(true);
    for (let number = 1; number <= 15; number++) expect(findScenario(`s${String(number).padStart(2, '0')}`)).not.toBeNull();
  });

  it.each([
    ['s05', 's05-micro-rolls'], ['s05b', 's05b-small-rolls'], ['s07', 's07-rhomboids-9'], ['s07b', 's07b-quadriceps-9'], ['s08', 's08-quadriceps-65'], ['tour', 'tour'], ['too-fast', 'too-fast'], ['good', 'good-rolling'],
  ])('finds %s as %s', (prefix, name) => expect(findScenario(prefix)?.name).toBe(name));

  it.each(['', 's99', 'S01', 'inch', ' '])('finds nothing as "%s"', (name) => expect(findScenario(name)).toBeNull());

  it('begins every scenario with mass and selection, and ends it off the roller', () => {
    for (const { group, side, massKg, commands, segments, title } of SCENARIOS) {
      expect(commands.slice(0, 2)).toEqual([{ tS: 0, command: { type: 'mass', massKg } }, { tS: 0, command: { type: 'select', group, side } }]);
      expect([segments[0]!.pctBw, segments.at(-1)!.pctBw]).toEqual([0, 0]);
      expect(title).toMatch(/^[A-Z0-9]/);
    }
  });

  it('rolls every group over its whole path at 1 cm/s and at three quarters of its limit', () => {
    for (const group of MUSCLE_GROUPS.filter((name) => name !== 'unknown')) {
      const paces = SCENARIOS.filter(({ name }) => name.startsWith(`s15-${group}-`)).map(({ segments }) => segments[1]!.movement);
      expect(paces).toEqual([
        expect.objectContaining({ kind: 'strokes', toCm: GROUPS[group].pathCm, speedCmS: 0.75 * GROUPS[group].warnCmS }),
        expect.objectContaining({ kind: 'strokes', toCm: GROUPS[group].pathCm, speedCmS: 1 }),
      ]);
    }
  });
});

describe('the tour', () => {
  const truth = truthOf(DEFAULT_SCENARIO, 1);
  const contactS = (fromS: number, toS: number): number => truth.filter(({ contact, tS }) => contact && tS > fromS && tS <= toS).length / 10;

  it('is two minutes on the left hamstrings of a person of 75 kg', () => {
    expect(DEFAULT_SCENARIO).toMatchObject({ name: 'tour', group: 'hamstrings', side: 'left', massKg: 75 });
    expect(durationOf(DEFAULT_SCENARIO)).toBeCloseTo(120, 9);
  });

  it('shows good rolling, too fast, too long, too hard, a lift and the dose reached', () => {
    const { cues, states } = DEFAULT_SCENARIO.due;
    expect(new Set(cues.map(({ kind }) => kind))).toEqual(new Set(['too-fast', 'too-long', 'over-pressure', 'dose-goal', 'dose-limit']));
    const calm = truth.filter(({ tS }) => tS > 4 && tS <= 13.8);
    expect(calm.every(({ contact, speedCmS, forceN }) => contact && Math.abs(speedCmS) <= 5 && forceN < 0.4 * 75 * 9.81)).toBe(true);
    expect(states.every(({ startS }) => startS > 14)).toBe(true);
    expect(contactS(84, 89)).toBe(0);
    expect(contactS(0, 63.3)).toBeGreaterThanOrEqual(60);
  });

  it('keeps its cues well apart: one at a time, at most four in a minute', () => {
    const times = DEFAULT_SCENARIO.due.cues.filter(({ open }) => !open).map(({ tS }) => tS);
    times.slice(1).forEach((tS, i) => expect(tS - times[i]!).toBeGreaterThan(8));
    for (const startS of times) expect(times.filter((tS) => tS >= startS && tS < startS + 60).length).toBeLessThanOrEqual(4);
  });
});
