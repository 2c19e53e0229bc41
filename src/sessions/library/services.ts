import type { PipelineConfig } from '../../pipeline.ts';
import type { LibraryApi } from '../../server/api/port.ts';
import { exportRecording } from '../export/export.ts';
import { readRecording } from '../reader.ts';
import { replayConfig } from '../replay-config.ts';
import type { Library } from './library.ts';
import { trendsOf } from '../summary/trends.ts';
import { seriesOf } from './series.ts';

/** What the HTTP API serves of a library; `coaching` as in `LibraryOptions`. */
export const servicesOf = (library: Library, coaching: PipelineConfig['coaching']): LibraryApi => ({
  library,
  seriesOf: async (file, maxPoints) => seriesOf(await readRecording(file), coaching, maxPoints),
  async exportOf(file, { format, raw }) {
    const recording = await readRecording(file);
    return exportRecording(recording, { format, raw, config: replayConfig(recording.meta, { coaching, overrides: {} }) });
  },
  trendsOf,
});
