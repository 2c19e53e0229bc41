import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { framesOfLog, type Log } from '../motion/logs.ts';
import { run } from '../motion/synthetic.ts';
import { columnsOf } from '../sessions/real-data.ts';

/** A figure on a recording made by other people; null: the recording is not here. */
export interface RealDataRow {
  readonly what: string;
  readonly unit: string;
  readonly value: number | null;
  readonly limit: number;
}

type Axis = 'x' | 'y' | 'z';

const RADIUS_CM = 7.5;
const DEG = Math.PI / 180;
const G_MS2 = 9.80665;
const AXES = ['x', 'y', 'z'] as const;
const BROAD = 'broad-optical/04_undisturbed_slow_rotation_with_breaks_A_22-42s.csv';
const MPU6050 = 'sunsided-mpu6050-rotations';

/** What the motion of real sensors comes to, with nothing known of them beforehand but their axis. */
export function scoreRealData(root: string): RealDataRow[] {
  const folder = path.join(root, '../shared/real-data');
  const columns = (name: string): Map<string, number[]> | null =>
    existsSync(path.join(folder, name)) ? columnsOf(readFileSync(path.join(folder, name), 'utf8')) : null;
  return [...broadRows(columns(BROAD)), ...turnRows(columns), ...stillRows(columns(`${MPU6050}/set-2_unmoved-with-x-pointing-forward.csv`))];
}

function broadRows(columns: Map<string, number[]> | null): RealDataRow[] {
  const rows = (angle: number | null, end: number | null, speed: number | null): RealDataRow[] => [
    { what: 'BROAD, optical angle, 20 s: error of the angle, rms', unit: 'deg', value: angle, limit: 0.5 },
    { what: 'BROAD: error of the angle over the last half second', unit: 'deg', value: end, limit: 1.3 },
    { what: 'BROAD: error of the 0.5 s mean of the speed, rms', unit: 'cm/s', value: speed, limit: 0.15 },
  ];
  if (columns === null) return rows(null, null, null);
  const log: Log = {
    rateHz: 1e6 / 3500,
    gyroDps: vectors(columns, (axis) => `gyr_${axis}_rad_s`, 1 / DEG),
    accelG: vectors(columns, (axis) => `acc_${axis}_m_s2`, 1 / G_MS2),
  };
  const truthRad = [...columns.values()][11]!;
  const { ticks } = run(framesOfLog(log, 'x'));
  const errors = ticks.map(({ positionCm, tS }) => {
    const at = Math.min(tS * log.rateHz, truthRad.length - 1.001);
    const before = truthRad[Math.floor(at)]!;
    return (positionCm / RADIUS_CM - before - (truthRad[Math.floor(at) + 1]! - before) * (at % 1)) / DEG;
  });
  const mean = meanOf(errors);
  const speeds = errors.slice(5).map((error, i) => ((error - errors[i]!) * DEG * RADIUS_CM) / 0.5);
  return rows(rmsOf(errors.map((error) => error - mean)), Math.abs(meanOf(errors.slice(-5)) - mean), rmsOf(speeds));
}

const turnRows = (columnsIn: (name: string) => Map<string, number[]> | null): RealDataRow[] =>
  ([['set-1_rotate-360ccw-around-x-pointing-forward', 'x', 1], ['set-2_rotate-ccw-around-y-pointing-left', 'y', -1]] as const).map(([name, axis, upwards]) => {
    const columns = columnsIn(`${MPU6050}/${name}.csv`);
    const turnedDeg = columns && anglesDeg(columns, axis, upwards).at(-1)!.deg;
    return { what: `MPU6050, ${name}: two turns, error`, unit: 'deg', value: turnedDeg === null ? null : Math.abs(Math.abs(turnedDeg) - 720), limit: 10 };
  });

function stillRows(columns: Map<string, number[]> | null): RealDataRow[] {
  const settled = columns && anglesDeg(columns, 'y', -1).filter(({ tS }) => tS >= 3);
  const degs = settled?.map(({ deg }) => deg);
  return [
    { what: 'MPU6050, unmoved for 120 s: drift', unit: 'deg', value: degs ? Math.max(...degs) - Math.min(...degs) : null, limit: 0.3 },
    { what: 'MPU6050, unmoved: highest speed', unit: 'cm/s', value: settled ? Math.max(...settled.map(({ speedCmS }) => Math.abs(speedCmS))) : null, limit: 0.05 },
  ];
}

/** Angles of an MPU6050's log; the z axis of some points the other way. */
function anglesDeg(columns: Map<string, number[]>, axis: Axis, upwards: 1 | -1): { tS: number; deg: number; speedCmS: number }[] {
  const log: Log = {
    rateHz: 1 / slopeOf(columns.get('sec')!),
    gyroDps: vectors(columns, (name) => `gyro_${name}_dps`, 1),
    accelG: vectors(columns, (name) => `acc_${name}_g`, 1).map(([x, y, z]) => [x, y, upwards * z] as const),
  };
  return run(framesOfLog(log, axis)).ticks.map(({ tS, positionCm, speedCmS }) => ({ tS, speedCmS, deg: positionCm / RADIUS_CM / DEG }));
}

const vectors = (columns: Map<string, number[]>, nameOf: (axis: Axis) => string, unit: number): (readonly [number, number, number])[] => {
  const [x, y, z] = AXES.map((axis) => columns.get(nameOf(axis))!) as [number[], number[], number[]];
  return x.map((value, i) => [value * unit, y[i]! * unit, z[i]! * unit]);
};

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rmsOf = (values: readonly number[]): number => Math.sqrt(meanOf(values.map((value) => value * value)));

/** Least squares slope of values against their index: times of arrival come in bursts. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = meanOf(values);
  const cross = values.reduce((sum, value, i) => sum + (value - mean) * (i - middle), 0);
  return cross / values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
}
