import { describe, expect, it } from 'vitest';
import { atRest, type BodyState } from '../../simulators/body/body.ts';
import { DEFAULT_RATES, infoOf, restAngleRad, STANDARD_ROLLER, type RollerBuild } from '../../simulators/roller/build.ts';
import { createImu } from '../../simulators/roller/imu.ts';
import { SENSORS, type SensorProfile } from '../../simulators/roller/sensors.ts';
import { findScenario } from '../../simulators/scenarios/library.ts';
import { deviationOf, meanOf, readSession } from './support/reading.ts';

const DEG = 180 / Math.PI;
const G_CM_S2 = 980.665;
const { radiusCm, gyroRangeDps, accelRangeG } = STANDARD_ROLLER;
const GYRO_STEP = gyroRangeDps / 32_768;
const ACCEL_STEP = accelRangeG / 32_768;

const CLEAN: SensorProfile = SENSORS.clean;
const still = (changes: Partial<BodyState> = {}): BodyState => ({ ...atRest(), ...changes });

/** One sample in dps and g, in sensor axes. */
function sampleOf(body: BodyState, { build = STANDARD_ROLLER, sensors = CLEAN, seed = 1, tS = 0 } = {}): number[] {
  const imu = createImu(build, sensors, seed);
  imu.setRate(100);
  const raw = new Int16Array(6);
  imu.sample(tS, body, 0, raw, 0);
  return Array.from(raw, (value, i) => value * (i < 3 ? GYRO_STEP : ACCEL_STEP));
}

/** Samples of a part at rest, each as six values. */
function restOf(sensors: SensorProfile, count: number, rateHz = 100): number[][] {
  const imu = createImu(STANDARD_ROLLER, sensors, 1);
  imu.setRate(rateHz);
  const raw = new Int16Array(6);
  return Array.from({ length: count }, () => {
    imu.sample(0, still(), 0, raw, 0);
    return Array.from(raw, (value, i) => value * (i < 3 ? GYRO_STEP : ACCEL_STEP));
  });
}

describe('the gyroscope', () => {
  it('integrates to the rolled angle', () => {
    const { gyroDps, truth } = readSession({ scenario: findScenario('s01')!, seed: 4, seconds: 40 });
    let turnedCm = 0;
    for (let i = 100; i < 3900; i++) turnedCm += (((gyroDps[i]![0]! + gyroDps[i + 1]![0]!) / 2 / DEG) * radiusCm) / 100;
    // Sample 100 was taken at 1.0 s, truth 9 is at 1.0 s.
    expect(turnedCm).toBeCloseTo(truth[389]!.positionCm - truth[9]!.positionCm, 1);
    expect(Math.max(...gyroDps.map(([, y, z]) => Math.abs(y!) + Math.abs(z!)))).toBe(0);
  });

  it.each(['bmi270', 'mpu6050'] as const)('of a %s is as noisy as its data sheet says, at any rate', (part) => {
    const sensors = SENSORS[part];
    for (const rateHz of [100, 200]) {
      const rest = restOf(sensors, 20_000, rateHz);
      for (const [axis, density, step] of [[0, sensors.gyro.noiseDps, GYRO_STEP], [4, sensors.accel.noiseG, ACCEL_STEP]] as const) {
        const values = rest.map((sample) => sample[axis]!);
        const ownDeviation = Math.sqrt(deviationOf(values) ** 2 - step ** 2 / 12);
        expect(ownDeviation / Math.sqrt(rateHz / 2) / density).toBeCloseTo(1, 1.2);
        // White: the mean over a second has the density times sqrt(1 / 2).
        const means = Array.from({ length: 20_000 / rateHz }, (_, k) => meanOf(values.slice(k * rateHz, (k + 1) * rateHz)));
        expect(Math.abs(deviationOf(means) / Math.SQRT1_2 / density - 1)).toBeLessThan(0.25);
      }
    }
  });

  it('has an offset and a scale within the figures of the part, spread over them from seed to seed', () => {
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const { gyro } = SENSORS.mpu6050;
    const quiet: SensorProfile = { ...SENSORS.mpu6050, gyro: { ...gyro, noiseDps: 0 } };
    const offsets = seeds.map((seed) => sampleOf(still(), { sensors: quiet, seed })[0]!);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(20 + GYRO_STEP);
    expect(Math.min(...offsets)).toBeLessThan(-15);
    expect(Math.max(...offsets)).toBeGreaterThan(15);
    const gains = seeds.map((seed, i) => (sampleOf(still({ vCmS: 40 }), { sensors: quiet, seed })[0]! - offsets[i]!) / ((40 / radiusCm) * DEG));
    expect(Math.max(...gains.map((gain) => Math.abs(gain - 1)))).toBeLessThanOrEqual(0.0301);
    expect(deviationOf(gains)).toBeCloseTo(0.06 / Math.sqrt(12), 2.5);
  });

  it('changes its offset while the part warms up', () => {
    const quiet: SensorProfile = { ...SENSORS.mpu6050, gyro: { ...SENSORS.mpu6050.gyro, noiseDps: 0 } };
    const at = (tS: number): number => sampleOf(still(), { sensors: quiet, seed: 2, tS })[0]!;
    const drift = Math.abs(at(600) - at(0));
    expect(drift).toBeGreaterThan(0.02);
    expect(drift).toBeLessThanOrEqual(0.3 + GYRO_STEP);
    expect(Math.abs(at(601) - at(600))).toBeLessThanOrEqual(GYRO_STEP);
  });

  it('stops at the ends of its range', () => {
    expect(sampleOf(still({ vCmS: 500 }))[0]).toBeCloseTo(gyroRangeDps - GYRO_STEP, 6);
    expect(sampleOf(still({ vCmS: -500 }))[0]).toBe(-gyroRangeDps);
  });
});

/** A wavy way to roll, cm. */
const path = (tS: number): number => 9 * Math.sin(2.2 * tS) + 3 * tS;

describe('the accelerometer', () => {
  it('reads 1 g up when at rest, wherever the roller was put down', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [gx, gy, gz, ax, ay, az] = sampleOf(still(), { seed }) as [number, number, number, number, number, number];
      expect([gx, gy, gz, ax]).toEqual([0, 0, 0, expect.closeTo(0, 9)]);
      expect(Math.hypot(ay, az)).toBeCloseTo(1, 3);
      expect(Math.cos(Math.atan2(ay, az) - restAngleRad(seed))).toBeCloseTo(1, 5);
    }
  });

  it('sees what a point fixed off the axis of a cylinder that rolls on the floor goes through', () => {
    const build: RollerBuild = { ...STANDARD_ROLLER, mountCm: [3, -1.5] };
    // Rolling about x by theta moves the centre by -R * theta along y. Second differences of the mounting point's path in the room:
    const point = (tS: number): [number, number] => {
      const theta = restAngleRad(1) + path(tS) / radiusCm;
      const [m1, m2] = build.mountCm;
      return [-path(tS) + m1 * Math.cos(theta) - m2 * Math.sin(theta), m1 * Math.sin(theta) + m2 * Math.cos(theta)];
    };
    const h = 1e-4;
    let worst = 0;
    for (let tS = 0; tS < 3; tS += 0.1) {
      const [before, at, after] = [point(tS - h), point(tS), point(tS + h)] as const;
      const forceY = (before[0] - 2 * at[0] + after[0]) / h ** 2 / G_CM_S2;
      const forceZ = 1 + (before[1] - 2 * at[1] + after[1]) / h ** 2 / G_CM_S2;
      const theta = restAngleRad(1) + path(tS) / radiusCm;
      const body = still({ xCm: path(tS), vCmS: 19.8 * Math.cos(2.2 * tS) + 3, aCmS2: -43.56 * Math.sin(2.2 * tS) });
      const [, , , , ay, az] = sampleOf(body, { build }) as [number, number, number, number, number, number];
      worst = Math.max(worst, Math.abs(ay - (forceY * Math.cos(theta) + forceZ * Math.sin(theta))), Math.abs(az - (-forceY * Math.sin(theta) + forceZ * Math.cos(theta))));
    }
    expect(worst).toBeLessThan(ACCEL_STEP);
  });

  it.each([['x', 0], ['y', 1], ['z', 2]] as const)('keeps the order of axes when the roller turns about %s', (axis, along) => {
    const body = still({ xCm: 4, vCmS: 12, aCmS2: 30 });
    const about = sampleOf(body, { build: { ...STANDARD_ROLLER, axis } });
    const aboutX = sampleOf(body);
    for (let i = 0; i < 3; i++) {
      expect(about[(along + i) % 3]).toBe(aboutX[i]);
      expect(about[3 + ((along + i) % 3)]).toBe(aboutX[3 + i]);
    }
  });

  it('shows along the axis how far the roller is from level', () => {
    const [, , , ax] = sampleOf(still(), { build: { ...STANDARD_ROLLER, axisTiltDeg: 5 } }) as [number, number, number, number];
    expect(ax).toBeCloseTo(-Math.sin(5 / DEG), 3);
  });

  it('is swayed and shaken in the hands, with gyro and gravity telling the same turn', () => {
    const seed = 6;
    const imu = createImu(STANDARD_ROLLER, SENSORS.clean, seed);
    imu.setRate(100);
    const raw = new Int16Array(6);
    const upAlong: number[] = [];
    let swayed = 0;
    // A roller that is held without turning about its axis: what tilts it turns it about the in-plane axes alone.
    for (let i = 0; i < 500; i++) {
      imu.sample(i / 100, still({ lift: 1 }), 0, raw, 0);
      const theta = restAngleRad(seed);
      swayed += ((raw[1]! * Math.cos(theta) - raw[2]! * Math.sin(theta)) * GYRO_STEP) / 100 / DEG;
      upAlong.push(raw[3]! * ACCEL_STEP + Math.sin(swayed));
    }
    expect(deviationOf(upAlong)).toBeLessThan(0.07); // the shaking alone: 0.08 / sqrt(2)
    expect(deviationOf(upAlong)).toBeGreaterThan(0.03);
  });
});

describe('what a cheap installation adds', () => {
  it('has an offset that jumps with the temperature and back, on each axis by its own size', () => {
    const sensors: SensorProfile = { ...CLEAN, gyro: { ...CLEAN.gyro, stepDps: 0.3 } };
    const [cold, warm, cooled] = [14.9, 15.1, 30.1].map((tS) => sampleOf(still(), { sensors, tS }).slice(0, 3)) as [number[], number[], number[]];
    expect(cold).toEqual([0, 0, 0]);
    expect(cooled).toEqual([0, 0, 0]);
    expect(new Set(warm).size).toBe(3);
    expect(Math.max(...warm.map(Math.abs))).toBeLessThanOrEqual(0.3 + GYRO_STEP);
  });

  it('senses the same turn and the same gravity, seen askew', () => {
    const body = still({ vCmS: 15, aCmS2: 20, xCm: 3 });
    const straight = sampleOf(body);
    const askew = sampleOf(body, { build: { ...STANDARD_ROLLER, skewDeg: 25 } });
    const cos = Math.cos(25 / DEG);
    expect(askew[0]).toBeCloseTo(straight[0]! * cos, 1);
    expect(Math.hypot(...askew.slice(0, 3))).toBeCloseTo(Math.hypot(...straight.slice(0, 3)), 1);
    expect(Math.hypot(...askew.slice(3))).toBeCloseTo(Math.hypot(...straight.slice(3)), 3);
    // Turn and gravity keep their angle.
    const between = (sample: readonly number[]): number => [0, 1, 2].reduce((sum, axis) => sum + sample[axis]! * sample[axis + 3]!, 0);
    expect(between(askew)).toBeCloseTo(between(straight), 1);
  });

  it.each([
    ['nothing', 'x', [12, -8]],
    ['mount', 'x', [null, null]],
    ['axis', 'unknown', [null, null]],
  ] as const)('keeps %s to itself in the info value', (untold, axis, mount) => {
    const info = infoOf({ ...STANDARD_ROLLER, untold }, '0123456789abcdef', DEFAULT_RATES);
    expect([info.axis, info.mountFirstMm, info.mountSecondMm]).toEqual([axis, ...mount]);
    expect(info.cells.every(({ angleDeg }) => (angleDeg === null) === (untold === 'axis'))).toBe(true);
  });
});
