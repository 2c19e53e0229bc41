import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FAULT_KINDS, FAULT_NAMES } from '../../simulators/faults/kinds.ts';
import { parseFaults } from '../../simulators/faults/script.ts';
import { checkRollers, faultsOf } from '../../src/app/faults.ts';
import { loadConfig } from '../../src/config.ts';
import { AppError } from '../../src/errors.ts';

const lineOf = (faults: string, source = 'simulator'): string => {
  try {
    faultsOf({ source, faults });
    return 'accepted';
  } catch (error) {
    if (error instanceof AppError) return error.line;
    throw error;
  }
};

describe('a fault script', () => {
  test('may have a comma where it has no value', () =>
    expect(faultsOf({ source: 'simulator', faults: 'drop,at=3s;vanish,at=5s,for=2s' })).toEqual(faultsOf({ source: 'simulator', faults: 'drop:at=3s;vanish:at=5s,for=2s' })));

  test('has kinds, values and times', () => {
    expect(faultsOf({ source: 'simulator', faults: 'blackout:at=20s,for=3s;loss:5%' })).toEqual([
      { kind: 'blackout', roller: 1, value: 0, atS: 20, forS: 3, everyS: null },
      { kind: 'loss', roller: 1, value: 5, atS: 0, forS: null, everyS: null },
    ]);
    expect(faultsOf({ source: 'simulator', faults: ' slow : 1.5s , for = 500ms, every=2min ; drop:every=30s;' })).toEqual([
      { kind: 'slow', roller: 1, value: 1500, atS: 0, forS: 0.5, everyS: 120 },
      { kind: 'drop', roller: 1, value: 0, atS: 0, forS: 0, everyS: 30 },
    ]);
  });

  test.each(FAULT_NAMES)('may name %s alone, and then has what is usual', (kind) => {
    const { value, usualForS } = FAULT_KINDS[kind];
    expect(faultsOf({ source: 'simulator', faults: kind })).toEqual([{ kind, roller: 1, value: value?.usual ?? 0, atS: 0, forS: usualForS, everyS: null }]);
  });

  test.each([
    ['', /no fault in it/],
    [' ; ', /no fault in it/],
    ['blakout:at=20s', /no fault "blakout"; did you mean blackout\?/],
    ['rain', /choose one of loss, bursts, blackout/],
    ['blackout:fro=3s', /blackout takes no "fro"; did you mean for\?/],
    ['blackout:5%', /blackout takes no value/],
    ['loss:5', /loss cannot be "5"; give 0% to 100%/],
    ['loss:101%', /loss cannot be "101%"/],
    ['loss:5%,6%', /two values/],
    ['loss:', /loss cannot be ""/],
    ['mtu:23.5', /mtu cannot be "23.5"; give 23 to 517/],
    ['blackout:at=20', /at of blackout cannot be "20"; give a time as at=20s/],
    ['blackout:at=1s,at=2s', /at twice/],
    ['blackout:at=-1s', /cannot be "-1s"/],
    ['drop:roller=0', /roller of drop cannot be "0"; give its number/],
    ['drop:roller=blue', /cannot be "blue"/],
    ['adapter-off:roller=2', /adapter-off befalls every roller; leave out roller=/],
    ['drop:for=1s', /drop is over at once/],
    ['blackout:for=5s,every=5s', /not be over when it comes again/],
    ['loss:every=5s', /not be over when it comes again/],
  ])('%j is refused in one line', (text, expected) => {
    const line = lineOf(text);
    expect(line).toMatch(/^E_USAGE: faults: .+; .+$/);
    expect(line).toMatch(expected);
  });

  test('may say which roller', () => {
    const faults = faultsOf({ source: 'simulator', faults: 'vanish:at=5s,roller=2' });
    expect(faults).toMatchObject([{ kind: 'vanish', roller: 2, atS: 5 }]);
    expect(() => checkRollers(faults, 2)).not.toThrow();
    expect(() => checkRollers(faults, 1)).toThrow('vanish is for roller 2, and there is one roller');
  });

  test('is for the simulator alone', () => {
    expect(lineOf('loss', 'ble')).toBe('E_USAGE: faults are given, but the source is ble; add --source simulator, or leave the faults out');
  });

  test('is never a crash, whatever the text', () => {
    const piece = fc.oneof(fc.constantFrom(...FAULT_NAMES, ':', ';', ',', '=', 'at', 'for', 'every', '5%', '3s', '20'), fc.string({ maxLength: 4 }));
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const script = parseFaults(pieces.join(''));
      if (script.ok) expect(script.faults.length).toBeGreaterThan(0);
      else expect(script.problem.message).not.toBe('');
    }), { seed: 4, numRuns: 500 });
  });

  test('can be set like any other setting', () => {
    expect(loadConfig({ flags: new Map([['faults', 'loss:5%']]), env: {}, file: null }).faults).toBe('loss:5%');
    expect(loadConfig({ flags: new Map(), env: { SMART_ROLLER_FAULTS: 'drop' }, file: null }).faults).toBe('drop');
  });

  test('is told in docs/faults.md, every kind of it', () => {
    const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
    const words = page.replaceAll(/\s+/g, ' ');
    for (const kind of FAULT_NAMES) {
      const { value, usualForS, doc } = FAULT_KINDS[kind];
      const lasts = usualForS === null ? 'to the end' : usualForS === 0 ? '' : `${usualForS} s`;
      expect(page).toContain(`| \`${kind}\` | ${doc} | ${value === null ? '' : `\`${value.usual}${value.unit}\``} | ${lasts} |`);
      if (value) expect(words).toContain(`\`${kind}\` ${value.min} to ${value.max}${value.unit && ` ${value.unit}`}`);
    }
  });
});
