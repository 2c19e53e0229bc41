import { clearDeque, createDeque, dropExtreme, extreme, extremeIndex, pushExtreme, type MonotonicDeque } from './monotonic-deque.ts';

/**
 * Positions are told apart by 0.1 mm, far below what a roller can know, so that a window of 5 cm holds at most 501
 * different ones: that bounds the deques however long a person lies still.
 */
export const QUANTUM_CM = 0.01;

/** How long position has stayed within one window, up to now; plain data. */
export interface AreaDwell {
  readonly windowQuanta: number;
  readonly highest: MonotonicDeque;
  readonly lowest: MonotonicDeque;
  /** Tick at which the present stay began; null before the first. */
  start: number | null;
}

export function createAreaDwell(windowCm: number): AreaDwell {
  const windowQuanta = Math.round(windowCm / QUANTUM_CM);
  return { windowQuanta, highest: createDeque(1, windowQuanta + 2), lowest: createDeque(-1, windowQuanta + 2), start: null };
}

export function clearAreaDwell(dwell: AreaDwell): void {
  clearDeque(dwell.highest);
  clearDeque(dwell.lowest);
  dwell.start = null;
}

/**
 * Takes the position at tick number `tick` (they count up) and returns for how many ticks, up to this one, all positions lie
 * within the window. Each position enters and leaves a deque once: O(1) a tick.
 */
export function stepAreaDwell(dwell: AreaDwell, tick: number, positionCm: number): number {
  const { highest, lowest, windowQuanta } = dwell;
  const quanta = Math.round(positionCm / QUANTUM_CM);
  pushExtreme(highest, tick, quanta);
  pushExtreme(lowest, tick, quanta);
  dwell.start ??= tick;
  while (extreme(highest) - extreme(lowest) > windowQuanta) {
    const older = extremeIndex(highest) < extremeIndex(lowest) ? highest : lowest;
    dwell.start = extremeIndex(older) + 1;
    dropExtreme(older);
  }
  return tick - dwell.start;
}
