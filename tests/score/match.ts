/** Something that happens at a time: a state's onset or a cue. */
export interface Onset {
  readonly kind: string;
  readonly level: number;
  readonly tS: number;
  /** When it was over; left out where that is not known. */
  readonly endS?: number;
}

/** One that is due by the truth; a grey one is counted neither way. */
export interface DueOnset extends Onset {
  readonly grey?: true;
}

export interface Match {
  readonly due: DueOnset;
  readonly reported: Onset;
}

export interface Score {
  readonly hits: readonly Match[];
  readonly missed: readonly DueOnset[];
  readonly false: readonly Onset[];
}

/** A report belongs to what was due within this. */
export const MATCH_S = 1;

/** Pairs what was due with what was reported, by kind and level, nearest first; what is left over and grey is not false. */
export function match(due: readonly DueOnset[], reported: readonly Onset[], isGrey: (reported: Onset) => boolean = () => false): Score {
  const pairs = due
    .flatMap((wanted, d) => reported.map((found, r) => ({ wanted, found, d, r, apartS: Math.abs(wanted.tS - found.tS) })))
    .filter(({ wanted, found, apartS }) => wanted.kind === found.kind && wanted.level === found.level && apartS <= MATCH_S)
    .toSorted((a, b) => a.apartS - b.apartS);
  const usedDue = new Set<number>();
  const usedReports = new Set<number>();
  const hits: Match[] = [];
  for (const { wanted, found, d, r } of pairs) {
    if (usedDue.has(d) || usedReports.has(r)) continue;
    usedDue.add(d);
    usedReports.add(r);
    if (!wanted.grey) hits.push({ due: wanted, reported: found });
  }
  return {
    hits,
    missed: due.filter((wanted, d) => !usedDue.has(d) && !wanted.grey),
    false: reported.filter((found, r) => !usedReports.has(r) && !isGrey(found)),
  };
}
