import { vi } from 'vitest';

/** A real turn of the event loop: taken before the timers are faked. */
const realTurn = setImmediate;

/** Fakes every timer and the clock behind performance.now. What noble leaves to process.nextTick and to promises stays real. */
export const fakeTime = (): void => {
  const timers = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const;
  vi.useFakeTimers({ toFake: [...timers, 'performance', 'Date'] });
};

const STEP_MS = 5;

/** Lets time pass in small steps, with a real turn in between so that promises settle as they would. */
export async function pass(ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
    vi.advanceTimersByTime(Math.min(STEP_MS, ms - passedMs));
    await new Promise((resolve) => realTurn(resolve));
  }
}

/** Lets time pass until something holds; fails after a while of it. */
export async function passUntil(holds: () => boolean, limitMs = 60_000): Promise<void> {
  for (let passedMs = 0; !holds(); passedMs += STEP_MS) {
    if (passedMs >= limitMs) throw new Error(`not within ${limitMs} ms: ${holds.toString()}`);
    await pass(STEP_MS);
  }
}

/** Waits until work has set a timer, or is over: modules are loaded in real time, of which virtual time knows nothing. */
export async function untilTimed(work: Promise<unknown>): Promise<void> {
  const progress = { over: false };
  work.finally(() => (progress.over = true)).catch(() => undefined);
  while (!progress.over && vi.getTimerCount() === 0) await new Promise((resolve) => realTurn(resolve));
}

/** Settles a promise while time passes. */
export async function settled<T>(work: Promise<T>, limitMs = 60_000): Promise<T> {
  let done = false;
  const finished = work.finally(() => (done = true));
  finished.catch(() => undefined);
  await passUntil(() => done, limitMs);
  return finished;
}
