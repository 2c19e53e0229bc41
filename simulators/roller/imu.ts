import { createRandom, type Random } from '../random.ts';
import type { BodyState } from '../body/body.ts';
import { restAngleRad, type Axis, type RollerBuild } from './build.ts';
import { WARM_UP_S, type SensorProfile } from './sensors.ts';

const G_CM_S2 = 980.665;
const DEG = Math.PI / 180;
const RAW_FULL_SCALE = 32_768;

/** Sensor axes as [along the axis of rotation, first in-plane, second in-plane]. */
const AXES: Readonly<Record<Axis, readonly [number, number, number]>> = { x: [0, 1, 2], y: [1, 2, 0], z: [2, 0, 1] };

/** Hands that hold a roller: how far and how fast its axis sways, and how hard they shake it (estimates). */
const HANDS = { swayRad: 0.35, swayHz: 0.4, shakeG: 0.08, shakeHz: [1.3, 2.1, 2.9] } as const;
/** What a haptic motor does to the readings while it runs (estimates). */
const HAPTIC = { gyroDps: 25, accelG: 0.6 } as const;

export interface Imu {
  /** Samples come at this rate from now on: the faster, the noisier each. */
  setRate(rateHz: number): void;
  /** Writes the six raw values of a sample taken at `tS` with the body in this state; `shake`: how hard the haptic motor runs, 0 to 1. */
  sample(tS: number, body: BodyState, shake: number, out: Int16Array, at: number): void;
}

/**
 * An IMU fixed in a rolling cylinder. With theta about the axis and up = (sin theta, cos theta) in the two in-plane axes,
 * the specific force at the mounting place m is up - g: the centre moves by -R * alpha along the floor, and about the centre
 * come the tangential alpha x m and the centripetal -omega^2 * m.
 */
export function createImu(build: RollerBuild, sensors: SensorProfile, seed: number): Imu {
  const [along, first, second] = AXES[build.axis];
  const { radiusCm, mountCm: [m1, m2] } = build;
  const theta0 = restAngleRad(seed);
  const level = build.axisTiltDeg * DEG;
  const hands = createRandom(seed, 'hands');
  const swayPhase = hands.between(0, 2 * Math.PI);
  const swayRate = 2 * Math.PI * HANDS.swayHz;
  const shakePhases = HANDS.shakeHz.map(() => hands.between(0, 2 * Math.PI));
  const motor = createRandom(seed, 'haptic');

  const parts = createRandom(seed, 'imu-part');
  const gyro = errorsOf(sensors.gyro.biasDps, sensors.gyro.warmUpDps, sensors.gyro.scale, parts);
  const accel = errorsOf(sensors.accel.biasG, sensors.accel.warmUpG, sensors.accel.scale, parts);
  let gyroNoise = 0;
  let accelNoise = 0;
  const noise = createRandom(seed, 'imu-noise');

  const rate = new Float64Array(3);
  const force = new Float64Array(3);

  return {
    setRate(rateHz) {
      // White noise of density D has the standard deviation D * sqrt(rate / 2) in samples at that rate.
      gyroNoise = sensors.gyro.noiseDps * Math.sqrt(rateHz / 2);
      accelNoise = sensors.accel.noiseG * Math.sqrt(rateHz / 2);
    },
    sample(tS, body, shake, out, at) {
      const theta = theta0 + body.xCm / radiusCm;
      const omega = body.vCmS / radiusCm;
      const alpha = body.aCmS2 / radiusCm;
      const sin = Math.sin(theta);
      const cos = Math.cos(theta);
      const swayAt = swayRate * tS + swayPhase;
      const tilt = level + HANDS.swayRad * body.lift * Math.sin(swayAt);
      const tiltRate = HANDS.swayRad * (body.liftRate * Math.sin(swayAt) + body.lift * swayRate * Math.cos(swayAt));

      rate[along] = omega / DEG;
      rate[first] = (tiltRate * cos) / DEG;
      rate[second] = (-tiltRate * sin) / DEG;

      const hand = (index: 0 | 1 | 2): number => body.lift * HANDS.shakeG * Math.sin(2 * Math.PI * HANDS.shakeHz[index] * tS + shakePhases[index]!);
      const travel = (-radiusCm * alpha * (1 - body.lift)) / G_CM_S2 + hand(1);
      const up = Math.cos(tilt) + hand(2);
      force[along] = -Math.sin(tilt) + hand(0);
      force[first] = up * sin + travel * cos + (-alpha * m2 - omega * omega * m1) / G_CM_S2;
      force[second] = up * cos - travel * sin + (alpha * m1 - omega * omega * m2) / G_CM_S2;

      const warm = 1 - Math.exp(-tS / WARM_UP_S);
      for (let axis = 0; axis < 3; axis++) {
        let dps = rate[axis]! * gyro.gain[axis]! + gyro.bias[axis]! + gyro.warmUp[axis]! * warm;
        let g = force[axis]! * accel.gain[axis]! + accel.bias[axis]! + accel.warmUp[axis]! * warm;
        if (gyroNoise > 0) dps += gyroNoise * noise.gauss();
        if (accelNoise > 0) g += accelNoise * noise.gauss();
        if (shake > 0) {
          dps += shake * HAPTIC.gyroDps * motor.gauss();
          g += shake * HAPTIC.accelG * motor.gauss();
        }
        out[at + axis] = quantized(dps, build.gyroRangeDps);
        out[at + 3 + axis] = quantized(g, build.accelRangeG);
      }
    },
  };
}

interface AxisErrors {
  readonly bias: readonly number[];
  readonly warmUp: readonly number[];
  readonly gain: readonly number[];
}

const threeOf = (draw: () => number): readonly number[] => [draw(), draw(), draw()];

const errorsOf = ([low, high]: readonly [number, number], warmUp: number, scale: number, random: Random): AxisErrors => ({
  bias: threeOf(() => random.between(low, high) * (random.next() < 0.5 ? -1 : 1)),
  warmUp: threeOf(() => random.between(-warmUp, warmUp)),
  gain: threeOf(() => 1 + random.between(-scale, scale)),
});

const quantized = (value: number, range: number): number =>
  Math.max(-RAW_FULL_SCALE, Math.min(RAW_FULL_SCALE - 1, Math.round((value * RAW_FULL_SCALE) / range)));
