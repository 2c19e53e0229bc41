import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BehaviorSubject } from 'rxjs';
import type { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { CommandEvent, PipelineConfig, PipelineInput, PipelineOutput, PipelineState } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import type { Library } from '../sessions/library/library.ts';
import { removeFile } from '../sessions/library/folder.ts';
import { keptCueOf, type KeptCue, type Person } from '../sessions/library/records.ts';
import { startRecorder, type Recorder, type RecorderOptions } from '../sessions/recorder.ts';
import { summaryOf } from '../sessions/summary/summarize.ts';
import { addToOpening, createOpening, openingEvents, type Opening } from './opening.ts';
import type { Source } from './source.ts';

/** A day of one cue every ten seconds: more would be a fault, and must not fill the memory. */
const MOST_CUES = 8640;

/** And of pain after a session, should somebody press on and on before the next one. */
const MOST_SAID = 100;

/** Whether what happens is being written down; `failed`: it was, until the disk refused. */
export type RecordingState = 'off' | 'on' | 'failed';

export interface KeeperOptions {
  /** Where recordings go; null: none is made. */
  readonly folder: string | null;
  readonly library: Pick<Library, 'keepSession'>;
  /** Whoever is present when a session ends is whose it is. */
  readonly person$: Pick<BehaviorSubject<Person | null>, 'value'>;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  readonly software: string;
  readonly openFile?: RecorderOptions['openFile'];
}

/** Whose sessions are kept. */
export interface KeeperStation {
  readonly source: Pick<Source, 'kind' | 'scenario' | 'seed' | 'clock' | 'start'>;
  readonly log: Log;
  /** `recording` has changed; with the reason, where the disk has refused. */
  readonly onRecording: (trouble: AppError | null) => void;
}

/**
 * Keeps the sessions of one station, one after the other: a recording of each and, when it is over, its summary in the library; neither where
 * nobody touched the roller.
 */
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

/** What is kept of the session that runs. */
interface Kept {
  readonly sessionId: string;
  readonly opening: Opening;
  readonly cues: KeptCue[];
  /** When the first samples came, UTC ms: with them it begins. */
  startUtcMs: number | null;
  recorder: Recorder | null;
  /** It has run, the roller was touched, or a moment was marked: it is not nothing. */
  isUsed: boolean;
  /** The disk has refused its recording. */
  failed: boolean;
  ended: boolean;
  /** Whose its recording is said to be: an id, or nothing. */
  personId: string;
  /** Whoever was present when it ended. */
  person: Person | null;
  /** What they have said since that belongs to it. */
  readonly said: CommandEvent[];
}

export function createKeeper(options: KeeperOptions, { source, log, onRecording }: KeeperStation): Keeper {
  const { folder, library, person$, config, software, openFile } = options;
  const { kind, scenario, seed, clock } = source;
  let kept = newSession();
  let saved: Promise<unknown> = Promise.resolve();
  const presentId = (): string => idOf(person$.value);

  /** A roller may be awaited for days: the recording begins with its first samples, and what has to stand before them. */
  function record(session: Kept, arrivalS: number): void {
    const startUtcMs = clock.utcMs() - (clock.monotonicS() - arrivalS) * 1000;
    session.startUtcMs = Math.round(startUtcMs);
    if (folder === null) return;
    const personId = presentId();
    session.personId = personId;
    session.recorder = startRecorder({
      folder,
      meta: { sessionId: session.sessionId, source: kind, software, scenario, seed, ...config, start: source.start, ...(personId && { personId }) },
      clock: { monotonicS: () => arrivalS, utcMs: () => startUtcMs },
      prelude: openingEvents(session.opening),
      onTrouble(trouble) {
        session.failed = true;
        log.warn(`recording stopped: ${trouble.line}`);
        onRecording(trouble);
      },
      ...(openFile && { openFile }),
    });
    const { opened, file } = session.recorder;
    opened.then(() => log.info(`recording to ${file}`), () => undefined);
    onRecording(null);
  }

  /** The state goes on: what is to be told of it is taken at once. */
  async function save(session: Kept, state: PipelineState, before: Promise<unknown>): Promise<void> {
    const { recorder, sessionId, startUtcMs, person, cues } = session;
    if (startUtcMs === null) return;
    const summary = summaryOf(state, { sessionId, startUtcMs, source: kind, scenario, importedFrom: null, software, person });
    const { beforeNrs, afterNrs } = summary.pain;
    if (!session.isUsed && beforeNrs === null && afterNrs === null) return discard(session);
    const late = {
      ...(session.personId !== idOf(person) && { personId: idOf(person) }),
      ...(beforeNrs !== null && { painBefore: beforeNrs }),
      ...(afterNrs !== null && { painAfter: afterNrs }),
    };
    const said = session.said.splice(0);
    await Promise.all([before, recorder?.close(late)]);
    if (said.length > 0) await recorder?.amend(said, late).catch((error: AppError) => log.warn(`what was said after session ${sessionId} is not in its recording: ${error.line}`));
    const bytes = recorder === null ? 0 : await stat(recorder.file).then(({ size }) => size, () => 0);
    const file = recorder === null || bytes === 0 ? null : path.basename(recorder.file);
    library.keepSession({ summary, cues, file, bytes, state: session.failed ? 'recovered' : 'whole', personId: person?.id ?? null });
    log.info(`session ${sessionId} is kept${file === null ? '' : `, its recording is ${file}`}`);
  }

  /** A roller was there, but nobody touched it, and nobody said anything of it: that is no session. */
  async function discard(session: Kept): Promise<void> {
    const { recorder, sessionId } = session;
    session.recorder = null;
    await recorder?.close();
    const hadFile = recorder !== null && (await removeFile(recorder.file));
    log.info(`session ${sessionId} saw nobody and is not kept${hadFile ? `, nor is its recording ${path.basename(recorder.file)}` : ''}`);
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
      if (kept.ended) {
        const isPain = input.type === 'command' && input.command.type === 'pain';
        if (isPain && presentId() === idOf(kept.person) && kept.said.length < MOST_SAID) kept.said.push(input);
        return;
      }
      if (kept.startUtcMs === null && hasSamples(input)) record(kept, input.arrivalS);
      if (kept.startUtcMs === null) addToOpening(kept.opening, input);
      else kept.recorder?.take(input);
      kept.isUsed ||= input.type === 'command' && input.command.type === 'marker';
      if (kept.personId !== presentId() && kept.recorder !== null) {
        kept.personId = presentId();
        kept.recorder.note({ personId: kept.personId });
      }
    },
    made(output) {
      if (kept.ended) return;
      if (output.type === 'tick') kept.recorder?.derived(output.tick);
      kept.isUsed ||= isUse(output);
      if (output.type !== 'cue') return;
      kept.recorder?.cue(output.event);
      if (output.event.phase === 'start' && kept.cues.length < MOST_CUES) kept.cues.push(keptCueOf(output.event));
    },
    async end(state) {
      const over = kept;
      const isNews = !over.ended;
      if (isNews) Object.assign(over, { ended: true, person: person$.value });
      if (isNews || over.said.length > 0) {
        const saving = save(over, state, saved).catch((error: unknown) => log.warn(`session ${over.sessionId} could not be kept: ${String(error)}`));
        saved = saving;
      }
      if (isNews) onRecording(null);
      await saved;
    },
    begin(prelude) {
      kept = newSession();
      for (const input of prelude) addToOpening(kept.opening, input);
    },
  };
}

const idOf = (person: Person | null): string => person?.id ?? '';

const newSession = (): Kept => ({
  sessionId: newId(), opening: createOpening(), cues: [], startUtcMs: null, recorder: null, isUsed: false, failed: false, ended: false, personId: '',
  person: null, said: [],
});

/** Where contact is assumed, nothing tells that somebody is there. */
const isUse = (output: PipelineOutput): boolean =>
  output.type === 'tick' ? output.tick.contact && !output.tick.contactAssumed : output.type === 'session' && output.state === 'running';

const hasSamples = (input: PipelineInput): boolean =>
  input.type === 'frame' && (input.characteristic === 'stream' || input.characteristic === 'sensor');
