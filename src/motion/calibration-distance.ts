import { refused, type CalibrationEvent, type CalibrationSample } from './calibration-step.ts';
import { isWithin, POSSIBLE_RADIUS, USUAL_RADIUS } from './calibration-values.ts';
import { TICK_HZ } from './tick.ts';

/** Way of the roller over the floor, between two marks. */
export const MARKED_CM = 50;
/** Still at the first mark for so long, then at the second. */
const READY_S = 1;
const ARRIVED_S = 2;
const STILL_CM_S = 0.5;
/** Settling into a place is no way, and no turning back. */
const SETTLING_CM = 1.5;
const PATIENCE_S = 60;

/** Rolling a marked length under load gives the effective radius. Plain data. */
export interface DistanceState {
  readonly step: 'distance';
  readonly nominalCm: number;
  beganS: number | null;
  touched: boolean;
  /** At the first mark, under load and still: from here it counts. */
  ready: boolean;
  stillTicks: number;
  turnedRad: number;
  farthestRad: number;
}

export const createDistance = (nominalCm: number): DistanceState => ({
  step: 'distance', nominalCm, beganS: null, touched: false, ready: false, stillTicks: 0, turnedRad: 0, farthestRad: 0,
});

export function stepDistance(state: DistanceState, sample: CalibrationSample): CalibrationEvent | null {
  const { tS, contact, turnedRad, disturbed } = sample;
  state.beganS ??= tS;
  state.touched ||= contact;
  if (state.ready && disturbed) return refused('interrupted');
  if (state.ready && !contact) return refused('lifted');
  const still = contact && !disturbed && Math.abs(turnedRad) * state.nominalCm * TICK_HZ < STILL_CM_S;
  state.stillTicks = still ? state.stillTicks + 1 : 0;
  if (state.ready) {
    const event = follow(state, turnedRad);
    if (event !== null) return event;
  } else if (state.stillTicks >= READY_S * TICK_HZ) {
    state.ready = true;
    state.stillTicks = 0;
  }
  return tS - state.beganS > PATIENCE_S ? refused(state.touched ? 'not-rolled' : 'nobody') : null;
}

/** Share of the way that is done, as far as is known. */
export const distanceProgress = ({ farthestRad, nominalCm }: DistanceState): number => Math.min(1, (farthestRad * nominalCm) / MARKED_CM);

function follow(state: DistanceState, turnedRad: number): CalibrationEvent | null {
  const { nominalCm } = state;
  state.turnedRad += turnedRad;
  const rad = Math.abs(state.turnedRad);
  state.farthestRad = Math.max(state.farthestRad, rad);
  if ((state.farthestRad - rad) * nominalCm > SETTLING_CM) return refused('turned-back');
  if (state.stillTicks < ARRIVED_S * TICK_HZ || rad * nominalCm <= SETTLING_CM) return null;
  const value = MARKED_CM / rad;
  if (!isWithin(value / nominalCm, POSSIBLE_RADIUS)) return refused('implausible', value);
  return { type: 'done', value, unusual: !isWithin(value / nominalCm, USUAL_RADIUS) };
}
