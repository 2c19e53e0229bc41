/** A stretch of time with one muscle and side, and what speed is judged by in it; null: it is not. */
export interface PlottedStretch {
  readonly muscle: string;
  /** Empty where none was chosen. */
  readonly side: string;
  readonly startS: number;
  readonly endS: number;
  readonly limit: number | null;
  readonly band: readonly [from: number, to: number] | null;
}

type Named = Pick<PlottedStretch, 'muscle' | 'startS' | 'endS'>;

/** Neighbours of one muscle as one. */
export function musclesOf(stretches: readonly Named[]): Named[] {
  const muscles: Named[] = [];
  for (const { muscle, startS, endS } of stretches) {
    const last = muscles.at(-1);
    if (last?.muscle === muscle) muscles[muscles.length - 1] = { ...last, endS };
    else muscles.push({ muscle, startS, endS });
  }
  return muscles;
}
