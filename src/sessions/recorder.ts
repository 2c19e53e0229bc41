import path from 'node:path';
import type { Clock } from '../clock.ts';
import type { CueEvent } from '../coaching/events.ts';
import type { AppError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { MotionTick } from '../motion/tick.ts';
import { overridden, type PipelineInput } from '../pipeline.ts';
import { openJournal, replaceEnd, type JournalOptions } from './journal.ts';
import { CHUNK_S, layoutOf, messageOf } from './layout.ts';
import { createMcapEncoder } from './mcap-encoder.ts';
import { encodeLateMeta, META_NAME } from './meta.ts';
import { ownerRecord, thisProcess } from './owner.ts';
import { commandsOf, keepLast, preludeEvents, type Prelude } from './prelude.ts';
import type { DerivedEvent, RecordedEvent, RecordingMeta } from './recording.ts';
import { logTimeNs } from './writer.ts';

export interface RecorderOptions {
  readonly folder: string;
  /** What is known of the session; its id and its start are the recorder's own where they are left out. */
  readonly meta: Omit<RecordingMeta, 'sessionId' | 'startUtcMs' | 'importedFrom'> & Partial<Pick<RecordingMeta, 'sessionId'>>;
  /** The clock of `arrivalS`. */
  readonly clock: Clock;
  /** What is to stand at the beginning, as of now: `prelude()` of the one before, and the command that began this session. */
  readonly prelude?: readonly RecordedEvent[];
  /** Told once, in a line, why the recording ended before it was closed; the session goes on. */
  readonly onTrouble: (trouble: AppError) => void;
  readonly openFile?: JournalOptions['openFile'];
}

/**
 * Keeps a session: what comes over the link and what people do, above the decoder, so that it can be decoded anew. Never throws and
 * never waits.
 */
export interface Recorder {
  readonly file: string;
  readonly sessionId: string;
  /** Resolves when the file is there; rejects with E_FILE_WRITE where it cannot be. To await it is no duty. */
  readonly opened: Promise<void>;
  /** Everything that goes into the pipeline, in order, before it does. Of commands what is in force is kept: flags win over scripts. */
  take(event: PipelineInput): void;
  /** What was made of it, for other tools. */
  derived(tick: MotionTick): void;
  cue(event: CueEvent): void;
  /** What the next recording has to begin with, should it go on from here. */
  prelude(): readonly RecordedEvent[];
  /** Keeps what has become known since it began, should the program end before it is closed. */
  note(late: Partial<RecordingMeta>): void;
  /** Ends the file, with what has become known since it began. Never rejects. */
  close(late?: Partial<RecordingMeta>): Promise<void>;
  /**
   * Adds to the end of a closed file what was said after it, as of its last moment. Nothing where the file could not be closed, or not be
   * added to before. Rejects with E_FILE_WRITE.
   */
  amend(events: readonly RecordedEvent[], late: Partial<RecordingMeta>): Promise<void>;
}

/** Begins a recording under a name that sorts by time: `2026-03-01T12-30-05-250Z-0123456789ab.mcap`. */
export function startRecorder({ folder, meta: given, clock, prelude = [], onTrouble, openFile }: RecorderOptions): Recorder {
  const originS = clock.monotonicS();
  const meta: RecordingMeta = { sessionId: newId(), startUtcMs: Math.round(clock.utcMs()), importedFrom: null, ...given };
  const overrides = meta.overrides ?? {};
  const file = path.join(folder, fileNameOf(meta));
  const layout = layoutOf(meta);
  const encoder = createMcapEncoder({ ...layout, metadata: [...layout.metadata, ownerRecord(thisProcess())] });
  const lasting: Prelude = new Map();
  let roller: RecordingMeta['roller'] | undefined;
  let latestS = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let closed = false;

  const journal = openJournal({
    path: file,
    onFailure(error) {
      stop();
      closed = false;
      onTrouble(error);
    },
    ...(openFile && { openFile }),
  });

  function stop(): void {
    ended = true;
    clearTimeout(timer);
  }

  function append(event: RecordedEvent | DerivedEvent): void {
    const { channelId, data } = messageOf(event);
    encoder.add(channelId, logTimeNs(meta, latestS), data);
  }

  const metadata = (late: Partial<RecordingMeta>): Uint8Array => encoder.metadata({ name: META_NAME, metadata: encodeLateMeta(late) });

  /** From the first message of a chunk it is at most half a second until the chunk is on its way, whatever comes after. */
  function add(event: RecordedEvent | DerivedEvent): void {
    append(event);
    timer ??= setTimeout(() => {
      timer = undefined;
      journal.append(encoder.closeChunk());
    }, CHUNK_S * 1000);
  }

  function take(event: PipelineInput): void {
    if (ended) return;
    const recorded = event.type === 'command' && !event.byPerson ? { ...event, command: overridden(event.command, overrides) } : event;
    if (event.type === 'info') roller = { id: event.roller.id, name: event.roller.name };
    keepLast(lasting, recorded);
    latestS = event.arrivalS - originS;
    add(recorded);
  }

  journal.append(encoder.head());
  for (const command of commandsOf(overrides)) take({ type: 'command', command, arrivalS: originS });
  for (const event of prelude) take({ ...event, arrivalS: originS });

  return {
    file,
    sessionId: meta.sessionId,
    opened: journal.opened,
    take,
    derived(tick) {
      if (!ended) add(motionOf(tick));
    },
    cue(event) {
      if (!ended) add(cueOf(event));
    },
    prelude: () => preludeEvents(lasting),
    note(late) {
      if (!ended) journal.append(Buffer.concat([encoder.closeChunk(), metadata(late)]));
    },
    close(late = {}) {
      if (!ended) {
        stop();
        closed = true;
        journal.append(encoder.closeChunk());
        journal.append(metadata({ ...(roller && { roller }), ...late }));
        journal.append(encoder.end());
      }
      return journal.close();
    },
    async amend(events, late) {
      if (!closed) return;
      closed = false; // nor is it again, should it fail: where it ends then is not known
      const from = encoder.reopen();
      for (const event of events) append(event);
      await replaceEnd(file, from, Buffer.concat([encoder.closeChunk(), metadata(late), encoder.end()]));
      closed = true;
    },
  };
}

const fileNameOf = ({ startUtcMs, sessionId }: RecordingMeta): string =>
  `${new Date(startUtcMs).toISOString().replaceAll(/[:.]/g, '-')}-${sessionId.slice(-12)}.mcap`;

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
const roundedOrNull = (value: number | null, digits: number): number | null => (value === null ? null : rounded(value, digits));

/** A tick as other tools get it: rounded to what a sensor can tell. */
export const motionOf = ({ tS, speedCmS, positionCm, contact, forceN }: MotionTick): DerivedEvent => ({
  type: 'motion', tS, speedCmS: rounded(speedCmS, 2), positionCm: rounded(positionCm, 2), contact, forceN: roundedOrNull(forceN, 1),
});

export const cueOf = ({ tS, kind, level, phase, group, side, value, limit, unit, repeat, audible }: CueEvent): DerivedEvent => ({
  type: 'cue', tS: rounded(tS, 3), kind, level, phase, group, side, value: rounded(value, 2), limit, ...(unit && { unit }), repeat, audible,
});
