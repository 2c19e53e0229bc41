import type { CoachingConfig } from '../coaching/parameters.ts';
import type { PipelineConfig } from '../pipeline.ts';
import type { RecordingMeta } from './recording.ts';

/**
 * What a recording is judged by when it is played: what was in force when it was made, so that it says what was said then. What it
 * does not tell (an older version had a rule less) is as given; flags of now win over its commands.
 */
export const replayConfig = (
  { coaching = {}, start = 'first-frame' }: Pick<RecordingMeta, 'coaching' | 'start'>,
  given: Pick<PipelineConfig, 'coaching' | 'overrides'>,
): PipelineConfig => ({
  coaching: Object.fromEntries(
    Object.entries<number>(given.coaching).map(([name, value]) => [name, coaching[name as keyof CoachingConfig] ?? value]),
  ) as CoachingConfig,
  overrides: given.overrides,
  start,
});
