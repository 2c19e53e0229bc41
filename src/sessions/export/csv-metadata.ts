import { NOTICE } from './json.ts';
import { importOptions, type CsvTable } from './csv.ts';
import type { SessionRun } from './session-run.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  t_s: 'session time, s: device time since the first frame',
  speed_cm_s: 'speed along the muscle over the last 0.1 s, cm/s, signed',
  position_cm: 'place on the rolled path, cm; 0 at the first contact of the group',
  contact: '1: under load, 0: not',
  force_n: 'force on the body side, N; empty: not known',
};

const meaningOf = (column: string): string => {
  if (column.startsWith('gyro_')) return `rate about the sensor's ${column[5]}, deg/s`;
  if (column.startsWith('accel_')) return `specific force along the sensor's ${column[6]}, g`;
  return MEANINGS[column] ?? 'mean pressure of an axial zone under the body, kPa';
};

/**
 * What the table cannot say of itself without breaking RFC 4180: where it came from, what the columns are, how to take it in again. A
 * metadata document of "CSV on the Web" (w3.org/TR/tabular-metadata), to stand beside `name.csv` as `name.csv-metadata.json`.
 */
export function csvMetadata({ meta, zeroUtcMs, forceScale }: SessionRun, { columns, rows, zones }: CsvTable): object {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    'dc:identifier': meta.sessionId,
    'dc:source': meta.source,
    'dc:creator': meta.software,
    'dc:date': new Date(zeroUtcMs).toISOString(),
    'dc:description': `A rolling session, ${rows} samples. ${NOTICE}`,
    'rdfs:comment': `smart-roller import FILE.csv ${importOptions(zones, forceScale)} --out FILE.mcap`,
    dialect: { lineTerminators: ['\r\n'], header: true },
    tableSchema: {
      columns: columns.map((name) => ({ name, datatype: name === 'contact' ? 'integer' : 'number', 'dc:description': meaningOf(name) })),
    },
  };
}
