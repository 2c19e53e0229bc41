import { AppError } from '../../errors.ts';
import { ACCEL_COLUMNS, GYRO_COLUMNS, isZoneColumn, REQUIRED_COLUMNS, suggestionFor, TIME_COLUMN, zoneColumn } from './header.ts';

export type Triple<T> = readonly [T, T, T];

/** A logger's table, one typed array a column. */
export interface SensorLog {
  readonly rows: number;
  /** As written: seconds, strictly increasing. */
  readonly timeS: Float64Array;
  readonly gyroDps: Triple<Float64Array>;
  readonly accelG: Triple<Float64Array>;
  /** Pressure of each axial zone, kPa. */
  readonly zonesKpa: readonly Float64Array[];
  /** Columns of the file that mean nothing here. */
  readonly ignored: readonly string[];
}

const MIN_ROWS = 10;
const MAX_ZONES = 32;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** A comma between digits, where cells are parted by something else. */
const DECIMAL_COMMA = /^([^,]*\d),(?=\d)/;
const DELIMITERS = [',', ';', '\t'] as const;

const csvError = (message: string, hint: string): AppError => new AppError('E_CSV', message, hint);

/**
 * Reads a CSV with a header line, columns in any order. A byte-order mark, any line ends, spaces, quotes, empty lines and lines
 * that start with # are fine, and decimal commas where semicolons or tabs part the cells. Throws E_CSV, which names the line and the column, at the first thing that is not.
 */
export function parseLog(text: string, file: string): SensorLog {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const headerAt = lines.findIndex(isContent);
  const headerLine = lines[headerAt];
  if (headerLine === undefined) throw csvError(`${file} is empty`, headerHint());
  const delimiter = DELIMITERS.toSorted((a, b) => headerLine.split(b).length - headerLine.split(a).length)[0] ?? ',';
  const names = cellsOf(headerLine, delimiter).map((name) => name.toLowerCase());
  const zones = checkHeader(names, `${file} line ${headerAt + 1}`);

  const wanted = [...REQUIRED_COLUMNS, ...Array.from({ length: zones }, (_, zone) => zoneColumn(zone))];
  const places = wanted.map((name) => names.indexOf(name));
  const columns = wanted.map(() => new Float64Array(lines.length));
  let rows = 0;
  for (let at = headerAt + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!isContent(line)) continue;
    const where = `${file} line ${at + 1}`;
    const cells = cellsOf(line, delimiter);
    if (cells.length < names.length)
      throw csvError(`${where} has ${cells.length} of ${names.length} cells`, 'complete the row or delete it');
    if (cells.slice(names.length).some((cell) => cell !== ''))
      throw csvError(`${where} has ${cells.length} cells, the header ${names.length}`, 'give every column a name');
    for (const [index, place] of places.entries())
      columns[index]![rows] = numberOf(cells[place] ?? '', delimiter, `${where}, column ${wanted[index]}`);
    const time = columns[0]!;
    if (rows > 0 && time[rows]! <= time[rows - 1]!) {
      throw csvError(
        `${where}, column ${TIME_COLUMN}: ${time[rows]} does not come after ${time[rows - 1]}`,
        'times must increase from row to row: sort the rows or delete repeated ones',
      );
    }
    rows++;
  }
  if (rows < MIN_ROWS) throw csvError(`${file} has ${rows} rows of data`, `at least ${MIN_ROWS} are needed`);

  const column = (name: string): Float64Array => columns[wanted.indexOf(name)]!.subarray(0, rows);
  const triple = ([x, y, z]: Triple<string>): Triple<Float64Array> => [column(x), column(y), column(z)];
  const log: SensorLog = {
    rows,
    timeS: column(TIME_COLUMN),
    gyroDps: triple(GYRO_COLUMNS),
    accelG: triple(ACCEL_COLUMNS),
    zonesKpa: Array.from({ length: zones }, (_, zone) => column(zoneColumn(zone))),
    ignored: names.filter((name) => name !== '' && !wanted.includes(name)),
  };
  checkUnits(log, file);
  return log;
}

const isContent = (line: string): boolean => line.trim() !== '' && !line.trimStart().startsWith('#');

const cellsOf = (line: string, delimiter: string): string[] =>
  partsOf(line, delimiter).map((cell) =>
    cell
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );

/** Between quotes a delimiter parts nothing. */
function partsOf(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const parts = [''];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    if (char === delimiter && !quoted) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts;
}

const headerHint = (): string => `the first line must name the columns ${REQUIRED_COLUMNS.join(',')}[,p0_kpa,...]`;

/** The number of pressure zones. Throws E_CSV where a column is missing or stands there twice. */
function checkHeader(names: readonly string[], where: string): number {
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) throw csvError(`${where}: column ${twice} stands there twice`, 'keep one of them');
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0) {
    const suggestions = missing.map((name) => suggestionFor(name, names)).filter((suggestion) => suggestion !== null);
    throw csvError(
      `${where}: missing column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}`,
      suggestions.length > 0 ? suggestions.join(', ') : headerHint(),
    );
  }
  const zones = names.filter(isZoneColumn);
  const gap = zones.findIndex((_, zone) => !names.includes(zoneColumn(zone)));
  if (gap >= 0)
    throw csvError(
      `${where}: ${zones.length} pressure columns, but no ${zoneColumn(gap)}`,
      'number the zones p0_kpa, p1_kpa, ... from one end to the other',
    );
  if (zones.length > MAX_ZONES) throw csvError(`${where}: ${zones.length} pressure zones`, `at most ${MAX_ZONES} fit the protocol`);
  return zones.length;
}

function numberOf(cell: string, delimiter: string, where: string): number {
  const digits = delimiter === ',' ? cell : cell.replace(DECIMAL_COMMA, '$1.');
  const value = NUMBER.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isFinite(value)) return value;
  const what = cell === '' ? 'an empty cell' : `"${cell.slice(0, 40)}" is ${Number.isNaN(value) ? 'not a number' : 'too large'}`;
  throw csvError(`${where}: ${what}`, 'fill it in or delete the row');
}

/** A column may be named right and filled wrong: at rest a sensor feels 1 g, whatever it is in. */
function checkUnits({ rows, accelG: [x, y, z] }: SensorLog, file: string): void {
  const sizes = Float64Array.from({ length: rows }, (_, row) => Math.hypot(x[row]!, y[row]!, z[row]!)).toSorted();
  const medianG = sizes[rows >> 1]!;
  const unit = medianG > 7 && medianG < 14 ? ['m/s^2', '9.80665'] : medianG > 700 && medianG < 1400 ? ['mg', '1000'] : null;
  if (unit !== null)
    throw csvError(
      `${file}: the accel columns have a median size of ${medianG.toFixed(1)}, which looks like ${unit[0]}`,
      `divide them by ${unit[1]}: they must be in g`,
    );
}
