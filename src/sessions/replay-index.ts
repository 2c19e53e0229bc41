import type { CueEvent } from '../coaching/events.ts';
import { createPipeline, stepPipeline, type Marker, type PipelineConfig, type PipelineState } from '../pipeline.ts';
import type { RecordedEvent, Recording } from './recording.ts';

/** From one to the next is at most so much to run through again: 3000 frames, some 20 ms. */
const CHECKPOINT_S = 60;

/** What frames of samples come from. */
const SAMPLES: ReadonlySet<string> = new Set(['stream', 'sensor']);

/** A state of the pipeline, and the input that comes next. */
export interface Place {
  next: number;
  state: PipelineState;
}

/** A recording that can be entered anywhere: the pipeline runs over it once, ahead of whoever plays it, and leaves checkpoints. */
export interface ReplayIndex {
  /** What is played, in order; `arrivalS` as recorded. */
  readonly inputs: readonly RecordedEvent[];
  /** In order; the first is the very beginning. Never stepped themselves. */
  readonly checkpoints: Place[];
  /** How far the index has come. */
  readonly head: Place;
  /** What the person was told, as far as the index has come: the marks of a timeline. */
  readonly cues: CueEvent[];
  /** And what somebody marked. */
  readonly markers: Marker[];
  /** Time between the first frame and the last, s: what the session will have lasted. */
  readonly expectedS: number;
}

export function createReplayIndex({ events }: Pick<Recording, 'events'>, config: PipelineConfig): ReplayIndex {
  const inputs = announced(events);
  const head = { next: 0, state: createPipeline(config) };
  const frames = events.filter((event) => event.type === 'frame' && SAMPLES.has(event.characteristic));
  const expectedS = frames.length === 0 ? 0 : frames.at(-1)!.arrivalS - frames[0]!.arrivalS;
  return { inputs, checkpoints: [copyOf(head)], head, cues: [], markers: [], expectedS };
}

/** Session time up to which the index has come, s. */
export const indexedS = ({ head }: ReplayIndex): number => head.state.durationS;

export const isIndexed = ({ head, inputs }: ReplayIndex): boolean => head.next >= inputs.length;

/** Takes the index on by so many inputs. */
export function advanceIndex(index: ReplayIndex, count: number): void {
  const { inputs, head, checkpoints, cues, markers } = index;
  for (const end = Math.min(inputs.length, head.next + count); head.next < end;) {
    for (const output of stepPipeline(head.state, inputs[head.next++]!)) {
      if (output.type === 'cue') cues.push(output.event);
      else if (output.type === 'marker') markers.push(output.marker);
    }
    if (head.state.durationS < checkpoints.length * CHECKPOINT_S) continue;
    // The copy goes on: code compiled for what `createPipeline` made would begin anew with the first copy that somebody enters.
    checkpoints.push({ ...head });
    head.state = structuredClone(head.state);
  }
}

/** Whether the index has come far enough for a place at this session time. */
export const reaches = (index: ReplayIndex, tS: number): boolean => isIndexed(index) || indexedS(index) >= tS;

/** The last checkpoint before a session time, to be run on from. */
export const placeBefore = ({ checkpoints }: ReplayIndex, tS: number): Place =>
  copyOf(checkpoints.findLast(({ state }) => state.durationS <= tS) ?? checkpoints[0]!);

/** Runs a place on to a session time, by so many inputs at most. True when it is there: all that came up to then has been taken. */
export function advancePlace({ inputs }: ReplayIndex, place: Place, tS: number, count: number): boolean {
  for (let done = 0; done < count; done++) {
    const input = inputs[place.next];
    if (input === undefined || place.state.durationS >= tS) return true;
    stepPipeline(place.state, input);
    place.next++;
  }
  return false;
}

const copyOf = ({ next, state }: Place): Place => ({ next, state: structuredClone(state) });

/**
 * A recording made elsewhere may say nothing of its link: while it plays, its roller streams; at the end it is gone, and so is the
 * session.
 */
function announced(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined) return events;
  const firstFrame = events.findIndex((event) => event.type === 'frame');
  const told = events.slice(0, firstFrame + 1).some((event) => event.type === 'state');
  return [
    ...(told ? [] : [{ type: 'state', state: 'streaming', reason: null, arrivalS: first.arrivalS } as const]),
    ...events,
    { type: 'state', state: 'closed', reason: 'end of the recording', arrivalS: last.arrivalS },
    { type: 'command', command: { type: 'stop' }, arrivalS: last.arrivalS },
  ];
}
