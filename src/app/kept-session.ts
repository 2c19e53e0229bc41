import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { BehaviorSubject } from 'rxjs';
import type { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import { stepPipeline, type CommandEvent, type PipelineConfig, type PipelineInput, type PipelineOutput, type PipelineState } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import { removeFile } from '../sessions/library/folder.ts';
import type { Library } from '../sessions/library/library.ts';
import { keptCueOf, type KeptCue, type Person } from '../sessions/library/records.ts';
import { startRecorder, type Recorder, type RecorderOptions } from '../sessions/recorder.ts';
import { summaryOf } from '../sessions/summary/summarize.ts';
import { addToOpening, createOpening, openingEvents } from './opening.ts';
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

/** One session: a recording, and when it is over a summary in the library; neither where nobody touched the roller. */
export interface KeptSession {
  readonly id: string;
  readonly recording: RecordingState;
  take(input: PipelineInput): void;
  made(output: PipelineOutput): void;
  /**
   * It is over, and the state goes on: what is to be told of it is taken at once. Where there is something new to keep, gives when that is done,
   * after `before`; otherwise `before`. Never rejects.
   */
  end(state: PipelineState, before: Promise<void>): Promise<void>;
}

/** `prelude`: what its pipeline has begun with. */
export function keepSession(options: KeeperOptions, station: KeeperStation, prelude: readonly PipelineInput[] = []): KeptSession {
  const { folder, library, person$, config, software, openFile } = options;
  const { source, log, onRecording } = station;
  const { kind, scenario, seed, clock } = source;
  const sessionId = newId();
  const opening = createOpening();
  const cues: KeptCue[] = [];
  /** When the first samples came, UTC ms: with them it begins. */
  let startUtcMs: number | null = null;
  let recorder: Recorder | null = null;
  /** It has run, the roller was touched, or a moment was marked: it is not nothing. */
  let isUsed = false;
  /** The disk has refused its recording. */
  let hasFailed = false;
  /** Its pipeline as it ended: that of the station goes on. Null: it is not over. */
  let final: PipelineState | null = null;
  /** Whose its recording is said to be: an id, or nothing. */
  let personId = '';
  /** Whoever was present when it ended. */
  let person: Person | null = null;
  /** What they have said since that belongs to it. */
  const said: CommandEvent[] = [];
  const presentId = (): string => idOf(person$.value);
  for (const input of prelude) addToOpening(opening, input);

  /** A roller may be awaited for days: the recording begins with its first samples, and what has to stand before them. */
  function begin(arrivalS: number): void {
    const firstUtcMs = clock.utcMs() - (clock.monotonicS() - arrivalS) * 1000;
    startUtcMs = Math.round(firstUtcMs);
    if (folder === null) return;
    personId = presentId();
    recorder = startRecorder({
      folder,
      meta: { sessionId, source: kind, software, scenario, seed, ...config, start: source.start, ...(personId && { personId }) },
      clock: { monotonicS: () => arrivalS, utcMs: () => firstUtcMs },
      prelude: openingEvents(opening),
      onTrouble(trouble) {
        hasFailed = true;
        log.warn(`recording stopped: ${trouble.line}`);
        onRecording(trouble);
      },
      ...(openFile && { openFile }),
    });
    const { opened, file } = recorder;
    opened.then(() => log.info(`recording to ${file}`), () => undefined);
    onRecording(null);
  }

  async function save(state: PipelineState, before: Promise<void>): Promise<void> {
    if (startUtcMs === null) return before;
    const told = said.splice(0);
    for (const input of told) stepPipeline(state, input);
    const summary = summaryOf(state, { sessionId, startUtcMs, source: kind, scenario, importedFrom: null, software, person });
    const { beforeNrs, afterNrs } = summary.pain;
    if (!isUsed && beforeNrs === null && afterNrs === null) return discard(before);
    const late = {
      ...(personId !== idOf(person) && { personId: idOf(person) }),
      ...(beforeNrs !== null && { painBefore: beforeNrs }),
      ...(afterNrs !== null && { painAfter: afterNrs }),
    };
    const recorded = recorder;
    await Promise.all([before, recorded?.close(late)]);
    if (told.length > 0) {
      const missing = (error: AppError): void => log.warn(`what was said after session ${sessionId} is not in its recording: ${error.line}`);
      await recorded?.amend(told, late).catch(missing);
    }
    const bytes = recorded === null ? 0 : await stat(recorded.file).then(({ size }) => size, () => 0);
    const file = recorded === null || bytes === 0 ? null : path.basename(recorded.file);
    library.keepSession({ summary, cues, file, bytes, state: hasFailed ? 'recovered' : 'whole', personId: person?.id ?? null });
    log.info(`session ${sessionId} is kept${file === null ? '' : `, its recording is ${file}`}`);
  }

  /** A roller was there, but nobody touched it, and nobody said anything of it: that is no session. */
  async function discard(before: Promise<void>): Promise<void> {
    const discarded = recorder;
    recorder = null;
    await Promise.all([before, discarded?.close()]);
    const hadFile = discarded !== null && (await removeFile(discarded.file));
    log.info(`session ${sessionId} saw nobody and is not kept${hadFile ? `, nor is its recording ${path.basename(discarded.file)}` : ''}`);
  }

  /** What belongs to a session that is over. */
  function takeLate(input: PipelineInput): void {
    const isPain = input.type === 'command' && input.command.type === 'pain';
    if (isPain && presentId() === idOf(person) && said.length < MOST_SAID) said.push(input);
  }

  return {
    id: sessionId,
    get recording() {
      if (recorder === null || final !== null) return 'off';
      return hasFailed ? 'failed' : 'on';
    },
    take(input) {
      if (final !== null) return takeLate(input);
      if (startUtcMs === null && hasSamples(input)) begin(input.arrivalS);
      if (startUtcMs === null) addToOpening(opening, input);
      else recorder?.take(input);
      isUsed ||= input.type === 'command' && input.command.type === 'marker';
      if (personId !== presentId() && recorder !== null) {
        personId = presentId();
        recorder.note({ personId });
      }
    },
    made(output) {
      if (final !== null) return;
      if (output.type === 'tick') recorder?.derived(output.tick);
      isUsed ||= isUse(output);
      if (output.type !== 'cue') return;
      recorder?.cue(output.event);
      if (output.event.phase === 'start' && cues.length < MOST_CUES) cues.push(keptCueOf(output.event));
    },
    end(state, before) {
      const isNews = final === null;
      if (!isNews && said.length === 0) return before;
      if (isNews) person = person$.value;
      final ??= structuredClone(state);
      const saved = save(final, before).catch((error: unknown) => log.warn(`session ${sessionId} could not be kept: ${String(error)}`));
      if (isNews) onRecording(null);
      return saved;
    },
  };
}

const idOf = (person: Person | null): string => person?.id ?? '';

/** Where contact is assumed, nothing tells that somebody is there. */
const isUse = (output: PipelineOutput): boolean =>
  output.type === 'tick' ? output.tick.contact && !output.tick.contactAssumed : output.type === 'session' && output.state === 'running';

const hasSamples = (input: PipelineInput): boolean =>
  input.type === 'frame' && (input.characteristic === 'stream' || input.characteristic === 'sensor');
