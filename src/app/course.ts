import { createPipeline, stepPipeline, type PipelineConfig, type PipelineInput, type PipelineOutput, type PipelineState } from '../pipeline.ts';
import { keepLast, preludeEvents, type Prelude } from '../sessions/prelude.ts';

/** The pipeline of a station, in whose place another can be put. */
export interface Course {
  readonly state: PipelineState;
  /** Device time that has been seen since the station was opened, by all of its pipelines, s. */
  readonly seenS: number;
  step(input: PipelineInput): readonly PipelineOutput[];
  /**
   * From now on a new pipeline runs. Of what was nothing is left but the last word on the roller, the muscle and the person: that is what it
   * begins with, and what this gives.
   */
  beginAnew(nowS: number): readonly PipelineInput[];
  /** The state belongs to the course from now on. */
  goOnFrom(state: PipelineState): void;
}

export function createCourse(config: PipelineConfig): Course {
  const lasting: Prelude = new Map();
  let state = createPipeline(config);
  let earlierS = 0;
  return {
    get state() {
      return state;
    },
    get seenS() {
      return earlierS + state.durationS;
    },
    step(input) {
      keepLast(lasting, input);
      return stepPipeline(state, input);
    },
    beginAnew(nowS) {
      earlierS += state.durationS;
      state = createPipeline(config);
      const prelude = preludeEvents(lasting).map((event) => ({ ...event, arrivalS: nowS }));
      for (const input of prelude) stepPipeline(state, input);
      return prelude;
    },
    goOnFrom(next) {
      state = next;
    },
  };
}
