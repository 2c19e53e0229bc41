import { stepDistance, type DistanceState } from './calibration-distance.ts';
import type { CalibrationEvent, CalibrationSample } from './calibration-step.ts';
import { stepWeight, type WeightState } from './calibration-weight.ts';

/** A measurement under way. Plain data. */
export type CalibrationState = WeightState | DistanceState;

/** Takes a tick's sample and gives the outcome once there is one; after that the state is of no more use. */
export const stepCalibration = (state: CalibrationState, sample: CalibrationSample): CalibrationEvent | null =>
  state.step === 'weight' ? stepWeight(state, sample) : stepDistance(state, sample);
