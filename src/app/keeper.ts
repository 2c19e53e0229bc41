import type { PipelineInput, PipelineOutput, PipelineState } from '../pipeline.ts';
import { keepSession, type KeeperOptions, type KeeperStation, type RecordingState } from './kept-session.ts';

/** Keeps the sessions of one station, one after the other. */
export interface Keeper {
  readonly sessionId: string;
  readonly recording: RecordingState;
  /** What goes into the pipeline, before it does. */
  take(input: PipelineInput): void;
  /** What came out. */
  made(output: PipelineOutput): void;
  /**
   * The session is over; also when pain is reported after it. Resolves when it, and those before it, are kept, which is told in the log;
   * never rejects.
   */
  end(state: PipelineState): Promise<void>;
  /** Another session begins after one that has ended, with what its pipeline has begun with. */
  begin(prelude: readonly PipelineInput[]): void;
}

export function createKeeper(options: KeeperOptions, station: KeeperStation): Keeper {
  let session = keepSession(options, station);
  let saved: Promise<void> = Promise.resolve();
  return {
    get sessionId() {
      return session.id;
    },
    get recording() {
      return session.recording;
    },
    take: (input) => session.take(input),
    made: (output) => session.made(output),
    end: (state) => (saved = session.end(state, saved)),
    begin(prelude) {
      session = keepSession(options, station, prelude);
    },
  };
}
