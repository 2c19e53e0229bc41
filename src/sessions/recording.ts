import type { CommandEvent, PipelineConfig } from '../pipeline.ts';
import type { LinkEvent, SourceKind } from '../link/port.ts';
import type { CoachingConfig } from '../coaching/parameters.ts';
import type { CueMessage, MotionMessage, TruthCue, TruthTick } from './channels.ts';

/** The version of docs/recording-format.md that this software writes, and the newest it reads. */
export const FORMAT_VERSION = 1;

/** What a recording says of itself. */
export interface RecordingMeta {
  /** UUIDv7. */
  readonly sessionId: string;
  /** UTC of `arrivalS` 0, ms since 1970. */
  readonly startUtcMs: number;
  readonly source: SourceKind;
  /** Name and version of the program that wrote it. */
  readonly software: string;
  readonly scenario: string | null;
  readonly seed: number | null;
  /** Name of the file it was made from, and how. */
  readonly importedFrom: string | null;
  /** What was in force when it was recorded: thresholds, and when a session starts by itself. */
  readonly coaching?: Partial<CoachingConfig>;
  /** What flags said then. It is in the recorded commands already: were it to win again, it would win over what the person said later. */
  readonly overrides?: PipelineConfig['overrides'];
  readonly start?: PipelineConfig['start'];
  /** Who is where, where that is known: UUIDv7. */
  readonly hubId?: string;
  readonly personId?: string;
  readonly rollerId?: string;
  /** What the person answered before rolling, by question. */
  readonly screening?: Readonly<Record<string, string | number | boolean | null>>;
  /** 0 to 10, before and after rolling. */
  readonly painBefore?: number;
  readonly painAfter?: number;
  /** The roller as it named itself: its device id and name. */
  readonly roller?: { readonly id: string; readonly name: string };
  /** Why the file had to be mended, and what was lost by that, in words for a person. */
  readonly recovered?: string;
}

/** What came over the link and what the person did, as it came; `arrivalS` counts from the start of the recording. */
export type RecordedEvent = LinkEvent | CommandEvent;

/** The truth of a simulation, beside the signal; `tS` is session time. */
export type TruthEvent = ({ readonly type: 'truth' } & TruthTick) | ({ readonly type: 'truth-cue' } & TruthCue);

/** What was made of it at the time, beside the signal, for other tools; `tS` is session time. */
export type DerivedEvent = ({ readonly type: 'motion' } & MotionMessage) | ({ readonly type: 'cue' } & CueMessage);

export interface Recording {
  readonly meta: RecordingMeta;
  /** In order of arrival. */
  readonly events: readonly RecordedEvent[];
  readonly truth: { readonly ticks: readonly TruthTick[]; readonly cues: readonly TruthCue[] };
  /** What was lost or not understood, in words for a person; null when the file is whole. */
  readonly damage: string | null;
  /** Messages read, of any channel. */
  readonly messages: number;
}
