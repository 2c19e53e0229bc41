import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { PipelineInput } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import { writeError } from '../sessions/file-errors.ts';
import { createRecordingWriter } from '../sessions/writer.ts';
import type { Source } from './source.ts';

/** Two minutes of frames that the disk has not taken: recording is given up, so that the session can go on. */
const MOST_WAITING = 6000;

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
  const [startUtcMs, originS] = [clock.utcMs(), clock.monotonicS()];
  const sessionId = newId();
  const file = path.join(folder, `${new Date(startUtcMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${sessionId.slice(-12)}.mcap`);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => Promise.reject(writeError(folder, error)));
  const { kind, scenario, seed } = source;
  const meta = { sessionId, startUtcMs, source: kind, software, scenario, seed, importedFrom: null };
  const writer = await createRecordingWriter(file, meta, { originS });
  let waiting = 0;
  let broken = false;

  const giveUp = (why: string): void => {
    if (!broken) log.warn(`recorder: ${why}; ${file} ends here`);
    broken = true;
  };
  return {
    file,
    take(event) {
      if (broken) return;
      if (waiting >= MOST_WAITING) return giveUp('the disk does not keep up');
      waiting++;
      writer.write(event).then(
        () => waiting--,
        (error: unknown) => giveUp(error instanceof AppError ? error.line : String(error)),
      );
    },
    close: () => (broken ? writer.abandon() : writer.finish()).catch((error: unknown) => giveUp(String(error))),
  };
}
