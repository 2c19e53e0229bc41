/** Bars and a word for how loud a roller is heard. Steps of 10 dB, from arm's length to where frames begin to be lost. */
const STEPS = [
  { fromDbm: -60, bars: 4, word: 'strong' },
  { fromDbm: -70, bars: 3, word: 'good' },
  { fromDbm: -80, bars: 2, word: 'fair' },
  { fromDbm: -90, bars: 1, word: 'weak' },
  { fromDbm: Number.NEGATIVE_INFINITY, bars: 0, word: 'hardly there' },
] as const;

export interface Signal {
  readonly bars: number;
  readonly word: string;
}

export function signalOf(rssiDbm: number | null): Signal {
  if (rssiDbm === null) return { bars: 0, word: 'not known' };
  return STEPS.find(({ fromDbm }) => rssiDbm >= fromDbm) ?? STEPS[4];
}
