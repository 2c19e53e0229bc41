/** Data to paper: a line through two points. */
export interface Scale {
  (value: number): number;
  readonly from: number;
  readonly to: number;
}

export function linear([from, to]: readonly [number, number], [start, end]: readonly [number, number]): Scale {
  const factor = to === from ? 0 : (end - start) / (to - from);
  return Object.assign((value: number) => start + (value - from) * factor, { from, to });
}

const ROUND = [1, 2, 5];

/** Multiples of a round number from 0 to at most `to`, about `count` of them. */
export function roundTicks(to: number, count: number): number[] {
  if (!(to > 0)) return [0];
  const size = 10 ** Math.floor(Math.log10(to / count));
  const step = [...ROUND, 10].map((factor) => factor * size).find((each) => to / each <= count)!;
  return multiples(step, to);
}

const ROUND_S = [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400];

/** The same of times: round by the clock. */
export const timeTicks = (toS: number, count: number): number[] => multiples(ROUND_S.find((step) => toS / step <= count) ?? toS, toS);

const multiples = (step: number, to: number): number[] =>
  Array.from({ length: Math.floor(to / step + 1e-9) + 1 }, (_, index) => Number((index * step).toPrecision(12)));
