import { Worker } from 'node:worker_threads';
import { AppError } from '../../errors.ts';
import type { Answer } from './task-thread.ts';
import { TASKS, type GivenTo, type MadeBy, type TaskName } from './tasks.ts';

/** So many may wait for their turn; more would wait for minutes. */
const MOST_WAITING = 8;

/** Carries out a task. Rejects with what it rejects with, and with E_REFUSED where too many wait. */
export type Aside = <T extends TaskName>(name: T, given: GivenTo<T>) => Promise<MadeBy<T>>;

/** Tasks one after the other, each in a thread of its own: whoever rolls meanwhile is coached without a stop. */
export function createAside(): Aside {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return (name, given) => {
    if (waiting >= MOST_WAITING) return Promise.reject(new AppError('E_REFUSED', 'too much is being made already', 'try again in a moment'));
    waiting++;
    const turn = last.then(() => inThread(name, given)).finally(() => waiting--);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Node cannot load a thread from TypeScript: run from its sources the program does it here. */
const IS_BUILT = import.meta.url.endsWith('.js');

async function inThread<T extends TaskName>(name: T, given: GivenTo<T>): Promise<MadeBy<T>> {
  if (!IS_BUILT) return (TASKS[name] as (given: GivenTo<T>) => Promise<MadeBy<T>>)(given);
  const answer = await ask(new Worker(new URL('task-thread.js', import.meta.url), { workerData: { name, given } }));
  if (answer.ok) return answer.made as MadeBy<T>;
  const { error, told } = answer;
  throw error === null ? new Error(told) : new AppError(error.code, error.message, error.hint);
}

const ask = (worker: Worker): Promise<Answer> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  });
