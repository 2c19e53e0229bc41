/**
 * Covariance of the errors that the attitude filter estimates about the axis of rotation, and the gains that follow
 * from it: a Kalman filter with one measurement, the angle between where up was thought to be and where the accelerometer has it.
 *
 * `angle` is the error of up, `path` that of the angle rolled since the start, which begins at 0: so a first guess of up
 * that was wrong is put right without counting as motion. `bias` and `scale` are the gyroscope's, `offset` the accelerometer's,
 * `mount` the place of the sensor off the axis.
 */
export const ERRORS = { angle: 0, path: 1, bias: 2, scale: 3, offset0: 4, offset1: 5, mount0: 6, mount1: 7 } as const;
const N = Object.keys(ERRORS).length;
const { angle: ANGLE, path: PATH, bias: BIAS, scale: SCALE } = ERRORS;

/** Row by row, symmetric. Plain data. */
export type Covariance = Float64Array;

/** Of errors that know nothing of each other, from their standard deviations. */
export function createCovariance(sigma: Readonly<Record<keyof typeof ERRORS, number>>): Covariance {
  const cov = new Float64Array(N * N);
  for (const [name, index] of Object.entries(ERRORS)) cov[index * (N + 1)] = sigma[name as keyof typeof ERRORS] ** 2;
  return cov;
}

/** Nothing is known of one error any more, and it has nothing to do with the others. */
export function forget(cov: Covariance, error: number, sigma: number): void {
  for (let i = 0; i < N; i++) {
    cov[error * N + i] = 0;
    cov[i * N + error] = 0;
  }
  cov[error * (N + 1)] = sigma * sigma;
}

/** Errors at the end of an interval in which the roller turned at `rate`, rad/s. The variances are what the interval adds. */
export function propagate(cov: Covariance, rate: number, dtS: number, angleVar: number, biasVar: number, offsetVar: number): void {
  // angle' = path' = bias + rate * scale; first the rows, then the columns.
  for (let j = 0; j < N; j++) {
    const grown = dtS * (cov[BIAS * N + j]! + rate * cov[SCALE * N + j]!);
    cov[ANGLE * N + j]! += grown;
    cov[PATH * N + j]! += grown;
  }
  for (let i = 0; i < N; i++) {
    const row = i * N;
    const grown = dtS * (cov[row + BIAS]! + rate * cov[row + SCALE]!);
    cov[row + ANGLE]! += grown;
    cov[row + PATH]! += grown;
  }
  cov[ANGLE * N + ANGLE]! += angleVar;
  cov[ANGLE * N + PATH]! += angleVar;
  cov[PATH * N + ANGLE]! += angleVar;
  cov[PATH * N + PATH]! += angleVar;
  cov[BIAS * N + BIAS]! += biasVar;
  cov[ERRORS.offset0 * (N + 1)]! += offsetVar;
  cov[ERRORS.offset1 * (N + 1)]! += offsetVar;
}

/**
 * Weighs a measurement that answers each error by `response`, with noise of variance `noise`: writes the gains and gives the
 * variance with which its surprise is expected.
 */
export function weigh(cov: Covariance, response: Float64Array, noise: number, gains: Float64Array): number {
  let expected = noise;
  for (let i = 0; i < N; i++) {
    let sum = 0;
    for (let j = 0; j < N; j++) sum += cov[i * N + j]! * response[j]!;
    gains[i] = sum;
    expected += response[i]! * sum;
  }
  for (let i = 0; i < N; i++) gains[i]! /= expected;
  return expected;
}

/** Lowers the covariance by a measurement that was taken in, given what `weigh` said of it. */
export function absorb(cov: Covariance, gains: Float64Array, expected: number): void {
  for (let i = 0; i < N; i++) {
    const gain = gains[i]! * expected;
    for (let j = i; j < N; j++) {
      const lowered = cov[i * N + j]! - gain * gains[j]!;
      cov[i * N + j] = lowered;
      cov[j * N + i] = lowered;
    }
  }
}

export const errorCount = N;
