/** What a recording can be made into. The names are those of `--format` and of the API. */
export const EXPORT_FORMATS = {
  csv: { doc: 'the samples and what was derived of them', mediaType: 'text/csv; charset=utf-8; header=present', extension: '.csv' },
  json: { doc: 'summary, series, cues and states', mediaType: 'application/json', extension: '.json' },
  fit: { doc: 'an activity for training platforms', mediaType: 'application/vnd.ant.fit', extension: '.fit' },
  report: { doc: 'a page to print', mediaType: 'text/html; charset=utf-8', extension: '.html' },
} as const;

export type ExportFormat = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as ExportFormat[];
