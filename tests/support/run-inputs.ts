import type { CueEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, stepPipeline, type PipelineConfig, type PipelineInput, type PipelineState } from '../../src/pipeline.ts';

/** Of a recording that is judged by nothing but itself. */
const AS_RECORDED: PipelineConfig = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' };

/** A pipeline that has taken these inputs, and what the person was told. */
export function runInputs(inputs: Iterable<PipelineInput>, config = AS_RECORDED): { readonly state: PipelineState; readonly cues: CueEvent[] } {
  const state = createPipeline(config);
  const cues: CueEvent[] = [];
  for (const input of inputs) {
    for (const output of stepPipeline(state, input)) if (output.type === 'cue') cues.push(output.event);
  }
  return { state, cues };
}
