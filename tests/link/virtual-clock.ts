/** Timers and performance.now of this process made of software: hours pass in seconds, in and outside of a test runner. */
export interface VirtualClock {
  /** Runs what is due in the next `ms`, each timer in its own turn of the real event loop, so that promises settle as they would. */
  pass(ms: number): Promise<void>;
  /** Settles a promise while time passes. */
  settled<T>(work: Promise<T>, limitMs?: number): Promise<T>;
  /** Timers that wait. */
  readonly waiting: number;
  /** Gives the real ones back. */
  restore(): void;
}

interface Timer {
  dueMs: number;
  readonly everyMs: number | null;
  readonly order: number;
  readonly run: () => void;
}

const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Puts virtual timers in the place of the real ones. Timers that were set before go on in real time. */
export function installVirtualClock(): VirtualClock {
  const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = globalThis;
  const real = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
  const realTurn = (): Promise<void> => new Promise((resolve) => void real.setImmediate(resolve));
  const timers = new Set<Timer>();
  const immediates = new Set<() => void>();
  let nowMs = 1000;
  let order = 0;

  const handleOf = (timer: Timer): object => Object.assign(timer, { unref: () => timer, ref: () => timer, hasRef: () => true });
  const wait = (work: (...args: unknown[]) => void, ms: number | undefined, args: readonly unknown[], repeats: boolean): object => {
    const delayMs = ms !== undefined && ms >= 1 && ms <= LONGEST_WAIT_MS ? ms : 1;
    const timer: Timer = { dueMs: nowMs + delayMs, everyMs: repeats ? delayMs : null, order: order++, run: () => work(...args) };
    timers.add(timer);
    return handleOf(timer);
  };
  type Work = (...args: unknown[]) => void;
  const virtual = {
    setTimeout: (work: Work, ms?: number, ...args: unknown[]) => wait(work, ms, args, false),
    setInterval: (work: Work, ms?: number, ...args: unknown[]) => wait(work, ms, args, true),
    setImmediate: (work: Work, ...args: unknown[]) => {
      const run = (): void => work(...args);
      immediates.add(run);
      return run;
    },
    clearTimeout: (timer: Timer) => void timers.delete(timer),
    clearInterval: (timer: Timer) => void timers.delete(timer),
    clearImmediate: (run: () => void) => void immediates.delete(run),
  };
  Object.assign(globalThis, virtual);
  performance.now = () => nowMs;

  /** The earliest; there are few at a time. */
  const next = (): Timer | null => {
    let earliest: Timer | null = null;
    for (const timer of timers) {
      if (earliest === null || timer.dueMs < earliest.dueMs || (timer.dueMs === earliest.dueMs && timer.order < earliest.order)) earliest = timer;
    }
    return earliest;
  };

  const fire = (timer: Timer): void => {
    nowMs = Math.max(nowMs, timer.dueMs);
    if (timer.everyMs === null) timers.delete(timer);
    else timer.dueMs += timer.everyMs;
    timer.run();
  };

  const pass = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    await realTurn();
    for (;;) {
      const [immediate] = immediates;
      const timer = next();
      if (immediate) {
        immediates.delete(immediate);
        immediate();
      } else if (timer !== null && timer.dueMs <= untilMs) {
        fire(timer);
      } else {
        break;
      }
      await realTurn();
    }
    nowMs = untilMs;
  };

  return {
    pass,
    settled: async (work, limitMs = 60_000) => {
      const progress = { done: false };
      const finished = work.finally(() => (progress.done = true));
      finished.catch(() => undefined);
      for (let passedMs = 0; !progress.done && passedMs < limitMs; passedMs += 5) await pass(5);
      if (!progress.done) throw new Error(`not settled within ${limitMs} ms`);
      return finished;
    },
    get waiting() {
      return timers.size + immediates.size;
    },
    restore: () => {
      Object.assign(globalThis, real);
      Reflect.deleteProperty(performance, 'now');
    },
  };
}
