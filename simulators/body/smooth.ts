/**
 * Mean over a window of `widthS` around each value, twice, so that the weights are a triangle twice as wide: steps become
 * what a body with mass can do, and sums are kept. Outside the values there is zero.
 */
export function smooth(values: Float64Array, widthS: number, stepS: number): Float64Array {
  const half = Math.round(widthS / stepS / 2);
  return movingMean(movingMean(values, half), half);
}

function movingMean(values: Float64Array, half: number): Float64Array {
  const means = new Float64Array(values.length);
  const count = 2 * half + 1;
  let sum = 0;
  let nonZero = 0;
  for (let i = -half; i < values.length; i++) {
    const entering = i + half < values.length ? values[i + half]! : 0;
    const leaving = i - half - 1 >= 0 ? values[i - half - 1]! : 0;
    sum += entering - leaving;
    nonZero += Number(entering !== 0) - Number(leaving !== 0);
    // What rounding has left in the sum is no load and no speed.
    if (nonZero === 0) sum = 0;
    if (i >= 0) means[i] = sum / count;
  }
  return means;
}
