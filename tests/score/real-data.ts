import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { framesOfLog, type Log } from '../motion/logs.ts';
import { finishMotion } from '../../src/motion/motion.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
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
/** The z axis of the second set points the other way. */
const TURNS = [
  { name: 'set-1_rotate-360ccw-around-x-pointing-forward', axis: 'x', upwards: 1 },
  { name: 'set-2_rotate-ccw-around-y-pointing-left', axis: 'y', upwards: -1 },
] as const;
const STILL = 'set-2_unmoved-with-x-pointing-forward';

/** How far a recording was turned, with gravity as a witness of its own: two angles at rest know nothing of what was between. */
export interface TurnWitness {
  readonly recording: string;
  /** Middle of the stillest half second of the first and of the last two seconds, s; and the gravity phase of each, deg, unwrapped. */
  readonly restsS: readonly [number, number];
  readonly gravityDeg: readonly [number, number];
  /** The estimator's angle at the same times, and from the first sample to the very end, deg. */
  readonly estimatedDeg: readonly [number, number];
  readonly wholeDeg: number;
}

export interface RealDataScore {
  readonly rows: readonly RealDataRow[];
  readonly witnesses: readonly TurnWitness[];
}

type ColumnsIn = (name: string) => Map<string, number[]> | null;

/** What the motion of real sensors comes to, with nothing known of them beforehand but their axis. */
export function scoreRealData(root: string): RealDataScore {
  const folder = path.join(root, '../shared/real-data');
  const columns: ColumnsIn = (name) => (existsSync(path.join(folder, name)) ? columnsOf(readFileSync(path.join(folder, name), 'utf8')) : null);
  const turns = TURNS.map((turn) => ({ turn, log: logOf(columns(`${MPU6050}/${turn.name}.csv`), turn.upwards) }));
  const witnesses = turns.flatMap(({ turn, log }) => (log === null ? [] : [witnessOf(turn.name, log, turn.axis)]));
  const turnRows = TURNS.map(({ name }) => {
    const witness = witnesses.find(({ recording }) => recording === name);
    return { what: `MPU6050, ${name}: two turns, error`, unit: 'deg', value: witness ? Math.abs(Math.abs(witness.wholeDeg) - 720) : null, limit: 10 };
  });
  return { rows: [...broadRows(columns(BROAD)), ...turnRows, ...stillRows(columns(`${MPU6050}/${STILL}.csv`))], witnesses };
}

function broadRows(columns: Map<string, number[]> | null): RealDataRow[] {
  const rows = (angle: number | null, end: number | null, veryEnd: number | null, speed: number | null): RealDataRow[] => [
    { what: 'BROAD, optical angle, 20 s: error of the angle, rms', unit: 'deg', value: angle, limit: 0.5 },
    { what: 'BROAD: error of the angle over the last half second', unit: 'deg', value: end, limit: 1.3 },
    { what: 'BROAD: error of the angle at the very end', unit: 'deg', value: veryEnd, limit: 1.3 },
    { what: 'BROAD: error of the 0.5 s mean of the speed, rms', unit: 'cm/s', value: speed, limit: 0.15 },
  ];
  if (columns === null) return rows(null, null, null, null);
  const log: Log = {
    rateHz: 1e6 / 3500,
    gyroDps: vectors(columns, (axis) => `gyr_${axis}_rad_s`, 1 / DEG),
    accelG: vectors(columns, (axis) => `acc_${axis}_m_s2`, 1 / G_MS2),
  };
  const truthRad = [...columns.values()][11]!;
  const errors = anglesOf(log, 'x').map(({ tS, deg }) => {
    const at = Math.min(tS * log.rateHz, truthRad.length - 1.001);
    const before = truthRad[Math.floor(at)]!;
    return deg - (before + (truthRad[Math.floor(at) + 1]! - before) * (at % 1)) / DEG;
  });
  const mean = meanOf(errors);
  const speeds = errors.slice(5).map((error, i) => ((error - errors[i]!) * DEG * RADIUS_CM) / 0.5);
  return rows(rmsOf(errors.map((error) => error - mean)), Math.abs(meanOf(errors.slice(-5)) - mean), Math.abs(errors.at(-1)! - mean), rmsOf(speeds));
}

function stillRows(columns: Map<string, number[]> | null): RealDataRow[] {
  const log = logOf(columns, -1);
  const settled = log && anglesOf(log, 'y').filter(({ tS }) => tS >= 3);
  const degs = settled?.map(({ deg }) => deg);
  return [
    { what: 'MPU6050, unmoved for 120 s: drift', unit: 'deg', value: degs ? Math.max(...degs) - Math.min(...degs) : null, limit: 0.3 },
    { what: 'MPU6050, unmoved: highest speed', unit: 'cm/s', value: settled ? Math.max(...settled.map(({ speedCmS }) => Math.abs(speedCmS))) : null, limit: 0.05 },
  ];
}

/** An MPU6050's log; null where it is not here. */
const logOf = (columns: Map<string, number[]> | null, upwards: 1 | -1): Log | null =>
  columns && {
    rateHz: 1 / slopeOf(columns.get('sec')!),
    gyroDps: vectors(columns, (name) => `gyro_${name}_dps`, 1),
    accelG: vectors(columns, (name) => `acc_${name}_g`, 1).map(([x, y, z]) => [x, y, upwards * z] as const),
  };

/** Angle at each tick and at the very end of a log. */
function anglesOf(log: Log, axis: Axis): { tS: number; deg: number; speedCmS: number }[] {
  const { ticks, motion, timebase } = run(framesOfLog(log, axis));
  const all: MotionTick[] = [...ticks, ...finishMotion(motion, timebase.nextS!)];
  return all.map(({ tS, positionCm, speedCmS }) => ({ tS, speedCmS, deg: positionCm / RADIUS_CM / DEG }));
}

const REST_S = 0.5;
const SEARCH_S = 2;

function witnessOf(recording: string, log: Log, axis: Axis): TurnWitness {
  const angles = anglesOf(log, axis);
  const phases = gravityDeg(log, axis);
  const rests = [stillestS(log, 0), stillestS(log, log.gyroDps.length / log.rateHz - SEARCH_S)] as const;
  const within = (tS: number, restS: number): boolean => Math.abs(tS - restS) <= REST_S / 2;
  const pair = (meanAt: (restS: number) => number): [number, number] => [meanAt(rests[0]), meanAt(rests[1])];
  return {
    recording,
    restsS: rests,
    gravityDeg: pair((restS) => meanOf(phases.filter((_, i) => within(i / log.rateHz, restS)))),
    estimatedDeg: pair((restS) => meanOf(angles.filter(({ tS }) => within(tS, restS)).map(({ deg }) => deg))),
    wholeDeg: angles.at(-1)!.deg,
  };
}

/** Angle of the accelerometer's reading in the plane of rotation, unwrapped. */
function gravityDeg({ accelG }: Log, axis: Axis): number[] {
  const [first, second] = ({ x: [1, 2], y: [2, 0], z: [0, 1] } as const)[axis];
  let lastDeg = 0;
  return accelG.map((accel) => {
    const deg = Math.atan2(accel[first], accel[second]) / DEG;
    return (lastDeg = deg + 360 * Math.round((lastDeg - deg) / 360));
  });
}

/** Middle of the half second in which the gyroscope changes least, of two seconds from `fromS` on. */
function stillestS({ gyroDps, rateHz }: Log, fromS: number): number {
  const span = Math.round(REST_S * rateHz);
  const starts = Array.from({ length: Math.floor(SEARCH_S * rateHz) - span }, (_, i) => Math.floor(fromS * rateHz) + i);
  const unrest = (start: number): number =>
    AXES.reduce((sum, _, axis) => {
      const values = gyroDps.slice(start, start + span).map((gyro) => gyro[axis]!);
      const mean = meanOf(values);
      return sum + meanOf(values.map((value) => (value - mean) ** 2));
    }, 0);
  const stillest = starts.toSorted((a, b) => unrest(a) - unrest(b))[0]!;
  return (stillest + span / 2) / rateHz;
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
