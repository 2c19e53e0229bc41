import { encodeInfo, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { MAX_FRAME_BYTES } from '../../../firmware-protocol/gatt.ts';
import { CELL_FAULTY, encodeStream, streamFrameBytes } from '../../../firmware-protocol/stream.ts';
import { AppError } from '../../errors.ts';
import type { RecordedEvent } from '../recording.ts';
import type { SensorLog, Triple } from './log.ts';
import { AXES, type Axis } from './orientation.ts';
import { isGap, type SampleTimes } from './times.ts';

/** What a log does not say of the roller that made it. */
export interface RollerFacts {
  readonly deviceId: string;
  readonly name: string;
  readonly radiusMm: number;
  readonly axis: Axis;
  /** Place of the IMU along the two in-plane axes; null: not known. */
  readonly mountMm: readonly [number, number] | null;
  readonly zoneAreaCm2: number;
}

/** Length of a hollow-core roller, mm: zones are spread over it. */
export const ROLLER_LENGTH_MM = 330;
const FULL_SCALE = 32_768;
const LARGEST_RAW = 32_767;
/** The largest value of a log is not a sensor at its limit. */
const HEADROOM = 1.1;
const FRAMES_PER_S = 50;
const LARGEST_PRESSURE = CELL_FAULTY - 1;
/** What the protocol can carry. */
const RATE_HZ = { min: 10, max: 1000 } as const;
const GYRO_DPS = { min: 100, max: 4000 } as const;
const ACCEL_G = { min: 2, max: 64 } as const;

/**
 * The info value for a log. Full scales are the smallest that hold its values with some room, so that a step is 0.02 deg/s in a
 * log of up to 500 deg/s and 0.06 mg at 2 g, where the sensors' own noise is 0.05 deg/s and 1.1 mg rms (BMI270, 50 Hz wide).
 * Throws E_CSV beyond the protocol's limits.
 */
export function infoOf(log: SensorLog, times: SampleTimes, facts: RollerFacts): RollerInfo {
  const rateHz = 1 / times.periodS;
  if (!(rateHz >= RATE_HZ.min && rateHz <= RATE_HZ.max)) {
    throw new AppError(
      'E_CSV',
      `rows come at ${rateHz.toPrecision(4)} Hz`,
      `${RATE_HZ.min} to ${RATE_HZ.max} Hz can be imported; t_s must be in seconds`,
    );
  }
  const zones = log.zonesKpa.length;
  const perSample = streamFrameBytes(1, 1, zones) - streamFrameBytes(0, 0, zones);
  const fitting = Math.floor((MAX_FRAME_BYTES - streamFrameBytes(0, 0, zones)) / perSample);
  const imuRateMilliHz = Math.round(rateHz * 1000);
  return {
    tool: 'roller',
    texture: 'firm',
    axis: facts.axis,
    deviceId: facts.deviceId,
    radiusMm: facts.radiusMm,
    lengthMm: ROLLER_LENGTH_MM,
    imuRateMilliHz,
    gyroRangeDps: rangeFor(log.gyroDps, GYRO_DPS, 'gyro', 'deg/s'),
    accelRangeG: rangeFor(log.accelG, ACCEL_G, 'accel', 'g'),
    samplesPerFrame: Math.max(1, Math.min(16, fitting, Math.round(rateHz / FRAMES_PER_S))),
    mountFirstMm: facts.mountMm?.[0] ?? null,
    mountSecondMm: facts.mountMm?.[1] ?? null,
    pressureRateMilliHz: zones === 0 ? 0 : imuRateMilliHz,
    pressureUnit: 'pascal',
    pressureScalePa: pressureScaleFor(log.zonesKpa),
    cells: Array.from({ length: zones }, (_, zone) => ({
      axialMm: Math.round(((zone + 0.5) / zones - 0.5) * ROLLER_LENGTH_MM),
      angleDeg: null,
      areaMm2: Math.round(facts.zoneAreaCm2 * 100),
    })),
  };
}

const largest = (column: Float64Array): number => column.reduce((max, value) => Math.max(max, Math.abs(value)), 0);

function rangeFor(
  columns: Triple<Float64Array>,
  limits: { readonly min: number; readonly max: number },
  name: string,
  unit: string,
): number {
  const sizes = columns.map(largest);
  const peak = Math.max(...sizes);
  if (peak <= (limits.max * LARGEST_RAW) / FULL_SCALE) return Math.min(limits.max, Math.max(limits.min, Math.ceil(peak * HEADROOM)));
  const axis = AXES[sizes.indexOf(peak)];
  throw new AppError(
    'E_CSV',
    `${name}_${axis} goes up to ${peak.toPrecision(4)} ${unit}`,
    `at most ${limits.max} ${unit} can be imported; check the unit of the column`,
  );
}

function pressureScaleFor(zonesKpa: readonly Float64Array[]): number {
  const scalePa = Math.max(1, Math.ceil((Math.max(0, ...zonesKpa.map(largest)) * 1000) / LARGEST_PRESSURE));
  if (scalePa <= 1000) return scalePa;
  throw new AppError(
    'E_CSV',
    `the pressure columns go up to ${(Math.max(...zonesKpa.map(largest)) / 1000).toPrecision(3)} MPa`,
    'they must be in kPa',
  );
}

/**
 * The log as its roller would have sent it: frames of real bytes, a reading of the zones with every sample. A frame ends where
 * rows are missing, so that a gap stays a gap; it arrives when its last row was logged. Pressures below zero are noise about zero
 * and are sent as zero.
 */
export function* encodeLog(log: SensorLog, times: SampleTimes, info: RollerInfo, name: string): Generator<RecordedEvent> {
  const roller = {
    id: info.deviceId,
    name,
    address: null,
    rssiDbm: null,
    manufacturer: null,
    model: null,
    firmware: null,
    driver: 'roller-v1',
  };
  yield { type: 'info', roller, arrivalS: 0 };
  yield { type: 'frame', characteristic: 'info', bytes: encodeInfo(info), arrivalS: 0 };
  yield { type: 'state', state: 'streaming', reason: null, arrivalS: 0 };
  const zones = log.zonesKpa.length;
  let sequence = 0;
  for (let row = 0; row < log.rows;) {
    let end = row + 1;
    while (end < log.rows && end - row < info.samplesPerFrame && !isGap(times, end)) end++;
    const count = end - row;
    yield {
      type: 'frame',
      characteristic: 'stream',
      bytes: encodeStream({
        flags: { hapticActive: false, tareActive: false },
        sequence: sequence++ % 2 ** 16,
        deviceTimeUs: Math.round((times.timeS[row]! - times.timeS[0]!) * 1e6) % 2 ** 32,
        imuCount: count,
        readingCount: zones === 0 ? 0 : count,
        cellCount: zones,
        imu: imuOf(log, info, row, count),
        pressure: pressureOf(log, info, row, count),
      }),
      arrivalS: log.timeS[end - 1]! - log.timeS[0]!,
    };
    row = end;
  }
}

function imuOf({ gyroDps, accelG }: SensorLog, { gyroRangeDps, accelRangeG }: RollerInfo, from: number, count: number): Int16Array {
  const imu = new Int16Array(count * 6);
  for (let sample = 0; sample < count; sample++) {
    for (let axis = 0; axis < 3; axis++) {
      imu[sample * 6 + axis] = Math.round((gyroDps[axis]![from + sample]! * FULL_SCALE) / gyroRangeDps);
      imu[sample * 6 + 3 + axis] = Math.round((accelG[axis]![from + sample]! * FULL_SCALE) / accelRangeG);
    }
  }
  return imu;
}

function pressureOf({ zonesKpa }: SensorLog, { pressureScalePa }: RollerInfo, from: number, count: number): Uint16Array {
  const pressure = new Uint16Array(count * zonesKpa.length);
  for (let sample = 0; sample < count; sample++) {
    for (const [zone, column] of zonesKpa.entries()) {
      pressure[sample * zonesKpa.length + zone] = Math.max(0, Math.round((column[from + sample]! * 1000) / pressureScalePa));
    }
  }
  return pressure;
}
