import { createRandom } from '../random.ts';
import { FAULT_KINDS } from './kinds.ts';
import { createLevers, type FaultTargets, type FaultyRoller } from './levers.ts';
import type { Fault } from './script.ts';

export interface ScheduleOptions {
  readonly faults: readonly Fault[];
  readonly targets: Pick<FaultTargets, 'air' | 'adapter'> & { readonly rollers: readonly FaultyRoller[] };
  readonly seed: number;
  /** Is told what begins and what is over. */
  readonly told?: (fault: Fault, phase: 'begins' | 'ends') => void;
}

/** setTimeout takes no more (2^31 - 1 ms, 24 days); what is later is waited for in stages. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** Has faults happen at their times, counted from now; to a roller that is not there nothing happens. Closing it ends the waiting, and leaves what has happened as it is. */
export function scheduleFaults({ faults, targets, seed, told }: ScheduleOptions): { close(): void } {
  const startMs = performance.now();
  const { rollers, ...shared } = targets;
  const holds = rollers.map((roller) => createLevers({ ...shared, ...roller }));
  const timers = new Set<NodeJS.Timeout>();

  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (ms > LONGEST_WAIT_MS) later(ms - LONGEST_WAIT_MS, work);
      else work();
    }, Math.min(ms, LONGEST_WAIT_MS));
    timers.add(timer);
  };

  /** The next time is counted from the start, so that lateness does not add up. */
  const arrange = (fault: Fault, round: number, random: ReturnType<typeof createRandom>): void => {
    const { kind, roller, value, atS, forS, everyS } = fault;
    const hold = holds[roller - 1];
    if (!hold) return;
    const beginMs = startMs + (atS + round * (everyS ?? 0)) * 1000;
    later(Math.max(0, beginMs - performance.now()), () => {
      const forMs = forS === null ? Infinity : forS * 1000;
      const end = FAULT_KINDS[kind].begin({ hold, later, random }, value, forMs);
      told?.(fault, 'begins');
      if (forS !== null) {
        later(forMs, () => {
          end();
          told?.(fault, 'ends');
        });
      }
      if (everyS !== null) arrange(fault, round + 1, random);
    });
  };

  for (const [index, fault] of faults.entries()) arrange(fault, 0, createRandom(seed, `fault-${index}-${fault.kind}`));
  return {
    close: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
