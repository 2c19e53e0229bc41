/** The arithmetic of a Kalman filter with one measurement at a time, on a symmetric matrix of n errors, row by row. Plain data. */
export type Covariance = Float64Array;

/** Of errors that know nothing of each other, from their standard deviations. */
export function createCovariance(sigmas: readonly number[]): Covariance {
  const n = sigmas.length;
  const cov = new Float64Array(n * n);
  sigmas.forEach((sigma, i) => (cov[i * (n + 1)] = sigma * sigma));
  return cov;
}

/** Nothing is known of one error any more, and it has nothing to do with the others. */
export function forget(cov: Covariance, n: number, error: number, sigma: number): void {
  for (let i = 0; i < n; i++) {
    cov[error * n + i] = 0;
    cov[i * n + error] = 0;
  }
  cov[error * (n + 1)] = sigma * sigma;
}

/** One error grows by `perA` times error a and `perB` times error b: first its row, then its column. */
export function grow(cov: Covariance, n: number, error: number, a: number, perA: number, b: number, perB: number): void {
  for (let j = 0; j < n; j++) cov[error * n + j]! += perA * cov[a * n + j]! + perB * cov[b * n + j]!;
  for (let i = 0; i < n; i++) cov[i * n + error]! += perA * cov[i * n + a]! + perB * cov[i * n + b]!;
}

/** How a measurement that answers each error by `response` goes with every error: writes `shared`, and gives its own variance. */
export function foresee(cov: Covariance, response: Float64Array, shared: Float64Array): number {
  const n = shared.length;
  shared.fill(0);
  for (let j = 0; j < n; j++) {
    const answer = response[j]!;
    if (answer === 0) continue;
    for (let i = 0; i < n; i++) shared[i]! += cov[j * n + i]! * answer;
  }
  let variance = 0;
  for (let i = 0; i < n; i++) variance += response[i]! * shared[i]!;
  return variance;
}

/** Lowers the covariance by a measurement that was taken in: `shared` as foreseen, `variance` with its noise. */
export function absorb(cov: Covariance, shared: Float64Array, variance: number): void {
  const n = shared.length;
  for (let i = 0; i < n; i++) {
    const gain = shared[i]! / variance;
    for (let j = i; j < n; j++) {
      const lowered = cov[i * n + j]! - gain * shared[j]!;
      cov[i * n + j] = lowered;
      cov[j * n + i] = lowered;
    }
  }
}
