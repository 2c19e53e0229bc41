import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RollerInfo } from '../../firmware-protocol/info.ts';
import { encodeStream } from '../../firmware-protocol/stream.ts';
import { ARRIVAL_S, infoFrame, infoOf, type Frame } from './synthetic.ts';

/** Recordings made by other people, read into the frames of the protocol. They are no part of the repository. */
const FOLDER = fileURLToPath(new URL('../../../shared/real-data/', import.meta.url));
export const hasRealData = existsSync(FOLDER);

/** Samples at even times: deg/s and g. */
export interface Log {
  readonly rateHz: number;
  readonly gyroDps: readonly (readonly [number, number, number])[];
  readonly accelG: readonly (readonly [number, number, number])[];
}

const rowsOf = (path: string): number[][] =>
  readFileSync(FOLDER + path, 'utf8').trim().split('\n').slice(1).map((line) => line.split(',').map(Number));

const RAD = 180 / Math.PI;
const G_MS2 = 9.80665;

/** The BROAD excerpt and the optical angle about x of each sample, rad. */
export function readBroad(): { log: Log; truthRad: number[] } {
  const rows = rowsOf('broad-optical/04_undisturbed_slow_rotation_with_breaks_A_22-42s.csv');
  return {
    log: {
      rateHz: 1e6 / 3500,
      gyroDps: rows.map((row) => [row[1]! * RAD, row[2]! * RAD, row[3]! * RAD]),
      accelG: rows.map((row) => [row[4]! / G_MS2, row[5]! / G_MS2, row[6]! / G_MS2]),
    },
    truthRad: rows.map((row) => row[11]!),
  };
}

/** An MPU6050 log. Its times are those of a bursty arrival: a straight line through them gives the sample rate. */
export function readMpu6050(name: string, flipZ: boolean): Log {
  const rows = rowsOf(`sunsided-mpu6050-rotations/${name}.csv`);
  return {
    rateHz: 1 / slopeOf(rows.map((row) => row[0]!)),
    gyroDps: rows.map((row) => [row[4]!, row[5]!, row[6]!]),
    accelG: rows.map((row) => [row[1]!, row[2]!, flipZ ? -row[3]! : row[3]!]),
  };
}

/** Least squares slope of values against their index. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let cross = 0;
  let square = 0;
  values.forEach((value, index) => {
    cross += (index - middle) * (value - mean);
    square += (index - middle) ** 2;
  });
  return cross / square;
}

/** A log as frames of a roller without cells of which only axis and radius are known. */
export function* framesOfLog({ rateHz, gyroDps, accelG }: Log, axis: RollerInfo['axis'], samplesPerFrame = 2): Generator<Frame> {
  const info = infoOf({ axis, imuRateMilliHz: Math.round(rateHz * 1000), accelRangeG: 8, mountFirstMm: null, mountSecondMm: null, samplesPerFrame });
  yield infoFrame(info);
  for (let at = 0; at < gyroDps.length; at += samplesPerFrame) {
    const imuCount = Math.min(samplesPerFrame, gyroDps.length - at);
    const imu = new Int16Array(imuCount * 6);
    for (let i = 0; i < imuCount; i++) {
      for (let j = 0; j < 3; j++) {
        imu[i * 6 + j] = Math.round((gyroDps[at + i]![j]! / info.gyroRangeDps) * 32_768);
        imu[i * 6 + 3 + j] = Math.round((accelG[at + i]![j]! / info.accelRangeG) * 32_768);
      }
    }
    const bytes = encodeStream({
      flags: { hapticActive: false, tareActive: false }, sequence: (at / samplesPerFrame) & 0xffff, deviceTimeUs: Math.round((at / rateHz) * 1e6),
      imuCount, readingCount: 0, cellCount: 0, imu, pressure: new Uint16Array(0),
    });
    yield { type: 'frame', characteristic: 'stream', bytes, arrivalS: ARRIVAL_S + (at + imuCount) / rateHz };
  }
}
