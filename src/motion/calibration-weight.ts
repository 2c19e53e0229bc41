import { refused, type CalibrationEvent, type CalibrationSample } from './calibration-step.ts';
import { FORCE_SCALE, isWithin } from './calibration-values.ts';
import { TICK_HZ } from './tick.ts';

/** The person sits still with the full weight for so long, and has so long to get there. */
const HOLD_S = 3;
const PATIENCE_S = 30;
/** Still: slower than 3 deg/s, and the force changes by no more than this share: breath moves 2 %. */
const STILL_RAD = (3 * Math.PI) / 180 / TICK_HZ;
const STEADY_SHARE = 0.1;
const STANDARD_GRAVITY = 9.81;

/** Sitting on the roller with the full weight gives the factor on the force. Plain data. */
export interface WeightState {
  readonly step: 'weight';
  readonly massKg: number;
  /** The factor that is in force meanwhile. */
  readonly scale: number;
  beganS: number | null;
  touched: boolean;
  /** Of the present hold. */
  ticks: number;
  sumN: number;
  lowN: number;
  highN: number;
}

export const createWeight = (massKg: number, scale: number): WeightState => ({
  step: 'weight', massKg, scale, beganS: null, touched: false, ticks: 0, sumN: 0, lowN: Infinity, highN: -Infinity,
});

export function stepWeight(state: WeightState, { tS, contact, turnedRad, forceN, disturbed }: CalibrationSample): CalibrationEvent | null {
  state.beganS ??= tS;
  state.touched ||= contact;
  if (disturbed || !contact || forceN === null || Math.abs(turnedRad) > STILL_RAD) letGo(state);
  else hold(state, forceN);
  if (state.ticks >= HOLD_S * TICK_HZ) return judge(state);
  return tS - state.beganS > PATIENCE_S ? refused(state.touched ? 'not-still' : 'nobody') : null;
}

/** Share of the hold that is done. */
export const weightProgress = ({ ticks }: WeightState): number => ticks / (HOLD_S * TICK_HZ);

function letGo(state: WeightState): void {
  Object.assign(state, { ticks: 0, sumN: 0, lowN: Infinity, highN: -Infinity });
}

function hold(state: WeightState, forceN: number): void {
  if (Math.max(state.highN, forceN) - Math.min(state.lowN, forceN) > STEADY_SHARE * forceN) letGo(state);
  state.ticks++;
  state.sumN += forceN;
  state.lowN = Math.min(state.lowN, forceN);
  state.highN = Math.max(state.highN, forceN);
}

function judge({ massKg, scale, sumN, ticks }: WeightState): CalibrationEvent {
  const value = (scale * massKg * STANDARD_GRAVITY) / (sumN / ticks);
  return isWithin(value, FORCE_SCALE) ? { type: 'done', value, unusual: false } : refused('implausible', value);
}
