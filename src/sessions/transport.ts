import { BehaviorSubject, Observable, type Subscriber } from 'rxjs';
import type { Clock } from '../clock.ts';
import type { CueEvent } from '../coaching/events.ts';
import { AppError } from '../errors.ts';
import type { Marker, PipelineConfig, PipelineInput, PipelineReset } from '../pipeline.ts';
import { readRecording } from './reader.ts';
import type { Recording, RecordingMeta } from './recording.ts';
import {
  advanceIndex, advancePlace, createReplayIndex, indexedS, isIndexed, placeBefore, reaches, type Place, type ReplayIndex,
} from './replay-index.ts';

export const MIN_RATE = 0.25;
export const MAX_RATE = 16;
/** Recorded seconds a second, 0.25 to 16, or as fast as possible. */
export type Rate = number | 'max';

/** So many inputs are taken at a time, some 4 ms, before everything else has its turn. */
const SLICE = 250;
/** A timer cannot be set further ahead than this. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface TransportOptions {
  /** Files, at least one, played one after the other. */
  readonly playlist: readonly string[];
  readonly clock: Clock;
  /** What a recording is to be judged by. */
  readonly configOf: (meta: RecordingMeta) => PipelineConfig;
  readonly rate?: Rate;
  readonly loop?: boolean;
  /** Opens it without playing. */
  readonly paused?: boolean;
  readonly read?: (file: string) => Promise<Recording>;
}

/** What the controls of a player show. */
export interface TransportState {
  readonly file: string;
  /** Place of the file in the playlist, from 0. */
  readonly number: number;
  readonly files: number;
  readonly playing: boolean;
  readonly rate: Rate;
  readonly loop: boolean;
  /** Everything has been played. */
  readonly ended: boolean;
  /** Session time at the end of the file, s; within a fraction of a second until all of it is indexed. */
  readonly durationS: number;
  /** Up to here the timeline has its marks. */
  readonly indexedS: number;
  /** What was wrong with the file, or with the one that could not be opened, in a sentence. */
  readonly trouble: string | null;
}

/** A player of recordings. Nothing is computed here that a live session would not compute from the same inputs. */
export interface Transport {
  /**
   * What a pipeline is to be given: the recorded inputs, `arrivalS` as recorded, and a `reset` wherever they do not follow from those
   * before. Subscribing starts it, unsubscribing ends it; never completes. To be subscribed once.
   */
  readonly inputs$: Observable<PipelineInput | PipelineReset>;
  readonly state$: BehaviorSubject<TransportState>;
  /** Tells the recorded time that is being played, by which `arrivalS` counts; UTC is that of now. */
  readonly clock: Clock;
  /** What the person was told in this file, and what was marked, as far as it is indexed. */
  timeline(): { readonly durationS: number; readonly cues: readonly CueEvent[]; readonly markers: readonly Marker[] };
  /** From the beginning where it has ended. */
  play(): void;
  pause(): void;
  /** Goes to a session time of this file, playing or not. Resolves when it is there, or has been asked to go elsewhere. */
  seek(tS: number): Promise<void>;
  /** Throws a RangeError beyond 0.25 to 16. */
  setRate(rate: Rate): void;
  setLoop(loop: boolean): void;
  /** Goes to the beginning of another file. Rejects with what reading it rejects with, and then stays where it is. */
  open(number: number): Promise<void>;
  close(): void;
}

/** Opens the first file. Rejects with what reading it rejects with. */
export async function openTransport(options: TransportOptions): Promise<Transport> {
  const { playlist, clock, configOf, rate: givenRate = 1, loop = false, paused = false, read = readRecording } = options;
  const first = await load(0);
  const state$ = new BehaviorSubject<TransportState>({
    file: first.file, number: 0, files: playlist.length, playing: !paused, rate: checkedRate(givenRate), loop, ended: false,
    durationS: 0, indexedS: 0, trouble: null,
  });
  let tape = first.index;
  /** Where it stands until somebody subscribes; then `next` is where it stands. */
  let place = placeBefore(tape, 0);
  let next = 0;
  /** Recorded time `atS` was at `wallS` of the clock. */
  let anchor = { atS: 0, wallS: 0 };
  let listener: Subscriber<PipelineInput | PipelineReset> | undefined;
  let playTimer: ReturnType<typeof setTimeout> | undefined;
  let indexing: ReturnType<typeof setImmediate> | undefined;
  /** Counts requests to go elsewhere: only the latest is carried out. And the times it went. */
  let requests = 0;
  let jumps = 0;

  const state = (): TransportState => state$.value;
  const tell = (news: Partial<TransportState>): void => state$.next({ ...state$.value, ...news });
  const isRunning = (): boolean => listener !== undefined && state().playing;

  async function load(number: number): Promise<{ number: number; file: string; index: ReplayIndex; trouble: string | null }> {
    const file = playlist[number];
    if (file === undefined) throw new AppError('E_USAGE', `there is no recording ${number + 1}`, `choose one of ${playlist.length}`);
    const recording = await read(file);
    const trouble = recording.damage === null ? null : `${file}: ${recording.damage}; what is left is played`;
    return { number, file, index: createReplayIndex(recording, configOf(recording.meta)), trouble };
  }

  function insert({ number, file, index, trouble }: Awaited<ReturnType<typeof load>>): void {
    clearImmediate(indexing);
    tape = index;
    indexOn();
    jumpTo(placeBefore(tape, 0));
    tellIndexed({ number, file, trouble, ended: false });
  }

  /** The rest of the index, slice by slice. */
  function indexOn(): void {
    const checkpoints = tape.checkpoints.length;
    advanceIndex(tape, SLICE);
    if (tape.checkpoints.length > checkpoints || isIndexed(tape)) tellIndexed();
    if (!isIndexed(tape)) indexing = setImmediate(indexOn);
  }

  const durationS = (): number => (isIndexed(tape) ? indexedS(tape) : Math.max(tape.expectedS, indexedS(tape)));
  function tellIndexed(news: Partial<TransportState> = {}): void {
    tell({ ...news, durationS: durationS(), indexedS: indexedS(tape) });
  }

  function jumpTo(there: Place): void {
    jumps++;
    place = there;
    next = place.next;
    anchorAt(tape.inputs[Math.max(0, next - 1)]?.arrivalS ?? 0);
    listener?.next({ type: 'reset', state: place.state });
    schedule();
  }

  function anchorAt(atS: number): void {
    anchor = { atS, wallS: clock.monotonicS() };
  }

  /** As fast as possible it is always the time of the last input. */
  function positionS(): number {
    const { rate } = state();
    if (!isRunning() || rate === 'max') return anchor.atS;
    return anchor.atS + (clock.monotonicS() - anchor.wallS) * rate;
  }

  function schedule(): void {
    clearTimeout(playTimer);
    if (!isRunning()) return;
    const { rate } = state();
    const due = tape.inputs[next];
    const aheadS = due === undefined || rate === 'max' ? 0 : (due.arrivalS - positionS()) / rate;
    playTimer = setTimeout(run, Math.min(Math.max(0, Math.ceil(aheadS * 1000)), MAX_TIMER_MS));
  }

  /** Gives what is due. Whoever gets it may stop it, or send it elsewhere, in the middle. */
  function run(): void {
    const jump = jumps;
    for (let given = 0; given < SLICE && isRunning(); given++) {
      const input = tape.inputs[next];
      if (input === undefined) return void finish();
      if (state().rate === 'max') anchorAt(input.arrivalS);
      else if (input.arrivalS > positionS()) break;
      next++;
      listener?.next(input);
      if (jump !== jumps) return;
    }
    schedule();
  }

  /** The end of a file: the next one, the first again, or nothing more. One that cannot be opened is told and left out. */
  async function finish(): Promise<void> {
    const { number, loop: again } = state();
    const request = ++requests;
    for (let step = 1; step <= playlist.length; step++) {
      const following = number + step;
      if (following >= playlist.length && !again) break;
      try {
        const loaded = await load(following % playlist.length);
        if (request === requests) insert(loaded);
        return;
      } catch (error) {
        tell({ trouble: error instanceof AppError ? error.line : String(error) });
      }
    }
    if (request !== requests) return;
    anchorAt(positionS());
    tell({ playing: false, ended: true });
  }

  function change(what: Partial<TransportState>): void {
    anchorAt(positionS());
    tell(what);
    schedule();
  }

  insert(first);
  return {
    inputs$: new Observable((subscriber) => {
      listener = subscriber;
      jumpTo(place);
      return () => {
        anchorAt(positionS());
        listener = undefined;
        clearTimeout(playTimer);
      };
    }),
    state$,
    clock: { monotonicS: positionS, utcMs: () => clock.utcMs() },
    timeline: () => ({ durationS: durationS(), cues: tape.cues, markers: tape.markers }),
    play() {
      if (state().ended) jumpTo(placeBefore(tape, 0));
      change({ playing: true, ended: false });
    },
    pause: () => change({ playing: false }),
    async seek(tS) {
      const request = ++requests;
      const there = await placeAt(tape, tS, () => request !== requests);
      if (there === null) return;
      tell({ ended: false });
      jumpTo(there);
    },
    setRate: (rate) => change({ rate: checkedRate(rate) }),
    setLoop: (again) => tell({ loop: again }),
    async open(number) {
      const request = ++requests;
      const loaded = await load(number);
      if (request === requests) insert(loaded);
    },
    close() {
      clearTimeout(playTimer);
      clearImmediate(indexing);
    },
  };
}

/** The place at a session time, found slice by slice; null: not wanted any more. */
async function placeAt(tape: ReplayIndex, tS: number, isOver: () => boolean): Promise<Place | null> {
  while (!isOver() && !reaches(tape, tS)) {
    advanceIndex(tape, SLICE);
    await turn();
  }
  const untilS = Math.min(tS, indexedS(tape));
  const place = placeBefore(tape, untilS);
  while (!isOver() && !advancePlace(tape, place, untilS, SLICE)) await turn();
  return isOver() ? null : place;
}

function checkedRate(rate: Rate): Rate {
  if (rate === 'max' || (rate >= MIN_RATE && rate <= MAX_RATE)) return rate;
  throw new RangeError(`rate ${rate} is not within ${MIN_RATE} to ${MAX_RATE}`);
}

/** Everything else has its turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
