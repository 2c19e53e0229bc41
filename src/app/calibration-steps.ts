import { createComfort } from '../motion/calibration-comfort.ts';
import { createDistance } from '../motion/calibration-distance.ts';
import type { RollerCalibration } from '../motion/calibration-values.ts';
import { createWeight } from '../motion/calibration-weight.ts';
import type { CalibrationState } from '../motion/calibration.ts';
import type { CalibrationRefusal } from '../guide/calibration-words.ts';
import type { PipelineState } from '../pipeline.ts';

/** A step of calibrating that measures something over time. */
export type Measuring = CalibrationState['step'];

/** What each begins with, or why it cannot begin now. */
export const PREPARE: Readonly<Record<Measuring, (state: PipelineState) => CalibrationState | CalibrationRefusal>> = {
  weight: prepareWeight,
  distance: prepareDistance,
  comfort: prepareComfort,
};

/** Where what it found is kept. */
export const FIELDS = {
  weight: 'forceScale',
  distance: 'radiusCm',
  comfort: 'comfortLoad',
} as const satisfies Record<Measuring, keyof RollerCalibration>;

function prepareWeight({ decoder: { geometry }, motion, coaching: { massKg } }: PipelineState): CalibrationState | CalibrationRefusal {
  if (geometry === null || motion === null) return 'no-roller';
  if (geometry.cells.length === 0) return 'no-cells';
  if (!geometry.pressureCalibrated) return 'cells-in-counts';
  return massKg === null ? 'mass-unknown' : createWeight(massKg, motion.cells.scale);
}

function prepareDistance({ decoder: { geometry } }: PipelineState): CalibrationState | CalibrationRefusal {
  if (geometry === null) return 'no-roller';
  return geometry.tool === 'roller' ? createDistance(geometry.radiusCm) : 'unsupported';
}

function prepareComfort({ decoder: { geometry } }: PipelineState): CalibrationState | CalibrationRefusal {
  if (geometry === null) return 'no-roller';
  if (geometry.cells.length === 0) return 'no-cells';
  return geometry.pressureCalibrated ? 'not-needed' : createComfort();
}
