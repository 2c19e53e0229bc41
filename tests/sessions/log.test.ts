import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { infoOf } from '../../src/sessions/import/encode.ts';
import { parseLog } from '../../src/sessions/import/log.ts';
import { sampleTimes } from '../../src/sessions/import/times.ts';
import { csvOf, HEADER, logRows, type LogPlan } from './log-maker.ts';

const ROWS = logRows({ rateHz: 100, seconds: 0.2, turnDps: () => 50, zonesKpa: () => [1, 2] });
const CSV = csvOf(ROWS);
const lines = CSV.split('\n');
const NAMES = lines[0]!.split(',');

/** The one line that comes of a CSV. */
function refusal(csv: string): string {
  try {
    parseLog(csv, 'log.csv');
  } catch (error) {
    if (error instanceof AppError) return error.line;
    throw error;
  }
  return 'accepted';
}

/** The CSV with one cell, or one line, changed. */
const withCell = (row: number, column: string, value: string): string =>
  lines.map((line, index) => (index === row ? line.split(',').with(NAMES.indexOf(column), value).join(',') : line)).join('\n');

describe('a CSV', () => {
  test('may have its columns in any order, more of them, a byte-order mark, CRLF, spaces, quotes, comments and empty lines', () => {
    const reference = parseLog(CSV, 'log.csv');
    const reversed = lines.map((line) =>
      line
        .split(',')
        .toReversed()
        .concat('17')
        .map((cell) => ` "${cell}" `)
        .join(';'),
    );
    reversed[0] = reversed[0]!.replace('17', 'Temp_C').toUpperCase();
    const messy = parseLog(`\uFEFF# logged by hand\r\n\r\n${reversed.join('\r\n')}\r\n\r\n# end\r\n`, 'log.csv');
    expect({ ...messy, ignored: [] }).toEqual(reference);
    expect(messy.ignored).toEqual(['temp_c']);
  });

  test.each([';', '\t'])('may have decimal commas, where %j parts its cells', (delimiter) => {
    const european = lines.map((line) => line.replaceAll(',', delimiter).replaceAll('.', ',')).join('\n');
    expect(european).toContain('0,01');
    expect(parseLog(european, 'log.csv')).toEqual(parseLog(CSV, 'log.csv'));
    expect(refusal(european.replace('0,01', '0,0,1'))).toMatch(/"0,0,1" is not a number/);
  });

  test('may have text with commas in a column that is left out, between quotes', () => {
    const noted = lines.map((line, row) => (row === 0 ? `note,${line}` : `"rolled, ""calves""",${line}`)).join('\n');
    expect({ ...parseLog(noted, 'log.csv'), ignored: [] }).toEqual(parseLog(CSV, 'log.csv'));
  });

  test.each([
    ['', 'E_CSV: log.csv is empty'],
    ['a,b\n1,2', /line 1: missing columns t_s, gyro_x_dps, .*the first line must name the columns/],
    [CSV.replace('gyro_y_dps', 'gyro_y'), /line 1: missing column gyro_y_dps; rename gyro_y to gyro_y_dps$/],
    [CSV.replace('accel_z_g', 'az_m_s2'), /missing column accel_z_g; make accel_z_g of az_m_s2 \(divide by 9.80665\)$/],
    [CSV.replace('t_s', 'time_ms'), /missing column t_s; make t_s of time_ms \(divide by 1000\)$/],
    [CSV.replace('gyro_x_dps', 'gyro_x_rad_s'), /make gyro_x_dps of gyro_x_rad_s \(multiply by 57.29578\)$/],
    [CSV.replace('p0_kpa', 'p2_kpa'), /line 1: 2 pressure columns, but no p0_kpa; number the zones/],
    [CSV.replace('p1_kpa', 'p0_kpa'), /line 1: column p0_kpa stands there twice/],
    [withCell(7, 'gyro_x_dps', 'NaN'), /line 8, column gyro_x_dps: "NaN" is not a number/],
    [withCell(7, 'accel_x_g', ''), /line 8, column accel_x_g: an empty cell/],
    [withCell(7, 'p1_kpa', '0x10'), /line 8, column p1_kpa: "0x10" is not a number/],
    [withCell(7, 't_s', '1e999999'), /line 8, column t_s: "1e999999" is too large/],
    [withCell(7, 't_s', '0.01'), /line 8, column t_s: 0.01 does not come after 0.05; times must increase/],
    [lines.with(4, '1,2').join('\n'), /line 5 has 2 of 9 cells/],
    [lines.with(4, `${lines[4]},5`).join('\n'), /line 5 has 10 cells, the header 9/],
    [lines.slice(0, 8).join('\n'), /has 7 rows of data; at least 10 are needed/],
    [HEADER, /has 0 rows of data/],
  ])('that is wrong is refused in one line that says where: %#', (csv, expected) => {
    const line = refusal(csv);
    expect(line).toMatch(expected);
    expect(line).not.toContain('\n');
  });

  test.each([
    [9.80665, /looks like m\/s\^2; divide them by 9.80665/],
    [1000, /looks like mg; divide them by 1000/],
  ])('in another unit (times %f) than its header says is refused', (factor, expected) => {
    const csv = csvOf(ROWS.map((row) => ({ ...row, accelG: row.accelG.map((value) => value * factor) })));
    expect(refusal(csv)).toMatch(expected);
  });

  test.each<[string, Omit<LogPlan, 'seconds'>, RegExp]>([
    ['rates', { rateHz: 5, turnDps: () => 0 }, /rows come at 5.000 Hz; 10 to 1000 Hz/],
    ['turns', { rateHz: 100, turnDps: () => 5000 }, /gyro_x goes up to 5000 deg\/s; at most 4000/],
    ['pressures', { rateHz: 100, turnDps: () => 0, zonesKpa: () => [1e5] }, /go up to 100 MPa/],
  ])('with %s beyond the protocol is refused', (_what, plan, expected) => {
    const log = parseLog(csvOf(logRows({ seconds: 5, ...plan })), 'log.csv');
    const facts = { deviceId: '0011223344556677', name: 'log', radiusMm: 75, axis: 'x', mountMm: null, zoneAreaCm2: 10 } as const;
    expect(() => infoOf(log, sampleTimes(log.timeS), facts)).toThrow(
      expect.objectContaining({ code: 'E_CSV', line: expect.stringMatching(expected) as string }),
    );
  });

  test('of any text is read or refused, never more', () => {
    const cell = fc.oneof(
      fc.constantFrom('t_s', 'gyro_x_dps', '', '1', '-2.5', 'nan', '#', '"', '\uFEFF', '\0'),
      fc.string({ maxLength: 4 }),
    );
    const anyCsv = fc
      .array(
        fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(',')),
        { maxLength: 20 },
      )
      .map((rows) => rows.join('\n'));
    fc.assert(
      fc.property(anyCsv, (text) => {
        expect(refusal(text)).toMatch(/^E_CSV|^accepted$/);
      }),
      { seed: 6, numRuns: 500 },
    );
    fc.assert(
      fc.property(anyCsv, (text) => {
        expect(refusal(`${lines.slice(0, 12).join('\n')}\n${text}`)).toMatch(/^E_CSV|^accepted$/);
      }),
      { seed: 7, numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.nat(CSV.length), fc.string({ maxLength: 3 }), (at, inserted) => {
        expect(refusal(CSV.slice(0, at) + inserted + CSV.slice(at))).toMatch(/^E_CSV|^accepted$/);
      }),
      { seed: 8, numRuns: 500 },
    );
  });
});
