import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COACHING_PARAMETERS, defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { flagOf, loadConfig, SETTINGS, variableOf } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';
import { inScratch } from '../sessions/scratch.ts';

const load = (
  flags: Record<string, string> = {},
  env: Record<string, string> = {},
  file: string | null = null,
): ReturnType<typeof loadConfig> => loadConfig({ flags: new Map(Object.entries(flags)), env, file });

const refusal = (...args: Parameters<typeof load>): string => {
  try {
    load(...args);
  } catch (error) {
    if (error instanceof AppError) return error.line;
    throw error;
  }
  return 'accepted';
};

describe('the configuration', () => {
  test('has defaults for all that must be known, and for no more', () => {
    expect(load()).toEqual({
      source: 'simulator',
      seed: 1,
      rate: 1,
      host: '127.0.0.1',
      port: 8410,
      open: false,
      loop: false,
      coaching: defaultCoachingConfig,
    });
  });

  test('takes a flag before a variable, a variable before the file, the file before the default', () =>
    inScratch(async (folder) => {
      const file = join(folder, 'config.json');
      await writeFile(file, JSON.stringify({ port: 1, seed: 2, massKg: 70, coaching: { areaWarnS: 25, areaHintS: 15 } }));
      const env = {
        SMART_ROLLER_SEED: '3',
        SMART_ROLLER_MASS_KG: '71.5',
        SMART_ROLLER_COACHING_AREA_WARN_S: '26',
        HOME: '/',
        SMART_ROLLER_HOST: '',
      };
      expect(load({ massKg: '72' }, env, file)).toMatchObject({
        port: 1,
        seed: 3,
        massKg: 72,
        host: '127.0.0.1',
        coaching: { areaWarnS: 26, areaHintS: 15, areaStrongS: 60 },
      });
      expect(load({}, { SMART_ROLLER_CONFIG: file })).toMatchObject({ port: 1, seed: 2 });
    }));

  test('can be set in all three ways by names that follow from the key', () => {
    expect([flagOf('massKg'), variableOf('massKg')]).toEqual(['--mass-kg', 'SMART_ROLLER_MASS_KG']);
    expect([flagOf('coaching.areaWarnS'), variableOf('coaching.areaWarnS')]).toEqual([
      '--coaching-area-warn-s',
      'SMART_ROLLER_COACHING_AREA_WARN_S',
    ]);
  });

  test('refuses numbers that were set against their order, in whatever layer, in one line', () => {
    const [flag, variable] = [{ 'coaching.areaHintS': '40' }, { SMART_ROLLER_COACHING_AREA_WARN_S: '35' }];
    expect(refusal(flag, variable)).toBe('E_CONFIG: coaching.areaHintS (40) is above coaching.areaWarnS (35); set areaHintS no higher than areaWarnS');
    expect(load({ 'coaching.areaWarnS': '15' }).coaching).toMatchObject({ areaHintS: 15, areaWarnS: 15 });
  });

  test('takes the ends of every coaching range, and nothing beyond', () => {
    for (const [name, { min, max }] of Object.entries(COACHING_PARAMETERS)) {
      const path = `coaching.${name}`;
      for (const end of [min, max]) expect(load({ [path]: String(end) }).coaching).toMatchObject({ [name]: end });
      expect(refusal({ [path]: String(max + 1) })).toMatch(
        `E_USAGE: ${flagOf(path)} cannot be ${max + 1}; give a number from ${min} to ${max}`,
      );
    }
  });

  test.each([
    [{ port: '65536' }, {}, /E_USAGE: --port cannot be 65536; give a whole number from 0 to 65535/],
    [{ port: '80.5' }, {}, /--port cannot be 80.5/],
    [{ port: '' }, {}, /--port cannot be ""/],
    [{ rate: 'fast' }, {}, /--rate cannot be "fast"; give a number from 0.25 to 16/],
    [{ group: 'quads' }, {}, /--group cannot be "quads"; choose one of piriformis/],
    [{ group: 'quad' }, {}, /--group cannot be "quad"; did you mean quadriceps\?/],
    [{ side: 'lefft' }, {}, /did you mean left\?/],
    [{}, { SMART_ROLLER_PORT: 'x' }, /E_CONFIG: SMART_ROLLER_PORT cannot be "x"/],
    [{}, { SMART_ROLLER_OPEN: 'perhaps' }, /SMART_ROLLER_OPEN cannot be "perhaps"; give true or false/],
    [{}, { SMART_ROLLER_PROT: '1' }, /E_CONFIG: unknown variable SMART_ROLLER_PROT; did you mean SMART_ROLLER_PORT\?/],
  ])('refuses in one line what does not fit: %o %o', (flags, env, expected) => {
    expect(refusal(flags, env)).toMatch(expected);
  });

  test.each([
    ['{"prot": 1}', /E_CONFIG: unknown key prot in .*; did you mean port\?/],
    ['{"coaching": {"areaWarn": 1}}', /unknown key coaching.areaWarn in .*; did you mean coaching.areaWarnS\?/],
    ['{"coaching": {"areaWarnS": 600}}', /coaching.areaWarnS in .* cannot be 600; give a number from 15 to 60 s/],
    ['{"coaching": 3}', /coaching in .* is no object/],
    ['{"port": "8410"}', /port in .* cannot be "8410"/],
    ['{"port": 8410', /is not JSON/],
    ['[1]', /is no JSON object/],
    ['null', /is no JSON object/],
    ['', /is not JSON/],
  ])('refuses a broken file in one line: %s', (content, expected) =>
    inScratch(async (folder) => {
      const file = join(folder, 'config.json');
      await writeFile(file, content);
      expect(refusal({}, {}, file)).toMatch(expected);
    }),
  );

  test('refuses a file that is not there', () => {
    expect(refusal({}, {}, '/nowhere/config.json')).toMatch(/E_CONFIG: config file \/nowhere\/config.json cannot be read/);
  });

  test('tells what every setting is', () => {
    for (const { doc, expects } of Object.values(SETTINGS)) expect(doc && expects).toBeTruthy();
  });
});
