import { cuesBetween, oldestSeq, type CueLog, type NumberedCue } from './cue-log.ts';

/** A new follower's cues wait this long for its `resume`, so that what it missed comes before what is new. */
const RESUME_WAIT_S = 0.25;

/** Which cues of a station one connection has been sent. Plain data. */
export interface Following {
  readonly log: CueLog;
  readonly sinceS: number;
  /** Cues with fromSeq <= seq < toSeq were sent, each once. */
  fromSeq: number;
  toSeq: number;
  /** It has resumed, or has had the time to: cues flow at once. */
  settled: boolean;
}

export const follow = (log: CueLog, nowS: number): Following => ({
  log,
  sinceS: nowS,
  fromSeq: log.lastSeq + 1,
  toSeq: log.lastSeq + 1,
  settled: false,
});

/** The new cues that are to be sent now: none while a `resume` is still awaited. They count as sent. */
export function takeNew(following: Following, nowS: number): readonly NumberedCue[] {
  const { log } = following;
  following.settled ||= nowS - following.sinceS >= RESUME_WAIT_S;
  if (!following.settled) return [];
  const cues = cuesBetween(log, following.toSeq, log.lastSeq + 1);
  following.toSeq = log.lastSeq + 1;
  return cues;
}

export interface Missed {
  readonly problem: { readonly code: 'resume-ahead' | 'resume-too-old'; readonly message: string } | null;
  readonly cues: readonly NumberedCue[];
}

/** What was missed after `afterSeq`, in order, none twice; they count as sent. A problem where that is no longer kept, or has not been. */
export function takeMissed(following: Following, afterSeq: number): Missed {
  const { log, fromSeq } = following;
  following.settled = true;
  if (afterSeq > log.lastSeq) {
    const message = `the last cue is ${log.lastSeq}, not ${afterSeq}: the service has been restarted`;
    return { problem: { code: 'resume-ahead', message }, cues: [] };
  }
  if (afterSeq + 1 >= fromSeq) return { problem: null, cues: [] };
  following.fromSeq = afterSeq + 1;
  const oldest = oldestSeq(log);
  const message = `cues before ${oldest} are no longer kept`;
  return { problem: afterSeq + 1 < oldest ? { code: 'resume-too-old', message } : null, cues: cuesBetween(log, afterSeq + 1, fromSeq) };
}
