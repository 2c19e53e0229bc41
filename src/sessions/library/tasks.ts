import type { PipelineConfig } from '../../pipeline.ts';
import { exportRecording } from '../export/export.ts';
import type { ExportFormat } from '../export/formats.ts';
import { readRecording } from '../reader.ts';
import { replayConfig } from '../replay-config.ts';
import { seriesOf } from './series.ts';

interface OfRecording {
  /** Path of the recording. */
  readonly file: string;
  readonly coaching: PipelineConfig['coaching'];
}

/** What is made of a whole recording, which for an hour of one takes seconds. Data in, data out: a thread can do it. */
export const TASKS = {
  series: async ({ file, coaching, maxPoints }: OfRecording & { readonly maxPoints: number }) =>
    seriesOf(await readRecording(file), coaching, maxPoints),

  export: async ({ file, coaching, format, raw }: OfRecording & { readonly format: ExportFormat; readonly raw: boolean }) => {
    const recording = await readRecording(file);
    return exportRecording(recording, { format, raw, config: replayConfig(recording.meta, { coaching, overrides: {} }) });
  },
};

export type TaskName = keyof typeof TASKS;
export type GivenTo<T extends TaskName> = Parameters<(typeof TASKS)[T]>[0];
export type MadeBy<T extends TaskName> = Awaited<ReturnType<(typeof TASKS)[T]>>;
