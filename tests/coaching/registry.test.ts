import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ASCENDING, COACHING_PARAMETERS, completeConfig, defaultCoachingConfig, findDisorder } from '../../src/coaching/parameters.ts';
import { RULES } from '../../src/coaching/rules/list.ts';

const ROOM = path.resolve(import.meta.dirname, '../../src/coaching');
const files = readdirSync(ROOM, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => file.endsWith('.ts'));
/** A safety stop is a state of the session too. */
const KINDS = RULES.map(({ kind }) => kind).filter((kind) => kind !== 'safety-stop');
const naming = (kind: string): string[] =>
  files.filter((file) => readFileSync(path.join(ROOM, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').includes(`'${kind}'`)).sort();

describe('adding a rule', () => {
  it.each(KINDS)('%s: stands in its own file and in the list, and nowhere else', (kind) => {
    const named = naming(kind).filter((file) => file !== `rules/${kind}.ts` && file !== 'rules/list.ts');
    // The goal is not announced once the limit is reached.
    expect(named).toEqual(kind === 'dose-limit' ? ['rules/dose-goal.ts'] : []);
    expect(naming(kind)).toContain(`rules/${kind}.ts`);
  });
});

describe('the order of numbers', () => {
  it('is that of known ones, each in one chain, and the defaults keep it', () => {
    const names = ASCENDING.flat();
    expect(names.filter((name) => !(name in COACHING_PARAMETERS))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(findDisorder(defaultCoachingConfig)).toBeNull();
  });

  it('is asked only of what was set', () => {
    expect(findDisorder({ areaHintS: 40, areaWarnS: 30 })).toEqual(['areaHintS', 'areaWarnS']);
    expect(findDisorder({ areaHintS: 50, areaStrongS: 40 })).toEqual(['areaHintS', 'areaStrongS']);
    expect(findDisorder({ areaHintS: 30, areaWarnS: 30 })).toBeNull();
    expect(findDisorder({ areaHintS: 40 })).toBeNull();
  });

  it('makes a default give way to what was set, either way', () => {
    expect(completeConfig({ areaWarnS: 15 })).toMatchObject({ areaHintS: 15, areaWarnS: 15, areaStrongS: 60 });
    expect(completeConfig({ areaHintS: 50, areaStrongS: 55 })).toMatchObject({ areaHintS: 50, areaWarnS: 50, areaStrongS: 55 });
    expect(completeConfig({ doseMaxS: 60, doseStrongS: 90 })).toMatchObject({ doseMinS: 30, doseGoalS: 60, doseMaxS: 60 });
    expect(completeConfig({})).toEqual(defaultCoachingConfig);
  });

  it('leaves every number in its range, and in order, whatever end of a range is set', () => {
    for (const [name, { min, max }] of Object.entries(COACHING_PARAMETERS)) {
      for (const end of [min, max]) {
        const config = completeConfig({ [name]: end });
        expect(findDisorder(config), name).toBeNull();
        for (const [each, range] of Object.entries(COACHING_PARAMETERS)) {
          const value = config[each as keyof typeof config];
          expect(value >= range.min && value <= range.max, `${each} with ${name} ${end}`).toBe(true);
        }
      }
    }
  });
});
