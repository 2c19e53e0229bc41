/** Logs of a sensor on a turning roller, as a maker's logger would write them. */

export interface LogPlan {
  readonly rateHz: number;
  readonly seconds: number;
  /** Rate about the axis, deg/s. */
  readonly turnDps: (tS: number) => number;
  readonly axis?: 0 | 1 | 2;
  readonly biasDps?: number;
  /** Noise of gyro (deg/s) and accelerometer (g), rms. */
  readonly noise?: readonly [number, number];
  /** Pressure of each zone, kPa. */
  readonly zonesKpa?: (tS: number) => readonly number[];
}

export interface LogRow {
  readonly tS: number;
  readonly gyroDps: readonly number[];
  readonly accelG: readonly number[];
  readonly zonesKpa: readonly number[];
}

/** Rows of a log: a right-hand turn counts the phase atan2(up along the first in-plane axis, along the second) up. */
export function logRows({ rateHz, seconds, turnDps, axis = 0, biasDps = 0, noise = [0, 0], zonesKpa = () => [] }: LogPlan): LogRow[] {
  const random = lehmer(1);
  const rows: LogRow[] = [];
  let phase = 0;
  for (let row = 0; row < seconds * rateHz; row++) {
    const tS = row / rateHz;
    const gyroDps = [0, 0, 0].map(() => biasDps + noise[0] * gauss(random));
    gyroDps[axis]! += turnDps(tS);
    const accelG = [0, 0, 0].map(() => noise[1] * gauss(random));
    accelG[(axis + 1) % 3]! += Math.sin((phase * Math.PI) / 180);
    accelG[(axis + 2) % 3]! += Math.cos((phase * Math.PI) / 180);
    rows.push({ tS, gyroDps, accelG, zonesKpa: zonesKpa(tS) });
    phase += turnDps(tS) / rateHz;
  }
  return rows;
}

export const HEADER = 't_s,gyro_x_dps,gyro_y_dps,gyro_z_dps,accel_x_g,accel_y_g,accel_z_g';

export function csvOf(rows: readonly LogRow[]): string {
  const zones = rows[0]?.zonesKpa.map((_, zone) => `,p${zone}_kpa`).join('') ?? '';
  return [HEADER + zones, ...rows.map(({ tS, gyroDps, accelG, zonesKpa }) => [tS, ...gyroDps, ...accelG, ...zonesKpa].join(','))].join(
    '\n',
  );
}

/** Uniform on (0, 1): Park and Miller's minimal standard generator. */
export function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const gauss = (random: () => number): number => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
