import { concatMap, defer, type OperatorFunction } from 'rxjs';
import { createPipeline, stepPipeline, type PipelineConfig, type PipelineInput, type PipelineReset } from '../pipeline.ts';
import { keepLast, preludeEvents, type Prelude } from '../sessions/prelude.ts';

/** A new pipeline goes on, for a session that begins anew. Nothing is left of the one before but the last word on roller, muscle and person. */
export interface FreshStart extends PipelineReset {
  /** That last word, with which the new pipeline has begun. */
  readonly prelude: readonly PipelineInput[];
}

/** What goes into the pipeline of a station. */
export type StationInput = PipelineInput | PipelineReset | FreshStart;

export const isFreshStart = (input: StationInput): input is FreshStart => 'prelude' in input;

export interface FreshStartOptions {
  readonly config: PipelineConfig;
  /** Whether a session begins anew with this input. */
  readonly isDue: (input: PipelineInput) => boolean;
  readonly nowS: () => number;
}

/** Has every session begin with a pipeline of its own, so that it can be played again by itself. */
export const withFreshStarts = ({ config, isDue, nowS }: FreshStartOptions): OperatorFunction<PipelineInput | PipelineReset, StationInput> =>
  (inputs$) =>
    defer(() => {
      const lasting: Prelude = new Map();
      return inputs$.pipe(
        concatMap((input) => {
          if (input.type === 'reset') return [input];
          keepLast(lasting, input);
          return isDue(input) ? [freshStart(config, lasting, nowS()), input] : [input];
        }),
      );
    });

function freshStart(config: PipelineConfig, lasting: Prelude, nowS: number): FreshStart {
  const state = createPipeline(config);
  const prelude = preludeEvents(lasting).map((event) => ({ ...event, arrivalS: nowS }));
  for (const input of prelude) stepPipeline(state, input);
  return { type: 'reset', state, prelude };
}
