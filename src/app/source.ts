import type { Observable } from 'rxjs';
import type { Clock } from '../clock.ts';
import type { RollerLink, SourceKind } from '../link/port.ts';
import type { CommandEvent, PipelineConfig } from '../pipeline.ts';
import type { ScriptOptions } from './script.ts';

/** Where a companion gets its roller from. */
export interface Source {
  readonly kind: SourceKind;
  /** In words for a person: `simulated roller, scenario tour`. */
  readonly title: string;
  /** What is simulated, for recordings. */
  readonly scenario: string | null;
  readonly seed: number | null;
  readonly link: RollerLink;
  /** Tells the time of `arrivalS`; a recording that plays faster has a faster one. */
  readonly clock: Clock;
  /** What was commanded when it was recorded. */
  readonly commands$: Observable<CommandEvent>;
  /** What the person of a scenario does at the screen. */
  readonly script: ScriptOptions | null;
  readonly start: PipelineConfig['start'];
  /** Ends what is left when nobody subscribes to the link any more. */
  close(): Promise<void>;
}
