import type { EventEmitter } from 'node:events';
import { AppError } from '../../errors.ts';

/**
 * Runs a piece of work with a deadline: its signal aborts with E_LINK_TIMEOUT after `ms` (null: never), with the reason of the first of
 * `parents` to abort, and at the latest when the work is done, which ends whatever it has left running. The work has to heed the signal.
 */
export async function within<T>(
  ms: number | null, what: string, parents: readonly AbortSignal[], work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = ms === null ? undefined : setTimeout(() => {
    controller.abort(new AppError('E_LINK_TIMEOUT', `${what} took longer than ${ms / 1000} s`, 'bring the roller closer or wake it'));
  }, ms);
  const follow = parents.map((parent) => {
    const abort = (): void => controller.abort(parent.reason);
    if (parent.aborted) abort();
    parent.addEventListener('abort', abort, { once: true });
    return () => parent.removeEventListener('abort', abort);
  });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    for (const stop of follow) stop();
    controller.abort();
  }
}

/**
 * Asks an emitter for something and waits for the event that answers it. The listener goes when the answer comes or the signal aborts,
 * so that a late answer of an ended connection meets nobody.
 */
export function answer<A extends unknown[]>(
  emitter: EventEmitter, event: string, signal: AbortSignal, ask: () => void, accepts: (...values: A) => boolean = () => true,
): Promise<A> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      emitter.removeListener(event, heard);
      signal.removeEventListener('abort', aborted);
      finish();
    };
    const heard = (...values: unknown[]): void => {
      if (accepts(...(values as A))) settle(() => resolve(values as A));
    };
    const aborted = (): void => settle(() => reject(signal.reason as Error));
    if (signal.aborted) return reject(signal.reason as Error);
    emitter.on(event, heard);
    signal.addEventListener('abort', aborted, { once: true });
    try {
      ask();
    } catch (error) {
      settle(() => reject(error));
    }
  });
}

/** Waits, unless the signal aborts; then it rejects with the reason. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const aborted = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', aborted);
      resolve();
    }, ms);
    signal.addEventListener('abort', aborted, { once: true });
  });
}
