import type { ControlRequest, ControlResponse, ResultCode } from '../../firmware-protocol/control.ts';
import type { Clock } from '../clock.ts';
import type { CalibrationRefusal, CalibrationStep } from '../guide/calibration-words.ts';
import { calibrationSampleOf, type CalibrationEvent } from '../motion/calibration-step.ts';
import { NOT_CALIBRATED, type RollerCalibration } from '../motion/calibration-values.ts';
import { calibrationProgress, stepCalibration, type CalibrationState } from '../motion/calibration.ts';
import type { MotionTick } from '../motion/tick.ts';
import type { PipelineCommand, PipelineState } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import type { CalibrationMessage, RollerView } from '../server/wire.ts';
import type { Calibrations } from '../sessions/calibrations.ts';
import { FIELDS, PREPARE, type Measuring } from './calibration-steps.ts';

export interface CalibratorOptions {
  readonly kept: Calibrations;
  readonly clock: Clock;
  readonly log: Log;
  /** A recording goes by what was calibrated when it was made. */
  readonly isReplay: boolean;
  readonly state: () => PipelineState;
  readonly command: (command: PipelineCommand) => void;
  readonly request: (request: ControlRequest) => Promise<ControlResponse>;
  readonly tell: (news: Omit<CalibrationMessage, 'type'>) => void;
}

/** Leads a person through calibrating, and keeps what comes of it with the roller. */
export interface Calibrator {
  /** Begins a step in place of the one under way, or with null ends that. Rejects with what the roller's link rejects with. */
  begin(step: CalibrationStep | null): Promise<void>;
  take(tick: MotionTick): void;
  /** What is measured cannot go on: a new session begins, with nothing of the one before. */
  interrupt(): void;
  /** Another roller, or another person, may be there: what is kept of them is in force from now on. */
  meet(): void;
  /** What is in force of the present roller and since when; of a recording there is nothing to keep. */
  kept(): NonNullable<RollerView['calibrated']>;
}

/** What a roller answers to `tare`, where it is not a success. */
const TARE_REFUSALS: Partial<Readonly<Record<ResultCode, CalibrationRefusal>>> = {
  loaded: 'loaded', moving: 'moving', opCodeNotSupported: 'unsupported',
};
/** Progress is told in steps of this. */
const TOLD_STEP = 0.05;

export function createCalibrator({ kept, clock, log, isReplay, state, command, request, tell }: CalibratorOptions): Calibrator {
  let measuring: CalibrationState | null = null;
  let toldProgress = 0;
  let met: { readonly rollerId: string | null; readonly personId: string | null } = { rollerId: null, personId: null };

  const news = (step: CalibrationStep, phase: CalibrationMessage['phase'], more: Partial<CalibrationMessage> = {}): void =>
    tell({ step, phase, progress: phase === 'done' ? 1 : 0, value: null, unusual: false, reason: null, ...more });
  const refuse = (step: CalibrationStep, reason: CalibrationRefusal): void => news(step, 'refused', { reason });

  async function tare(): Promise<void> {
    news('tare', 'measuring');
    try {
      const { result } = await request({ procedure: 'tare' });
      if (result === 'success') news('tare', 'done');
      else refuse('tare', TARE_REFUSALS[result] ?? 'failed');
    } catch (error) {
      refuse('tare', 'failed');
      throw error;
    }
  }

  function measure(step: Measuring): void {
    const prepared = PREPARE[step](state());
    if (typeof prepared === 'string') return refuse(step, prepared);
    measuring = prepared;
    toldProgress = 0;
    news(step, 'measuring');
    pauseSession();
  }

  /** Sitting down with the full weight is no rolling. */
  function pauseSession(): void {
    if (state().coaching.session === 'running') command({ type: 'pause' });
  }

  function conclude(step: Measuring, event: CalibrationEvent): void {
    measuring = null;
    const { info } = state();
    if (event.type === 'refused' || info === null) {
      const reason = event.type === 'refused' ? event.reason : 'no-roller';
      return news(step, 'refused', { reason, value: event.value });
    }
    const calibration: RollerCalibration = {
      ...(state().calibrations.get(info.deviceId) ?? NOT_CALIBRATED),
      [FIELDS[step]]: event.value,
    };
    kept.keep(info.deviceId, calibration, clock.utcMs()).catch((error: unknown) => log.warn(`calibration: ${String(error)}`));
    command({ type: 'calibration', rollerId: info.deviceId, ...calibration });
    news(step, 'done', { value: event.value, unusual: event.unusual });
  }

  function interrupt(): void {
    if (measuring !== null) conclude(measuring.step, { type: 'refused', reason: 'interrupted', value: null });
  }

  return {
    interrupt,
    async begin(step) {
      if (measuring !== null) news(measuring.step, 'cancelled');
      measuring = null;
      if (step === null) return;
      if (isReplay) return refuse(step, 'recorded');
      if (state().motion === null) return refuse(step, 'no-roller');
      if (step === 'tare') return tare();
      measure(step);
    },
    take(tick) {
      const { motion } = state();
      if (measuring === null || motion === null) return;
      pauseSession();
      const event = stepCalibration(measuring, calibrationSampleOf(motion, tick));
      if (event !== null) return conclude(measuring.step, event);
      const progress = calibrationProgress(measuring);
      if (Math.abs(progress - toldProgress) < TOLD_STEP) return;
      toldProgress = progress;
      news(measuring.step, 'measuring', { progress });
    },
    meet() {
      const id = state().info?.deviceId ?? null;
      const { personId } = kept;
      if (id === met.rollerId && (personId === met.personId || isReplay)) return;
      const isSameRoller = id === met.rollerId;
      met = { rollerId: id, personId };
      interrupt();
      const known = id === null || isReplay ? null : kept.of(id);
      if (id === null || (known === null && !isSameRoller)) return;
      // What the one before found comfortable is nothing to whoever has come.
      const { radiusCm, forceScale, comfortLoad = null } = known ?? { ...(state().calibrations.get(id) ?? NOT_CALIBRATED), comfortLoad: null };
      command({ type: 'calibration', rollerId: id, radiusCm, forceScale, comfortLoad });
    },
    kept() {
      const { info } = state();
      const known = info === null || isReplay ? null : kept.of(info.deviceId);
      if (known === null) return {};
      const steps = Object.entries(FIELDS).flatMap(([step, field]) => {
        const [value, sinceUtc] = [known[field] ?? null, known.since[step as Measuring]];
        return value === null || sinceUtc === undefined ? [] : [[step, { value, sinceUtc }]];
      });
      return Object.fromEntries(steps) as NonNullable<RollerView['calibrated']>;
    },
  };
}
