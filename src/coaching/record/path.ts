/** Half of what is kept, cm: more than twice the turn of any roller, so that no muscle's path runs out of it. */
const REACH_CM = 120;

/** A patch of contact is about 5 cm long: a place is under the roller while its middle is within 2 bins. */
const PATCH_HALF_CM = 2;

/** A place is covered once it was under the patch for this long, s. */
const COVERED_S = 2;

/** Uneven: one place has this many times the usual time, and over this many seconds of it. */
const UNEVEN = { ratio: 4, aboveS: 30 } as const;

/** Seconds of contact by centimetre of the path; plain data of fixed size. */
export interface Path {
  readonly secondsPerCm: Float64Array;
  /** Bins visited, from first to last; first > last: none. */
  first: number;
  last: number;
}

export interface PathView {
  /** Lower edge of the first bin, cm. */
  readonly fromCm: number;
  readonly secondsPerCm: number[];
}

export const createPath = (): Path => ({ secondsPerCm: new Float64Array(2 * REACH_CM), first: 2 * REACH_CM, last: -1 });

/** Time beyond the reach is kept at its end. */
export function addToPath(path: Path, positionCm: number, seconds: number): void {
  const bin = Math.min(Math.max(Math.floor(positionCm) + REACH_CM, 0), 2 * REACH_CM - 1);
  path.secondsPerCm[bin] = (path.secondsPerCm[bin] as number) + seconds;
  path.first = Math.min(path.first, bin);
  path.last = Math.max(path.last, bin);
}

export const viewPath = ({ secondsPerCm, first, last }: Path): PathView =>
  first > last
    ? { fromCm: 0, secondsPerCm: [] }
    : { fromCm: first - REACH_CM, secondsPerCm: Array.from(secondsPerCm.subarray(first, last + 1)) };

/** Seconds that each visited centimetre spent under the patch. */
function underPatch({ secondsPerCm, first, last }: Path): number[] {
  const visited: number[] = [];
  for (let bin = first; bin <= last; bin++) {
    if (secondsPerCm[bin] === 0) continue;
    let seconds = 0;
    for (let near = bin - PATCH_HALF_CM; near <= bin + PATCH_HALF_CM; near++) seconds += secondsPerCm[near] ?? 0;
    visited.push(seconds);
  }
  return visited;
}

/** Part of a path of the given length that has been under the patch for long enough, 0 to 1. */
export const coverageOf = (path: Path, lengthCm: number): number =>
  Math.min(1, underPatch(path).filter((seconds) => seconds >= COVERED_S).length / lengthCm);

/** Whether one place has had far more than its share. */
export function isUneven(path: Path): boolean {
  const visited = underPatch(path).sort((a, b) => a - b);
  const most = visited.at(-1) ?? 0;
  const median = visited[Math.floor(visited.length / 2)] ?? 0;
  return most > UNEVEN.aboveS && most > UNEVEN.ratio * median;
}
