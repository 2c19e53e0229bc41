import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byMuscle } from '../../../src/dashboard/history/by-muscle.ts';
import { fitted, fittedSide } from '../../../src/dashboard/history/fitted.ts';
import { musclesOf } from '../../../src/dashboard/history/stretches.ts';
import { MUSCLE_GROUPS, SIDES } from '../../../src/guide/groups.ts';

const rolled = fc.array(fc.record({ group: fc.constantFrom(...MUSCLE_GROUPS), side: fc.constantFrom(...SIDES) }), { maxLength: 20 });

describe('what was rolled', () => {
  it('stands under its muscle, once each, nothing lost and in order', () => {
    fc.assert(fc.property(rolled, (all) => {
      const muscles = byMuscle(all);
      expect(muscles.map(({ group }) => group)).toEqual([...new Set(all.map(({ group }) => group))]);
      for (const { group, sides } of muscles) expect(sides).toEqual(all.filter((each) => each.group === group));
    }));
  });
});

describe('stretches of a plot', () => {
  const stretch = (muscle: string, startS: number, endS: number) => ({ muscle, startS, endS });

  it('share the name of a muscle with their neighbours, not with one that comes back later', () => {
    const stretches = [stretch('Lats', 0, 60), stretch('Lats', 60, 90), stretch('Quadriceps', 90, 120), stretch('Lats', 120, 130)];
    expect(musclesOf(stretches)).toEqual([stretch('Lats', 0, 90), stretch('Quadriceps', 90, 120), stretch('Lats', 120, 130)]);
    expect(musclesOf([])).toEqual([]);
  });

  it('are named as far as there is room, and never beyond it', () => {
    expect([10, 9, 4, 3, 0].map((characters) => fitted('Quadriceps', characters))).toEqual(['Quadriceps', 'Quadrice\u2026', 'Qua\u2026', null, null]);
    expect(fitted('Lats', 4)).toBe('Lats');
    expect([5, 4, 1, 0].map((characters) => fittedSide('right', characters))).toEqual(['right', 'R', 'R', null]);
  });
});
