import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CUE_KINDS } from '../../src/coaching/events.ts';
import { COACHING_PARAMETERS, defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { precedenceOf, RULES } from '../../src/coaching/rules/list.ts';
import type { Parameter } from '../../src/coaching/rules/rule.ts';
import * as ticks from '../../src/coaching/ticks.ts';
import { GROUPS, MUSCLE_GROUPS } from '../../src/guide/groups.ts';
import { TICK_HZ, TICK_S } from '../../src/motion/tick.ts';

const parameters = Object.entries<Parameter>(COACHING_PARAMETERS);

describe('parameters', () => {
  it.each(parameters)('%s: its default lies within its range', (_, { default: value, min, max }) => {
    expect(min).toBeLessThan(max);
    expect(value).toBeGreaterThanOrEqual(min);
    expect(value).toBeLessThanOrEqual(max);
  });

  it('are declared once each', () => {
    const declared = RULES.flatMap((rule) => Object.keys(rule.parameters));
    expect(new Set(declared).size).toBe(declared.length);
    expect(Object.keys(defaultCoachingConfig)).toEqual(Object.keys(COACHING_PARAMETERS));
  });

  it('are those of the limits per group', () => {
    for (const group of MUSCLE_GROUPS) {
      expect(defaultCoachingConfig[`${group}WarnCmS`]).toBe(GROUPS[group].warnCmS);
      expect([defaultCoachingConfig[`${group}ForcePctBw`], defaultCoachingConfig[`${group}StrongForcePctBw`]]).toEqual(GROUPS[group].forcePctBw);
    }
  });

  it.each(parameters)('%s: stands in the documentation with its default and range', (name, { default: value, min, max, unit }) => {
    const doc = readFileSync(new URL('../../docs/coaching.md', import.meta.url), 'utf8');
    expect(doc).toContain(`| \`${name}\` | ${value} | ${min} to ${max} | ${unit} |`);
  });
});

describe('the limit of speed', () => {
  it('is the slow end of the published strokes, half as much again, and never below 6 cm/s', () => {
    // No path is known where no group is chosen: the 12 cm/s there are those of a path of 32 cm.
    const worst = Object.values(GROUPS).map(({ pathCm, warnCmS }) => Math.abs(warnCmS - Math.max(6, (1.5 * (pathCm ?? 32)) / 4)));
    expect(Math.max(...worst)).toBeLessThanOrEqual(0.3);
  });
});

describe('kinds', () => {
  it('have each a rule and a place in the order', () => {
    expect(RULES.map(({ kind }) => kind).sort()).toEqual([...CUE_KINDS].sort());
    for (const kind of CUE_KINDS) expect([1, 2].some((level) => precedenceOf({ kind, level }) >= 0)).toBe(true);
  });
});

describe('ticks', () => {
  it('are those of motion', () => expect([ticks.TICK_HZ, ticks.TICK_S]).toEqual([TICK_HZ, TICK_S]));
});
