import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Verdict } from './judge.ts';
import type { Job } from './worker.ts';

/** Has the jobs done by as many workers as there are cores, each taking the next when it is free. */
export async function playAll(jobs: readonly Job[]): Promise<Verdict[]> {
  const waiting = [...jobs];
  const verdicts = new Map<Job, readonly Verdict[]>();
  const crew = Array.from({ length: Math.min(availableParallelism(), jobs.length) }, async () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url));
    try {
      for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) verdicts.set(job, await answer(worker, job));
    } finally {
      await worker.terminate();
    }
  });
  await Promise.all(crew);
  return jobs.flatMap((job) => verdicts.get(job)!);
}

const answer = (worker: Worker, job: Job): Promise<readonly Verdict[]> =>
  new Promise((resolve, reject) => {
    worker.once('message', (verdicts: readonly Verdict[]) => {
      worker.off('error', reject);
      resolve(verdicts);
    });
    worker.once('error', reject);
    worker.postMessage(job, []);
  });
