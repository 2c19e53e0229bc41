/** Sums of 0.1 s steps are not exact: durations are compared to within a microsecond. */
const TOLERANCE_S = 1e-6;

/** elapsed >= limit */
export const reached = (elapsedS: number, limitS: number): boolean => elapsedS >= limitS - TOLERANCE_S;

/** elapsed > limit */
export const exceeded = (elapsedS: number, limitS: number): boolean => elapsedS > limitS + TOLERANCE_S;
