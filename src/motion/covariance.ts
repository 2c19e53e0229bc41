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

/** One error grows by `perA` times error a and `perB` times error b. */
export function grow(cov: Covariance, n: number, error: number, a: number, perA: number, b: number, perB: number): void {
  const row = error * n;
  for (let j = 0; j < n; j++) cov[row + j]! += perA * cov[a * n + j]! + perB * cov[b * n + j]!;
  cov[row + error]! += perA * cov[row + a]! + perB * cov[row + b]!;
  for (let i = 0; i < n; i++) cov[i * n + error] = cov[row + i]!;
}

/** How a measurement answers the first errors, the rest it does not answer at all; and, once foreseen, how it goes with every one. */
export interface Measurement {
  readonly response: Float64Array;
  readonly shared: Float64Array;
}

export const createMeasurement = (answered: number, n: number): Measurement => ({ response: new Float64Array(answered), shared: new Float64Array(n) });

/** What one measurement's answers make of another's shares: their covariance; of its own, its variance without noise. */
export function answerTo({ response }: Measurement, { shared }: Measurement): number {
  let sum = 0;
  for (let i = 0; i < response.length; i++) sum += response[i]! * shared[i]!;
  return sum;
}

/** Writes how a measurement goes with every error, and gives its variance without noise. */
export function foresee(cov: Covariance, measurement: Measurement): number {
  const { response, shared } = measurement;
  const n = shared.length;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < response.length; j++) sum += cov[i * n + j]! * response[j]!;
    shared[i] = sum;
  }
  return answerTo(measurement, measurement);
}

/** Writes how two measurements go with every error, in one pass: this is where the time goes. */
export function foreseeBoth(cov: Covariance, first: Measurement, second: Measurement): void {
  const { response: response1, shared: shared1 } = first;
  const { response: response2, shared: shared2 } = second;
  const n = shared1.length;
  for (let i = 0; i < n; i++) {
    let sum1 = 0;
    let sum2 = 0;
    for (let j = 0; j < response1.length; j++) {
      const goes = cov[i * n + j]!;
      sum1 += goes * response1[j]!;
      sum2 += goes * response2[j]!;
    }
    shared1[i] = sum1;
    shared2[i] = sum2;
  }
}

/** A measurement as it goes with every error once another, of variance `variance`, has been taken in; they shared `common`. */
export function after({ shared }: Measurement, other: Measurement, common: number, variance: number): void {
  const gain = common / variance;
  for (let i = 0; i < shared.length; i++) shared[i]! -= other.shared[i]! * gain;
}

/** Lowers the covariance by a measurement that was taken in: `shared` as foreseen, `variance` with its noise. */
export function absorb(cov: Covariance, { shared }: Measurement, variance: number): void {
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

/** Takes two measurements in, the second as it is `after` the first, in one pass. */
export function absorbBoth(cov: Covariance, first: Measurement, variance1: number, second: Measurement, variance2: number): void {
  const { shared: shared1 } = first;
  const { shared: shared2 } = second;
  const n = shared1.length;
  for (let i = 0; i < n; i++) {
    const gain1 = shared1[i]! / variance1;
    const gain2 = shared2[i]! / variance2;
    for (let j = i; j < n; j++) {
      const lowered = cov[i * n + j]! - gain1 * shared1[j]! - gain2 * shared2[j]!;
      cov[i * n + j] = lowered;
      cov[j * n + i] = lowered;
    }
  }
}
