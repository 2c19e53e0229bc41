import { setVector } from './vectors.ts';

const DEG = Math.PI / 180;
const SLOW_S = 0.5;
/** At rest the sensors stay as near as this to their mean of late: a roll of 0.3 cm/s turns gravity away from it, hands shake more. */
const STEADY_G = 0.02;
const STEADY_RATE = 2 * DEG;
const STILL_S = 0.5;

/** Whether the sensor lies still, and what its gyroscope says when it does. Plain data. */
export interface Rest {
  readonly gyro: Float64Array;
  readonly accel: Float64Array;
  stillS: number;
  started: boolean;
}

export const createRest = (): Rest => ({ gyro: new Float64Array(3), accel: new Float64Array(3), stillS: 0, started: false });

/** Takes a sample, rad/s and g; true while the sensor has lain still for half a second: `gyro` is then its offset. */
export function stepRest(rest: Rest, g: Float64Array, a: Float64Array, dtS: number): boolean {
  const { gyro, accel } = rest;
  if (!rest.started) {
    gyro.set(g);
    accel.set(a);
    rest.started = true;
  }
  const share = dtS / (SLOW_S + dtS);
  setVector(gyro, gyro[0]! + (g[0]! - gyro[0]!) * share, gyro[1]! + (g[1]! - gyro[1]!) * share, gyro[2]! + (g[2]! - gyro[2]!) * share);
  setVector(accel, accel[0]! + (a[0]! - accel[0]!) * share, accel[1]! + (a[1]! - accel[1]!) * share, accel[2]! + (a[2]! - accel[2]!) * share);
  const steady = Math.hypot(a[0]! - accel[0]!, a[1]! - accel[1]!, a[2]! - accel[2]!) < STEADY_G
    && Math.hypot(g[0]! - gyro[0]!, g[1]! - gyro[1]!, g[2]! - gyro[2]!) < STEADY_RATE;
  rest.stillS = steady ? rest.stillS + dtS : 0;
  return rest.stillS >= STILL_S;
}
