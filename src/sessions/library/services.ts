import type { PipelineConfig } from '../../pipeline.ts';
import type { LibraryApi } from '../../server/api/port.ts';
import { trendsOf } from '../summary/trends.ts';
import { createAside } from './aside.ts';
import type { Library } from './library.ts';
import { recordingOf } from './recording-of.ts';

/** What the HTTP API serves of a library; `coaching` as in `LibraryOptions`. */
export function servicesOf(library: Library, coaching: PipelineConfig['coaching']): LibraryApi {
  const aside = createAside();
  return {
    library,
    recordingOf: (sessionId) => recordingOf(library, sessionId),
    seriesOf: (file, maxPoints) => aside('series', { file, coaching, maxPoints }),
    exportOf: (file, { format, raw }) => aside('export', { file, coaching, format, raw }),
    trendsOf,
  };
}
