import type { CalibrationStep } from '../guide/calibration-words.ts';
import type { RollerCalibration } from '../motion/calibration-values.ts';

/** What is kept of a roller, and since when (UTC, ISO 8601), by the step that gave it. */
export interface KeptCalibration extends RollerCalibration {
  readonly since: Partial<Readonly<Record<CalibrationStep, string>>>;
}

/** What was calibrated of rollers, by device id. */
export interface Calibrations {
  /** Whose they are, as far as they are somebody's own; null: nobody's in particular. */
  readonly personId: string | null;
  of(rollerId: string): KeptCalibration | null;
  /** In force at once; resolves when it is kept. Rejects with E_LIBRARY. */
  keep(rollerId: string, calibration: RollerCalibration, utcMs: number): Promise<void>;
}
