import { comfortProgress, stepComfort, type ComfortState } from './calibration-comfort.ts';
import { distanceProgress, stepDistance, type DistanceState } from './calibration-distance.ts';
import type { CalibrationEvent, CalibrationSample } from './calibration-step.ts';
import { stepWeight, weightProgress, type WeightState } from './calibration-weight.ts';

/** A measurement under way. Plain data. */
export type CalibrationState = WeightState | DistanceState | ComfortState;

/** Takes a tick's sample and gives the outcome once there is one; after that the state is of no more use. */
export function stepCalibration(state: CalibrationState, sample: CalibrationSample): CalibrationEvent | null {
  switch (state.step) {
    case 'weight':
      return stepWeight(state, sample);
    case 'distance':
      return stepDistance(state, sample);
    case 'comfort':
      return stepComfort(state, sample);
  }
}

/** Share of it that is done, 0 to 1, as far as is known. */
export function calibrationProgress(state: CalibrationState): number {
  switch (state.step) {
    case 'weight':
      return weightProgress(state);
    case 'distance':
      return distanceProgress(state);
    case 'comfort':
      return comfortProgress(state);
  }
}
