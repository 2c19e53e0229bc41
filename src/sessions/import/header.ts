/** The columns of docs/recording-format.md, section "CSV": time, then three rates and three specific forces. */
export const TIME_COLUMN = 't_s';
export const GYRO_COLUMNS = ['gyro_x_dps', 'gyro_y_dps', 'gyro_z_dps'] as const;
export const ACCEL_COLUMNS = ['accel_x_g', 'accel_y_g', 'accel_z_g'] as const;
export const REQUIRED_COLUMNS: readonly string[] = [TIME_COLUMN, ...GYRO_COLUMNS, ...ACCEL_COLUMNS];

const ZONE_COLUMN = /^p(\d+)_kpa$/;
export const zoneColumn = (zone: number): string => `p${zone}_kpa`;
export const isZoneColumn = (name: string): boolean => ZONE_COLUMN.test(name);

/** What other loggers call the quantities, in the spellings met most. */
const QUANTITIES: readonly { readonly column: (axis: string) => string; readonly spelling: RegExp }[] = [
  { column: () => TIME_COLUMN, spelling: /^(t|time|timestamp|sec|secs|seconds|ms|millis|us|micros)(_?(s|sec|ms|us|ns))?$/ },
  { column: (axis) => `gyro_${axis}_dps`, spelling: /^(gyr|gyro|gyroscope|g|w|omega|angular_?velocity)_?([xyz])(_.*|$)/ },
  { column: (axis) => `accel_${axis}_g`, spelling: /^(acc|accel|accelerometer|acceleration|a|linear_?acceleration)_?([xyz])(_.*|$)/ },
];

/** How a value in another unit becomes ours. */
const UNITS: readonly { readonly spelling: RegExp; readonly howTo: string }[] = [
  { spelling: /rad/, howTo: 'multiply by 57.29578' },
  { spelling: /mdps/, howTo: 'divide by 1000' },
  { spelling: /m_?s_?2|ms2|mps2/, howTo: 'divide by 9.80665' },
  { spelling: /_mg$/, howTo: 'divide by 1000' },
  { spelling: /(^|_)(ms|millis)$/, howTo: 'divide by 1000' },
  { spelling: /(^|_)(us|micros)$/, howTo: 'divide by 1000000' },
];

/**
 * What a missing column may be called in this file, and what to do about it: 'rename sec to t_s', or null where nothing comes near.
 */
export function suggestionFor(missing: string, found: readonly string[]): string | null {
  for (const name of found) {
    for (const { column, spelling } of QUANTITIES) {
      const match = spelling.exec(name);
      if (match === null || column(match[2] ?? '') !== missing) continue;
      const unit = UNITS.find((known) => known.spelling.test(name));
      return unit === undefined ? `rename ${name} to ${missing}` : `make ${missing} of ${name} (${unit.howTo})`;
    }
  }
  return null;
}
