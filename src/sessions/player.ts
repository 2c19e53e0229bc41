import { Observable } from 'rxjs';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { LinkEvent, RollerLink } from '../link/port.ts';
import type { CommandEvent } from '../pipeline.ts';
import type { RecordedEvent, Recording } from './recording.ts';

export const MIN_RATE = 0.25;
export const MAX_RATE = 16;

/** A timer cannot be set further ahead than this. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export interface PlayerOptions {
  readonly recording: Pick<Recording, 'events'>;
  /** Recorded seconds a second, 0.25 to 16. */
  readonly rate: number;
  readonly clock: Clock;
  /** Gets the recorded commands, in their places between the link events. */
  readonly onCommand?: (command: CommandEvent) => void;
}

export interface Player extends RollerLink {
  /**
   * The time the recording is at: the given clock at rate 1, else faster or slower. `arrivalS` of its events, ages and whatever
   * is said to it are to be told by this clock; then nothing but the waiting depends on the rate.
   */
  readonly clock: Clock;
}

/**
 * A roller that plays a recording. Every event is due at an absolute time, so that lateness never adds up; events keep their
 * distance in recorded time at any rate, so that whatever is made of them is the same. Completes at the end. Subscribe once: it
 * has one place in time.
 */
export function createPlayer({ recording, rate, clock, onCommand }: PlayerOptions): Player {
  if (!(rate >= MIN_RATE && rate <= MAX_RATE)) throw new RangeError(`rate ${rate} is not within ${MIN_RATE} to ${MAX_RATE}`);
  const events = announced(recording.events);
  const firstS = events[0]?.arrivalS ?? 0;
  let startS = clock.monotonicS();

  const nowS = (): number => startS + (clock.monotonicS() - startS) * rate;
  const restamped = <E extends RecordedEvent>(event: E): E => ({ ...event, arrivalS: startS + (event.arrivalS - firstS) });

  const events$ = new Observable<LinkEvent>((subscriber) => {
    let next = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    startS = clock.monotonicS();

    const play = (): void => {
      for (let event = events[next]; event !== undefined && !subscriber.closed; event = events[next]) {
        const aheadS = startS + (event.arrivalS - firstS) - nowS();
        if (aheadS > 0) {
          timer = setTimeout(play, Math.min(Math.ceil((aheadS / rate) * 1000), MAX_TIMER_MS));
          return;
        }
        next++;
        if (event.type === 'command') onCommand?.(restamped(event));
        else subscriber.next(restamped(event));
      }
      subscriber.complete();
    };
    play();
    return () => clearTimeout(timer);
  });

  return {
    events$,
    clock: { monotonicS: nowS, utcMs: () => clock.utcMs() },
    request: ({ procedure }) =>
      Promise.reject(new AppError('E_REFUSED', `a recording cannot be asked to ${procedure}`, 'connect a roller, or start the simulator')),
  };
}

/** A recording made elsewhere may say nothing of its link: while it plays, its roller streams; at the end it is gone. */
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
  ];
}
