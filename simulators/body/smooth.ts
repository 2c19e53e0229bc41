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
  for (let i = -half; i < values.length; i++) {
    sum += (values[i + half] ?? 0) - (values[i - half - 1] ?? 0);
    if (i >= 0) means[i] = sum / count;
  }
  return means;
}
