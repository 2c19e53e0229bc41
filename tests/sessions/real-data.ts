import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../../shared/real-data/', import.meta.url);

/** Path of a recording made by other people, or null; says aloud where it is absent. */
export function realData(name: string): string | null {
  const url = new URL(name, ROOT);
  if (existsSync(url)) return fileURLToPath(url);
  console.warn(`skipped: no real-data (${name})`);
  return null;
}

const DIALECTS = {
  broad: {
    time: 't_s',
    gyro: (axis: string) => `gyr_${axis}_rad_s`,
    accel: (axis: string) => `acc_${axis}_m_s2`,
    dps: 180 / Math.PI,
    g: 1 / 9.80665,
  },
  mpu6050: { time: 'sec', gyro: (axis: string) => `gyro_${axis}_dps`, accel: (axis: string) => `acc_${axis}_g`, dps: 1, g: 1 },
} as const;

/** A table with a header line, a column a name. */
export function columnsOf(csv: string): Map<string, number[]> {
  const [header = '', ...lines] = csv.trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(',').map(Number));
  return new Map(header.split(',').map((name, index) => [name, cells.map((row) => row[index] ?? Number.NaN)]));
}

/** Rewrites a log of another dialect with the columns and units that `import` reads. */
export function inOurDialect(path: string, dialect: keyof typeof DIALECTS): string {
  const { time, gyro, accel, dps, g } = DIALECTS[dialect];
  const columns = columnsOf(readFileSync(path, 'utf8'));
  const column = (name: string): number[] => columns.get(name) ?? [];
  const out: [string, number[]][] = [
    ['t_s', column(time)],
    ...['x', 'y', 'z'].map((axis): [string, number[]] => [`gyro_${axis}_dps`, column(gyro(axis)).map((value) => value * dps)]),
    ...['x', 'y', 'z'].map((axis): [string, number[]] => [`accel_${axis}_g`, column(accel(axis)).map((value) => value * g)]),
  ];
  const rows = column(time).map((_, row) => out.map(([, values]) => values[row]).join(','));
  return [out.map(([name]) => name).join(','), ...rows].join('\n');
}
