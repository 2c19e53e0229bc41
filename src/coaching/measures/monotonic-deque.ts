/**
 * Candidates for the extreme of a sliding window, oldest first, their values strictly monotonic; a ring of fixed size,
 * plain data. `sign` 1 keeps maxima, -1 minima.
 */
export interface MonotonicDeque {
  readonly sign: 1 | -1;
  readonly indexes: Float64Array;
  readonly values: Float64Array;
  head: number;
  size: number;
}

/** `capacity` is the number of distinct values that may lie within the window, and one. */
export const createDeque = (sign: 1 | -1, capacity: number): MonotonicDeque => ({
  sign,
  indexes: new Float64Array(capacity),
  values: new Float64Array(capacity),
  head: 0,
  size: 0,
});

/** Takes the value at an index later than all before; values that it outdoes can never be the extreme again. */
export function pushExtreme(deque: MonotonicDeque, index: number, value: number): void {
  const { sign, values, indexes } = deque;
  while (deque.size > 0 && sign * (values[slot(deque, deque.size - 1)] as number) <= sign * value) deque.size--;
  const free = slot(deque, deque.size++);
  values[free] = value;
  indexes[free] = index;
}

export const extreme = (deque: MonotonicDeque): number => deque.values[deque.head] as number;

/** Index of the extreme; where it occurs several times, the latest. */
export const extremeIndex = (deque: MonotonicDeque): number => deque.indexes[deque.head] as number;

export function dropExtreme(deque: MonotonicDeque): void {
  deque.head = slot(deque, 1);
  deque.size--;
}

export function clearDeque(deque: MonotonicDeque): void {
  deque.head = 0;
  deque.size = 0;
}

const slot = (deque: MonotonicDeque, offset: number): number => (deque.head + offset) % deque.values.length;
