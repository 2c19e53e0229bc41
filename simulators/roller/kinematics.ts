import type { BodyState } from '../body/body.ts';

export const G_CM_S2 = 980.665;
export const DEG = Math.PI / 180;

/** What an IMU without errors would feel. */
export interface Kinematics {
  /** Fills the rate, deg/s, and the specific force, g, along the three sensor axes at `tS`. Calls go forwards in time. */
  at(tS: number, body: BodyState, rateDps: Float64Array, forceG: Float64Array): void;
}
