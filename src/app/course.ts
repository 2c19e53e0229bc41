import { defer, map, merge, observeOn, of, queueScheduler, tap, type Observable } from 'rxjs';
import { runPipeline, type CommandEvent, type PipelineConfig, type PipelineInput, type PipelineState, type PipelineStep } from '../pipeline.ts';
import { isFreshStart, withFreshStarts, type StationInput } from './fresh-start.ts';
import type { Keeper } from './keeper.ts';
import type { Source } from './source.ts';

export interface CourseStep extends PipelineStep<StationInput> {
  /** Device time that has been seen since the station was opened, by all of its pipelines, s. */
  readonly seenS: number;
}

export interface CourseOptions {
  readonly source: Pick<Source, 'inputs$' | 'clock' | 'transport'>;
  readonly commands$: Observable<CommandEvent>;
  readonly config: PipelineConfig;
  /** Gets everything as it came, before anything is made of it. */
  readonly keeper: Pick<Keeper, 'take' | 'begin'> | null;
}

/** The way of a station: what its source gives and what it is told, in one queue, through its pipeline. */
export const courseOf = ({ source, commands$, config, keeper }: CourseOptions): Observable<CourseStep> =>
  defer(() => {
    const nowS = source.clock.monotonicS;
    let state: PipelineState | null = null;
    let earlierS = 0;

    /** A recording that is played began its sessions so. */
    const beginsAnew = (input: PipelineInput): boolean =>
      source.transport === null && state?.coaching.session === 'stopped' && input.type === 'command' && input.command.type === 'start';

    function keep(input: StationInput): void {
      if (input.type !== 'reset') keeper?.take(input);
      else if (isFreshStart(input)) keeper?.begin(input.prelude);
    }

    const idle: PipelineInput = { type: 'state', state: 'idle', reason: null, arrivalS: nowS() };
    return merge(commands$, of(idle), source.inputs$).pipe(
      observeOn(queueScheduler), // what is commanded because of an input comes after all that follows from it
      withFreshStarts({ config, nowS, isDue: beginsAnew }),
      tap(keep),
      runPipeline(config),
      map((step): CourseStep => {
        if (isFreshStart(step.input)) earlierS += state?.durationS ?? 0;
        state = step.state;
        return { ...step, seenS: earlierS + state.durationS };
      }),
    );
  });
