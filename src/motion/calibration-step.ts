import type { CalibrationRefusal } from '../guide/calibration-words.ts';
import { FAULT_BIT } from './cells.ts';
import type { MotionState } from './motion.ts';
import { TICK_S, type MotionTick } from './tick.ts';

export type CalibrationEvent =
  | {
      readonly type: 'done';
      /** Factor on the force; effective radius, cm; comfortable load, in the roller's own unit. */
      readonly value: number;
      /** It is within what is possible, but unusual: worth doing again. */
      readonly unusual: boolean;
    }
  | {
      readonly type: 'refused';
      readonly reason: CalibrationRefusal;
      /** What was found, where it was found to be implausible: as above. */
      readonly value: number | null;
    };

export const refused = (reason: CalibrationRefusal, value: number | null = null): CalibrationEvent => ({ type: 'refused', reason, value });

/** What calibrating has to know of a tick. */
export interface CalibrationSample {
  readonly tS: number;
  readonly contact: boolean;
  /** Turned under contact within the tick, rad, signed. */
  readonly turnedRad: number;
  /** As measured, whether a body can weigh as much or not; null without calibrated cells. */
  readonly forceN: number | null;
  /** Of cells in counts, in their own unit; null where they are calibrated. */
  readonly relativeLoad: number | null;
  /** A cell is often at its end: it carries more than is read. */
  readonly saturated: boolean;
  /** The motor shook, a tare ran, or frames stopped. */
  readonly disturbed: boolean;
}

export const calibrationSampleOf = ({ geometry, load, cells, contactAssumed }: MotionState, tick: MotionTick): CalibrationSample => ({
  tS: tick.tS,
  contact: tick.contact,
  turnedRad: (tick.speedCmS * TICK_S) / geometry.radiusCm,
  forceN: geometry.pressureCalibrated && !contactAssumed ? load.forceN : null,
  relativeLoad: tick.relativeLoad ?? null,
  saturated: cells.faults.some((bits) => (bits & FAULT_BIT.saturated) !== 0),
  disturbed: tick.disturbed || tick.gap,
});
