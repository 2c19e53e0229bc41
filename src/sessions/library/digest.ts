import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RollerCalibration } from '../../motion/calibration-values.ts';
import { createPipeline, finishPipeline, stepPipeline, type PipelineConfig, type PipelineOutput, type PipelineState } from '../../pipeline.ts';
import type { Recording } from '../recording.ts';
import { replayConfig } from '../replay-config.ts';
import { summaryOf } from '../summary/summarize.ts';
import type { SessionSummaryRecord } from '../summary/summary.ts';
import { keptCueOf, type KeptCue } from './records.ts';

/** What the library wants to know of a recording. */
export interface Digest {
  readonly summary: SessionSummaryRecord;
  readonly cues: readonly KeptCue[];
  /** In force at its end, by device id. */
  readonly calibrations: ReadonlyMap<string, RollerCalibration>;
}

/** About 5 ms of work, after which what else waits has its turn: a live session may be going on. */
const EVENTS_A_TURN = 1000;

type CoachingConfig = PipelineConfig['coaching'];

/** Runs the live pipeline over a recording, as it would be played. */
export async function digest(
  { meta, events, damage }: Recording,
  coaching: CoachingConfig,
  each?: (output: PipelineOutput, state: PipelineState) => void,
): Promise<Digest> {
  const { personId } = meta;
  const state = createPipeline(replayConfig(meta, { coaching, overrides: {} }));
  const cues: KeptCue[] = [];
  const take = (outputs: readonly PipelineOutput[]): void => {
    for (const output of outputs) {
      each?.(output, state);
      if (output.type !== 'cue' || output.event.phase !== 'start') continue;
      cues.push(keptCueOf(output.event));
    }
  };
  let left = EVENTS_A_TURN;
  for (const event of events) {
    take(stepPipeline(state, event));
    if (--left > 0) continue;
    left = EVENTS_A_TURN;
    await nextTurn();
  }
  take(finishPipeline(state));
  const person = personId === undefined ? null : { id: personId, name: null };
  return { summary: summaryOf(state, { ...meta, damage, person }), cues, calibrations: state.calibrations };
}
