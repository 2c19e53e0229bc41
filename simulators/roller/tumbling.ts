import { createRandom } from '../random.ts';
import type { RollerBuild } from './build.ts';
import { DEG, G_CM_S2, type Kinematics } from './kinematics.ts';

/** A person's strokes wander over the floor, and the skin turns the ball about the vertical (estimates). */
const HEADING = { amplitudeRad: 0.6, hz: 0.05 } as const;
const SPIN = { amplitudeRadS: 0.5, hz: 0.13 } as const;

/**
 * An IMU in the middle of a ball that rolls on the floor, in any direction: the rate is up x way / R and a spin about the
 * vertical, which moves nothing; the way the sensor points is integrated from them.
 */
export function createTumbling({ radiusCm }: RollerBuild, seed: number): Kinematics {
  const random = createRandom(seed, 'tumbling');
  const phase = (): number => random.between(0, 2 * Math.PI);
  const [headingAt, spinAt] = [phase(), phase()];
  /** Sensor to floor: w, x, y, z. */
  const q = unit([random.gauss(), random.gauss(), random.gauss(), random.gauss()]);
  /** About the floor's axes, the third up, rad/s. */
  const omega = [0, 0, 0];
  const before = [0, 0, 0];
  let lastS: number | null = null;

  function turn(dtS: number): void {
    const [x, y, z] = omega.map((rate, i) => ((rate + before[i]!) / 2) * dtS) as [number, number, number];
    const angle = Math.hypot(x, y, z);
    if (angle === 0) return;
    const part = Math.sin(angle / 2) / angle;
    const [c, a, b, d] = [Math.cos(angle / 2), x * part, y * part, z * part];
    const [w, i, j, k] = q as [number, number, number, number];
    q[0] = c * w - a * i - b * j - d * k;
    q[1] = c * i + a * w + b * k - d * j;
    q[2] = c * j - a * k + b * w + d * i;
    q[3] = c * k + a * j - b * i + d * w;
    unit(q);
  }

  /** A vector of the floor in the frame of the sensor. */
  function sensed([x, y, z]: readonly [number, number, number], scale: number, out: Float64Array): void {
    const [w, i, j, k] = q as [number, number, number, number];
    out[0] = scale * ((1 - 2 * (j * j + k * k)) * x + 2 * (i * j + w * k) * y + 2 * (i * k - w * j) * z);
    out[1] = scale * (2 * (i * j - w * k) * x + (1 - 2 * (i * i + k * k)) * y + 2 * (j * k + w * i) * z);
    out[2] = scale * (2 * (i * k + w * j) * x + 2 * (j * k - w * i) * y + (1 - 2 * (i * i + j * j)) * z);
  }

  return {
    at(tS, body, rateDps, forceG) {
      const heading = HEADING.amplitudeRad * Math.sin(2 * Math.PI * HEADING.hz * tS + headingAt);
      const [east, north] = [Math.cos(heading), Math.sin(heading)];
      // A ball that nobody moves does not spin.
      const spin = SPIN.amplitudeRadS * Math.tanh(body.vCmS) * Math.sin(2 * Math.PI * SPIN.hz * tS + spinAt);
      for (let i = 0; i < 3; i++) before[i] = omega[i]!;
      omega[0] = (-north * body.vCmS) / radiusCm;
      omega[1] = (east * body.vCmS) / radiusCm;
      omega[2] = spin;
      if (lastS !== null) turn(tS - lastS);
      lastS = tS;
      sensed(omega as [number, number, number], 1 / DEG, rateDps);
      const travel = (-body.aCmS2 * (1 - body.lift)) / G_CM_S2;
      sensed([east * travel, north * travel, 1], 1, forceG);
    },
  };
}

function unit(q: number[]): number[] {
  const length = Math.hypot(...q);
  for (let i = 0; i < q.length; i++) q[i]! /= length;
  return q;
}
