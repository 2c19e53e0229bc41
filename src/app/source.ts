import type { Observable } from 'rxjs';
import type { Clock } from '../clock.ts';
import type { RollerLink, SourceKind } from '../link/port.ts';
import type { PipelineConfig, PipelineInput, PipelineReset } from '../pipeline.ts';
import type { Transport } from '../sessions/transport.ts';
import type { Heard } from './radio.ts';
import type { ScriptOptions } from './script.ts';

/** Where one station gets its roller from. */
export interface Source {
  readonly kind: SourceKind;
  /** What is simulated, for recordings. */
  readonly scenario: string | null;
  readonly seed: number | null;
  /** What comes from its roller; of a recording also what was commanded, and where it goes on from after a jump. Never completes. */
  readonly inputs$: Observable<PipelineInput | PipelineReset>;
  /** Asks the roller for something. */
  readonly request: RollerLink['request'];
  /** Tells the time of `arrivalS`; a recording that plays faster has a faster one. */
  readonly clock: Clock;
  /** What the person of a scenario does at the screen. */
  readonly script: ScriptOptions | null;
  readonly start: PipelineConfig['start'];
  /** What it is judged by, where that is not only what is set now: of a recording. */
  readonly judgedBy?: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  /** Takes the roller of this name, address or device id in place of its own; null: there is no radio to find it with. */
  readonly meet: ((roller: string) => void) | null;
  /** Plays the recording; null: the roller is there. */
  readonly transport: Transport | null;
}

/** Where a companion gets its rollers from. */
export interface SourceSet {
  readonly kind: SourceKind;
  /** In words for a person: `simulated roller, scenario tour`. */
  readonly title: string;
  /** One for each station, at least one. */
  readonly stations: readonly Source[];
  /** Hears for some seconds who advertises; null without a radio. Rejects with E_BLUETOOTH. */
  readonly listen: (() => Promise<readonly Heard[]>) | null;
  /** Ends what is left when nobody subscribes to the links any more. */
  close(): Promise<void>;
}
