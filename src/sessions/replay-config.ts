import { defaultCoachingConfig, type CoachingConfig } from '../coaching/parameters.ts';
import type { PipelineConfig } from '../pipeline.ts';
import type { RecordingMeta } from './recording.ts';

/**
 * What a recording is judged by when it is played, analysed, summarised or exported: what was in force when it was made, so that it
 * says what was said then. What it does not tell (an older version had a rule less) is as given, and so is what differs from
 * `defaults`: it has been set now. Flags of now win over its commands; those of then are in its commands.
 */
export const replayConfig = (
  { coaching = {}, start = 'first-frame' }: Pick<RecordingMeta, 'coaching' | 'start'>,
  given: Pick<PipelineConfig, 'coaching' | 'overrides'>,
  defaults: CoachingConfig = defaultCoachingConfig,
): PipelineConfig => {
  const judged = Object.entries<number>(given.coaching).map(([key, value]) => {
    const name = key as keyof CoachingConfig;
    return [name, value === defaults[name] ? (coaching[name] ?? value) : value];
  });
  return { coaching: Object.fromEntries(judged) as CoachingConfig, overrides: given.overrides, start };
};
