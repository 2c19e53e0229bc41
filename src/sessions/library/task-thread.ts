import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import { TASKS, type GivenTo, type TaskName } from './tasks.ts';

/** The whole of a thread: one task, and what came of it. */

/** What a thread answers. */
export type Answer =
  | { readonly ok: true; readonly made: unknown }
  /** `error` is null for what is no operational failure. */
  | { readonly ok: false; readonly error: Pick<AppError, 'code' | 'message' | 'hint'> | null; readonly told: string };

async function answer(): Promise<Answer> {
  const { name, given } = workerData as { name: TaskName; given: GivenTo<TaskName> };
  try {
    return { ok: true, made: await (TASKS[name] as (given: unknown) => Promise<unknown>)(given) };
  } catch (error) {
    const known = error instanceof AppError ? { code: error.code, message: error.message, hint: error.hint } : null;
    return { ok: false, error: known, told: String(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(await answer());
