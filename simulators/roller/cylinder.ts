import { createRandom } from '../random.ts';
import { restAngleRad, type Axis, type RollerBuild } from './build.ts';
import { DEG, G_CM_S2, type Kinematics } from './kinematics.ts';

/** Sensor axes as [along the axis of rotation, first in-plane, second in-plane]. */
const AXES: Readonly<Record<Axis, readonly [number, number, number]>> = { x: [0, 1, 2], y: [1, 2, 0], z: [2, 0, 1] };

/** Hands that hold a roller: how far and how fast its axis sways, and how hard they shake it (estimates). */
const HANDS = { swayRad: 0.35, swayHz: 0.4, shakeG: 0.08, shakeHz: [1.3, 2.1, 2.9] } as const;

/**
 * An IMU fixed in a rolling cylinder. With theta about the axis and up = (sin theta, cos theta) in the two in-plane axes,
 * the specific force at the mounting place m is up - g: the centre moves by -R * alpha along the floor, and about the centre
 * come the tangential alpha x m and the centripetal -omega^2 * m. The rod of a stick moves along the same way without turning.
 */
export function createCylinder(build: RollerBuild, seed: number): Kinematics {
  const [along, first, second] = AXES[build.axis];
  const { radiusCm, mountCm: [m1, m2] } = build;
  const turns = build.tool === 'stick' ? 0 : 1;
  const theta0 = restAngleRad(seed);
  const level = build.axisTiltDeg * DEG;
  const skewSin = Math.sin(build.skewDeg * DEG);
  const skewCos = Math.cos(build.skewDeg * DEG);
  const hands = createRandom(seed, 'hands');
  const swayPhase = hands.between(0, 2 * Math.PI);
  const swayRate = 2 * Math.PI * HANDS.swayHz;
  const shakePhases = HANDS.shakeHz.map(() => hands.between(0, 2 * Math.PI));

  /** Turns a vector into the frame of a sensor that is askew about its second in-plane axis. */
  const skew = (vector: Float64Array): void => {
    const [a, b] = [vector[along]!, vector[first]!];
    vector[along] = a * skewCos + b * skewSin;
    vector[first] = b * skewCos - a * skewSin;
  };

  return {
    at(tS, body, rate, force) {
      const theta = theta0 + (turns * body.xCm) / radiusCm;
      const omega = (turns * body.vCmS) / radiusCm;
      const alpha = (turns * body.aCmS2) / radiusCm;
      const sin = Math.sin(theta);
      const cos = Math.cos(theta);
      const swayAt = swayRate * tS + swayPhase;
      const tilt = level + HANDS.swayRad * body.lift * Math.sin(swayAt);
      const tiltRate = HANDS.swayRad * (body.liftRate * Math.sin(swayAt) + body.lift * swayRate * Math.cos(swayAt));

      rate[along] = omega / DEG;
      rate[first] = (tiltRate * cos) / DEG;
      rate[second] = (-tiltRate * sin) / DEG;

      const hand = (index: 0 | 1 | 2): number => body.lift * HANDS.shakeG * Math.sin(2 * Math.PI * HANDS.shakeHz[index] * tS + shakePhases[index]!);
      const travel = (-body.aCmS2 * (1 - body.lift)) / G_CM_S2 + hand(1);
      const up = Math.cos(tilt) + hand(2);
      force[along] = -Math.sin(tilt) + hand(0);
      force[first] = up * sin + travel * cos + (-alpha * m2 - omega * omega * m1) / G_CM_S2;
      force[second] = up * cos - travel * sin + (alpha * m1 - omega * omega * m2) / G_CM_S2;
      if (skewSin !== 0) {
        skew(rate);
        skew(force);
      }
    },
  };
}
