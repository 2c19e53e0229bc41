/** When the samples of a log were taken. */
export interface SampleTimes {
  /** Whether the log's times are when rows arrived, so that the sample times had to be fitted, or those of the samples themselves. */
  readonly logged: 'arrival' | 'sample';
  readonly periodS: number;
  /** Time of each sample, s. */
  readonly timeS: Float64Array;
}

/** More than this many periods from one row to the next: rows are missing. */
const GAP_PERIODS = 1.5;
/** A pause in arrivals shorter than this is never taken for lost rows. */
const LOSS_S = 0.5;

/** Whether rows are missing before `row`. */
export const isGap = ({ timeS, periodS }: SampleTimes, row: number): boolean =>
  row > 0 && timeS[row]! - timeS[row - 1]! > GAP_PERIODS * periodS;

/**
 * Sample times from logged times. A sensor samples evenly; so where the median step is under half the mean step the rows came
 * in bursts, and the times are of arrival.
 */
export function sampleTimes(loggedS: Float64Array): SampleTimes {
  const steps = loggedS.subarray(1).map((timeS, index) => timeS - loggedS[index]!);
  const meanS = (loggedS.at(-1)! - loggedS[0]!) / steps.length;
  const medianS = steps.toSorted()[steps.length >> 1]!;
  if (medianS < meanS / 2) return { logged: 'arrival', ...fitted(loggedS) };
  const joined = steps.filter((step) => step <= GAP_PERIODS * medianS);
  return { logged: 'sample', periodS: joined.reduce((sum, step) => sum + step, 0) / joined.length, timeS: loggedS };
}

/**
 * Even sample times under arrival times. A row can come late, never early: of all lines (row, time) with every arrival on or
 * above it, the one nearest to them is right. Time for which rows were lost is taken out before the fit and put back after it.
 */
function fitted(arrivalS: Float64Array): { periodS: number; timeS: Float64Array } {
  let line = { at: 0, periodS: typicalPeriodS(arrivalS) };
  let lostS = new Float64Array(arrivalS.length);
  // The better the period is known, the better the loss is, and the other way round.
  for (let round = 0; round < 2; round++) {
    lostS = lostBefore(arrivalS, line.periodS);
    line = lineBelow(arrivalS.map((timeS, row) => timeS - lostS[row]!));
  }
  const { at, periodS } = line;
  return { periodS, timeS: lostS.map((lost, row) => at + periodS * row + lost) };
}

/** The median over stretches of the log: bursts even out within a stretch, and losses are in few. */
function typicalPeriodS(arrivalS: Float64Array): number {
  const rows = arrivalS.length;
  const span = Math.min(rows - 1, Math.max(64, rows >> 4));
  const slopes = Float64Array.from({ length: rows - span }, (_, row) => (arrivalS[row + span]! - arrivalS[row]!) / span).toSorted();
  return slopes[slopes.length >> 1]!;
}

/**
 * The line under all points that is nearest to them in the mean: it is the edge of their lower convex hull that spans the
 * middle row, because the mean distance is the distance at the middle.
 */
function lineBelow(timeS: Float64Array): { at: number; periodS: number } {
  const hull: number[] = [];
  const slope = (from: number, to: number): number => (timeS[to]! - timeS[from]!) / (to - from);
  for (let row = 0; row < timeS.length; row++) {
    while (hull.length > 1 && slope(hull.at(-2)!, hull.at(-1)!) >= slope(hull.at(-1)!, row)) hull.pop();
    hull.push(row);
  }
  const end = Math.max(
    1,
    hull.findIndex((row) => row >= (timeS.length - 1) / 2),
  );
  const [from, to] = [hull[end - 1]!, hull[end]!];
  const periodS = slope(from, to);
  return { at: timeS[from]! - periodS * from, periodS };
}

/** Seconds lost before each row: a pause after which the rows that were due do not come in a burst. */
function lostBefore(arrivalS: Float64Array, periodS: number): Float64Array<ArrayBuffer> {
  const rows = arrivalS.length;
  const leastLateS = (from: number, to: number): number => {
    let least = Infinity;
    for (let row = Math.max(0, from); row < Math.min(rows, to); row++) least = Math.min(least, arrivalS[row]! - periodS * row);
    return least;
  };
  const lostS = new Float64Array(rows);
  let sumS = 0;
  for (let row = 1; row < rows; row++) {
    const pauseS = arrivalS[row]! - arrivalS[row - 1]!;
    if (pauseS > LOSS_S) {
      const due = Math.ceil((2 * pauseS) / periodS);
      const laterS = leastLateS(row, row + due) - leastLateS(row - due, row);
      const lost = Math.min(laterS, pauseS - periodS);
      if (lost > LOSS_S / 2) sumS += lost;
    }
    lostS[row] = sumS;
  }
  return lostS;
}
