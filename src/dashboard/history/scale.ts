/** From data to pixels, in a line. */
export interface Scale {
  (value: number): number;
}

export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return (value) => Math.round(10 * (start + (value - from) * factor)) / 10;
}

const STEPS = [1, 2, 5, 10];

/** Multiples of a round number within a range, at most about `count` of them. */
export function roundTicks([from, to]: readonly [number, number], count: number): number[] {
  const span = to - from;
  if (!(span > 0)) return [from];
  const size = 10 ** Math.floor(Math.log10(span / count));
  const step = (STEPS.find((factor) => span / (factor * size) <= count) ?? 10) * size;
  return multiples(step, from, to);
}

/** s */
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/** The same of times from 0 on: round by the clock. */
export const clockTicks = (toS: number, count: number): number[] =>
  multiples(STEPS_S.find((step) => toS / step <= count) ?? 14_400, 0, toS);

function multiples(step: number, from: number, to: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.max(0, Math.floor(to / step + 1e-9) - first + 1);
  // Adding 0 makes a 0 of a -0.
  return Array.from({ length: count }, (_, index) => Number(((first + index) * step).toPrecision(12)) + 0);
}

/** A line through what is known, broken where it is not. */
export function lineOf(points: readonly (readonly [x: number, y: number | null])[]): string {
  let pen = 'M';
  return points
    .map(([x, y]) => {
      const step = y === null ? '' : `${pen}${x} ${y}`;
      pen = y === null ? 'M' : 'L';
      return step;
    })
    .join('');
}
