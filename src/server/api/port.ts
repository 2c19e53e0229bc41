import type { ExportFormat } from '../../sessions/export/formats.ts';
import type { Library } from '../../sessions/library/library.ts';
import type { RecordingFile } from '../../sessions/library/recording-of.ts';
import type { Series } from '../../sessions/library/records.ts';
import type { SessionSummaryRecord } from '../../sessions/summary/summary.ts';
import type { TrendOptions, Trends } from '../../sessions/summary/trends.ts';

/** A session made into a file of another kind. */
export interface ExportedFile {
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** What the API serves: the library, and what is made of its recordings. Nothing of it knows of HTTP. */
export interface LibraryApi {
  readonly library: Library;
  /** Where the recording of a session lies. Rejects with E_NOT_FOUND. */
  readonly recordingOf: (sessionId: string) => Promise<RecordingFile>;
  /** At most `maxPoints` points of the derived series of a recording. Rejects with what reading it rejects with. */
  readonly seriesOf: (file: string, maxPoints: number) => Promise<Series>;
  readonly exportOf: (file: string, options: { readonly format: ExportFormat; readonly raw: boolean }) => Promise<ExportedFile>;
  /** Over the last weeks; see `trendsOf` of the summaries. */
  readonly trendsOf: (summaries: readonly SessionSummaryRecord[], options: TrendOptions) => Trends;
}
