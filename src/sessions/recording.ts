import type { CommandEvent } from '../pipeline.ts';
import type { LinkEvent, SourceKind } from '../link/port.ts';
import type { TruthCue, TruthTick } from './channels.ts';

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
}

/** What came over the link and what the person did, as it came; `arrivalS` counts from the start of the recording. */
export type RecordedEvent = LinkEvent | CommandEvent;

/** The truth of a simulation, beside the signal; `tS` is session time. */
export type TruthEvent = ({ readonly type: 'truth' } & TruthTick) | ({ readonly type: 'truth-cue' } & TruthCue);

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
