import type { Recording } from '../recording.ts';
import type { RunConfig, SummaryMeta } from '../summary/summarize.ts';
import { csvOf } from './csv.ts';
import { csvMetadata } from './csv-metadata.ts';
import { fitOf } from './fit/fit.ts';
import { EXPORT_FORMATS, type ExportFormat } from './formats.ts';
import { documentOf } from './json.ts';
import { reportOf } from './report/report.ts';
import { runForExport, type SessionRun } from './session-run.ts';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** Coaching thresholds, and what wins over the recorded commands. */
  readonly config: RunConfig;
  /** csv: without the derived columns. */
  readonly raw?: boolean;
  readonly person?: SummaryMeta['person'];
}

/** A file that belongs beside another; its extension is added to the other's whole name. */
export interface Sidecar {
  readonly mediaType: string;
  readonly extension: string;
  readonly bytes: Uint8Array;
}

export interface Exported {
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
  readonly bytes: Uint8Array;
  readonly sidecar: Sidecar | null;
}

type Make = (run: SessionRun, recording: Recording, options: ExportOptions) => Pick<Exported, 'bytes'> & Partial<Pick<Exported, 'sidecar'>>;

const MAKE: Readonly<Record<ExportFormat, Make>> = {
  csv: makeCsv,
  json: (run) => ({ bytes: json(documentOf(run)) }),
  fit: (run) => ({ bytes: fitOf(run) }),
  report: (run) => ({ bytes: Buffer.from(reportOf(run), 'utf8') }),
};

/**
 * A recording as a file of another kind, made by running the live pipeline over it. The same recording and options give the same
 * bytes. Throws E_RECORDING where there is nothing to export.
 */
export function exportRecording(recording: Recording, options: ExportOptions): Exported {
  const { mediaType, extension } = EXPORT_FORMATS[options.format];
  const run = runForExport(recording, options.config, options.person);
  return { mediaType, extension, sidecar: null, ...MAKE[options.format](run, recording, options) };
}

function makeCsv(run: SessionRun, recording: Recording, { config, raw = false }: ExportOptions): ReturnType<Make> {
  const table = csvOf(recording, config, run, !raw);
  return {
    bytes: table.bytes,
    sidecar: { mediaType: 'application/csvm+json', extension: '-metadata.json', bytes: json(csvMetadata(run, table), 2) },
  };
}

const json = (value: object, indent?: number): Uint8Array => Buffer.from(`${JSON.stringify(value, null, indent)}\n`, 'utf8');
