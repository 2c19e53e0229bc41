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

/**
 * Weighs a measurement that answers each error by `response`, with noise of variance `noise`: writes the gains and gives the
 * variance with which its surprise is expected.
 */
export function weigh(cov: Covariance, response: Float64Array, noise: number, gains: Float64Array): number {
  const n = gains.length;
  let expected = noise;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += cov[i * n + j]! * response[j]!;
    gains[i] = sum;
    expected += response[i]! * sum;
  }
  for (let i = 0; i < n; i++) gains[i]! /= expected;
  return expected;
}

/** Lowers the covariance by a measurement that was taken in, given what `weigh` said of it. */
export function absorb(cov: Covariance, gains: Float64Array, expected: number): void {
  const n = gains.length;
  for (let i = 0; i < n; i++) {
    const gain = gains[i]! * expected;
    for (let j = i; j < n; j++) {
      const lowered = cov[i * n + j]! - gain * gains[j]!;
      cov[i * n + j] = lowered;
      cov[j * n + i] = lowered;
    }
  }
}
