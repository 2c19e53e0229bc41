import { describe, expect, it } from 'vitest';
import { failuresOf, type Score } from './gates.ts';
import type { Grade } from './judge.ts';
import { documentOf } from './table.ts';
import { emptyTally, quantile, type Tally } from './tally.ts';

const tally = (changes: Partial<Tally> = {}): Tally => ({ ...emptyTally(), hits: 100, onsetsS: Array.from({ length: 100 }, () => 0.1), ...changes });
const errors = (rms: number) => ({ sum: rms * rms * 100, count: 100 });

const WITNESS = { recording: 'two turns', restsS: [1, 15], gravityDeg: [-1, -735], estimatedDeg: [2, -731], wholeDeg: -729 } as const;

const scoreOf = (grade: Grade, states: Tally, { speed = 0, position = 0, falsePer90S = 0, value = 0.4 }: { speed?: number; position?: number; falsePer90S?: number; value?: number | null } = {}): Score => ({
  seeds: 50,
  kinds: [{ grade, what: 'states', kind: 'too-fast', tally: states }],
  scenarios: [{
    scenario: 'one', grade, seeds: 50, states, cues: emptyTally(), speed: errors(speed), position: errors(position), speedRuns: [speed], positionRuns: [position], examples: [],
  }],
  good: [{ scenario: 'good', falsePer90S }],
  realData: { rows: [{ what: 'angle', unit: 'deg', value, limit: 0.5 }], witnesses: [WITNESS] },
});

describe('the gates', () => {
  it('let pass what is within every bound, and where there is no recording', () => {
    expect(failuresOf(scoreOf('clean', tally({ missed: 1, false: 1 }), { speed: 0.1, position: 0.3, falsePer90S: 0.02, value: null }))).toEqual([]);
    expect(failuresOf(scoreOf('worst', tally({ missed: 3, false: 3 }), { speed: 0.3, position: 0.8 }))).toEqual([]);
  });

  it.each([
    ['clean', tally({ missed: 2 }), {}, ['too-fast (states, clean): recall 0.980', 'one (states): recall 0.980']],
    ['clean', tally({ false: 2 }), {}, ['too-fast (states, clean): precision 0.980', 'one (states): precision 0.980']],
    ['worst', tally({ missed: 4 }), {}, ['too-fast (states, worst): recall 0.962', 'one (states): recall 0.962']],
    ['clean', tally({ onsetsS: Array.from({ length: 100 }, (_, i) => (i < 94 ? 0.1 : 0.4)) }), {}, ['too-fast (states, clean): onset off by 0.40', 'one (states): onset off by 0.40']],
    ['worst', tally({ releasesS: [0, 0.31] }), {}, ['too-fast (states, worst): end off by 0.31', 'one (states): end off by 0.31']],
    ['clean', tally(), { speed: 0.11 }, ['one: speed off by 0.110 cm/s']],
    ['worst', tally(), { position: 0.81 }, ['one: position off by 8.10 mm']],
    ['clean', tally(), { falsePer90S: 0.021 }, ['good: 0.021 false cues']],
    ['clean', tally(), { value: 0.51 }, ['real data, angle: 0.510']],
  ] as const)('name what is not (%s)', (grade, states, more, wanted) => {
    const failures = failuresOf(scoreOf(grade, states, more));
    expect(failures).toHaveLength(wanted.length);
    wanted.forEach((text, i) => expect(failures[i]).toContain(text));
  });

  it('do not hold against a roller what cannot be known from inside it', () => {
    expect(failuresOf(scoreOf('reported', tally({ missed: 50, false: 50 }), { speed: 2, position: 7 }))).toEqual([]);
  });
});

describe('docs/accuracy.md', () => {
  it('says how many seeds and which, what failed, and what was skipped', () => {
    const text = documentOf(scoreOf('clean', tally({ missed: 2 }), { value: null }));
    expect(text).toContain('with 50 seeds');
    expect(text).toMatch(/these\s+are odd ones/);
    expect(text).toMatch(/\| one .*\| FAILS/);
    expect(text).toMatch(/\| two turns +\| 1.00 and 15.00 +\| -1.0 and -735.0 +\| -734.0 +\| -733.0 +\| -729.0/);
    expect(text).toMatch(/\| angle .*skipped: no real-data/);
  });
});

it('takes the 95th percentile as a value that occurs', () => {
  expect(quantile([0.4, 0.1, 0.2, 0.3], 0.5)).toBe(0.2);
  expect(quantile([1, 2], 0.95)).toBe(2);
  expect(quantile([], 0.95)).toBeNaN();
});
