import type { Clock } from '../clock.ts';
import type { PipelineInput } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import { startRecorder as startSessionRecorder } from '../sessions/recorder.ts';
import type { Source } from './source.ts';

/** Keeps what comes over the link and what people do, above the decoder, so that it can be decoded anew. */
export interface Recorder {
  readonly file: string;
  /** Never throws and never waits; a disk that fails ends the recording with a warning, not the session. */
  readonly take: (event: PipelineInput) => void;
  close(): Promise<void>;
}

export interface RecorderOptions {
  readonly folder: string;
  readonly source: Pick<Source, 'kind' | 'scenario' | 'seed'>;
  readonly software: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Starts a recording under a name that sorts by time. Rejects with E_FILE_WRITE. */
export async function startRecorder({ folder, source, software, clock, log }: RecorderOptions): Promise<Recorder> {
  const { kind, scenario, seed } = source;
  const recorder = startSessionRecorder({
    folder,
    meta: { source: kind, software, scenario, seed },
    clock,
    onTrouble: (trouble) => log.warn(`recorder: ${trouble.line}; ${recorder.file} ends here`),
  });
  await recorder.opened;
  return { file: recorder.file, take: recorder.take, close: () => recorder.close() };
}
