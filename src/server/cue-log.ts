import type { CueEvent } from '../coaching/events.ts';
import type { CueMessage } from './wire.ts';

/** A cue as it goes over the wire, encoded once for everybody. */
export interface NumberedCue {
  readonly seq: number;
  readonly bytes: Buffer;
}

/** The last cues of a station, numbered from 1 without gaps. */
export interface CueLog {
  readonly capacity: number;
  /** Oldest first; their numbers are consecutive. */
  readonly kept: NumberedCue[];
  /** Number of the latest cue; 0 before the first. */
  lastSeq: number;
}

export const createCueLog = (capacity: number): CueLog => ({ capacity, kept: [], lastSeq: 0 });

/** Numbers a cue of a roller and keeps it; the oldest goes when there are more than `capacity`. */
export function appendCue(log: CueLog, roller: string | null, event: CueEvent): NumberedCue {
  const message: CueMessage = { type: 'cue', seq: ++log.lastSeq, roller, ...event };
  const cue = { seq: message.seq, bytes: Buffer.from(JSON.stringify(message)) };
  log.kept.push(cue);
  if (log.kept.length > log.capacity) log.kept.shift();
  return cue;
}

/** Number of the oldest cue that is still kept; one past the latest when there is none. */
export const oldestSeq = (log: CueLog): number => log.lastSeq + 1 - log.kept.length;

/** The kept cues with fromSeq <= seq < toSeq, in order. */
export const cuesBetween = (log: CueLog, fromSeq: number, toSeq: number): readonly NumberedCue[] => {
  const oldest = oldestSeq(log);
  return log.kept.slice(Math.max(0, fromSeq - oldest), Math.max(0, toSeq - oldest));
};
