import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { PipelineConfig, PipelineInput, PipelineOutput, PipelineState } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import type { Library } from '../sessions/library/library.ts';
import type { KeptCue } from '../sessions/library/records.ts';
import { keepLast, preludeEvents, type Prelude } from '../sessions/prelude.ts';
import { startRecorder, type Recorder } from '../sessions/recorder.ts';
import type { RecordedEvent } from '../sessions/recording.ts';
import { summaryOf } from '../sessions/summary/summarize.ts';
import type { Source } from './source.ts';

/** A day of one cue every ten seconds: more would be a fault, and must not fill the memory. */
const MOST_CUES = 8640;

/** Whether what happens is being written down; `failed`: it was, until the disk refused. */
export type RecordingState = 'off' | 'on' | 'failed';

export interface KeeperOptions {
  /** Where recordings go; null: none is made. */
  readonly folder: string | null;
  readonly library: Pick<Library, 'keepSession' | 'settings' | 'listPeople'>;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  readonly software: string;
}

/** Whose sessions are kept. */
export interface KeeperStation {
  readonly source: Pick<Source, 'kind' | 'scenario' | 'seed' | 'clock' | 'start'>;
  readonly log: Log;
  /** `recording` has changed. */
  readonly onRecording: () => void;
}

/** Keeps the sessions of one station, one after the other: a recording of each and, when it is over, its summary in the library. */
export interface Keeper {
  readonly sessionId: string;
  readonly recording: RecordingState;
  /** What goes into the pipeline, before it does. */
  take(input: PipelineInput): void;
  /** What came out. */
  made(output: PipelineOutput): void;
  /** The session is over. What has been kept of it is told in the log; never rejects. */
  end(state: PipelineState): Promise<void>;
  /** Another session begins after one that has ended; gives what its pipeline begins with, which is recorded already. */
  begin(): readonly RecordedEvent[];
}

/** What is kept of the session that runs. */
interface Kept {
  readonly sessionId: string;
  readonly startUtcMs: number;
  readonly personId: string | null;
  readonly recorder: Recorder | null;
  readonly cues: KeptCue[];
  /** The disk has refused its recording. */
  failed: boolean;
  ended: boolean;
}

export function createKeeper({ folder, library, config, software }: KeeperOptions, { source, log, onRecording }: KeeperStation): Keeper {
  const { kind, scenario, seed, clock } = source;
  const lasting: Prelude = new Map();
  let kept = open([]);

  function open(prelude: readonly RecordedEvent[]): Kept {
    const sessionId = newId();
    const { presentPersonId: personId } = library.settings();
    const onTrouble = (trouble: AppError): void => {
      opened.failed = true;
      log.warn(`recording stopped: ${trouble.line}`);
      onRecording();
    };
    const meta = { sessionId, source: kind, software, scenario, seed, ...config, start: source.start, ...(personId !== null && { personId }) };
    const recorder = folder === null ? null : startRecorder({ folder, meta, clock, prelude, onTrouble });
    recorder?.opened.then(() => log.info(`recording to ${recorder.file}`), () => undefined);
    const opened: Kept = { sessionId, startUtcMs: Math.round(clock.utcMs()), personId, recorder, cues: [], failed: false, ended: false };
    return opened;
  }

  async function save({ recorder, sessionId, startUtcMs, personId, cues }: Kept, state: PipelineState): Promise<void> {
    const person = library.listPeople().find(({ id }) => id === personId) ?? null;
    const summary = summaryOf(state, { sessionId, startUtcMs, source: kind, scenario, importedFrom: null, software, person });
    const { beforeNrs, afterNrs } = summary.pain;
    await recorder?.close({ ...(beforeNrs !== null && { painBefore: beforeNrs }), ...(afterNrs !== null && { painAfter: afterNrs }) });
    if (summary.quality.frames === 0) return;
    const file = recorder === null ? null : path.basename(recorder.file);
    const bytes = recorder === null ? 0 : await stat(recorder.file).then(({ size }) => size, () => 0);
    library.keepSession({ summary, cues, file: bytes === 0 ? null : file, bytes, state: 'whole', personId: person?.id ?? null });
    log.info(`session ${sessionId} is kept${file === null ? '' : `, its recording is ${file}`}`);
  }

  return {
    get sessionId() {
      return kept.sessionId;
    },
    get recording() {
      if (kept.recorder === null || kept.ended) return 'off';
      return kept.failed ? 'failed' : 'on';
    },
    take(input) {
      keepLast(lasting, input);
      if (!kept.ended) kept.recorder?.take(input);
    },
    made(output) {
      if (kept.ended) return;
      if (output.type === 'tick') kept.recorder?.derived(output.tick);
      if (output.type !== 'cue') return;
      kept.recorder?.cue(output.event);
      const { phase, tS, kind: cue, level, group, side, value, limit } = output.event;
      if (phase === 'start' && kept.cues.length < MOST_CUES) kept.cues.push({ tS, kind: cue, level, group, side, value, limit });
    },
    async end(state) {
      const over = kept;
      if (over.ended) return;
      over.ended = true;
      onRecording();
      await save(over, state).catch((error: unknown) => log.warn(`session ${over.sessionId} could not be kept: ${String(error)}`));
    },
    begin() {
      const nowS = clock.monotonicS();
      const prelude = preludeEvents(lasting).map((event) => ({ ...event, arrivalS: nowS }));
      kept = open(prelude);
      onRecording();
      return prelude;
    },
  };
}
