import { createPipeline, stepPipeline, type PipelineConfig, type PipelineInput, type PipelineOutput, type PipelineState } from '../pipeline.ts';

/** The pipeline of a station, in whose place another can be put. */
export interface Course {
  readonly state: PipelineState;
  /** Device time that has been seen since the station was opened, by all of its pipelines, s. */
  readonly seenS: number;
  step(input: PipelineInput): readonly PipelineOutput[];
  /** Nothing is left of what was, but what a new pipeline makes of these. */
  beginWith(prelude: readonly PipelineInput[]): void;
  /** The state belongs to the course from now on. */
  goOnFrom(state: PipelineState): void;
}

export function createCourse(config: PipelineConfig): Course {
  let state = createPipeline(config);
  let earlierS = 0;
  return {
    get state() {
      return state;
    },
    get seenS() {
      return earlierS + state.durationS;
    },
    step: (input) => stepPipeline(state, input),
    beginWith(prelude) {
      earlierS += state.durationS;
      state = createPipeline(config);
      for (const input of prelude) stepPipeline(state, input);
    },
    goOnFrom(next) {
      state = next;
    },
  };
}
