/** How the contact point moves along the muscle. Speeds are positive; the way alternates. */
export type Movement =
  | { readonly kind: 'still' }
  /** Back and forth at a constant speed, turning around briefly at each end. `variation`: standard deviation from stroke to stroke, as a share. */
  | { readonly kind: 'strokes'; readonly fromCm: number; readonly toCm: number; readonly speedCmS: number; readonly variation?: number }
  /** Back and forth with the half-sine speed of a natural stroke that takes `strokeS`. */
  | { readonly kind: 'rhythm'; readonly fromCm: number; readonly toCm: number; readonly strokeS: number; readonly variation?: number }
  /** Around one place: from 0 to 2 * amplitude and back in `periodS`. */
  | { readonly kind: 'micro'; readonly amplitudeCm: number; readonly periodS: number }
  /** The surface turns on and on, as a lifted roller may. */
  | { readonly kind: 'spin'; readonly speedCmS: number };

/** A stretch of a scenario: what the person does for so long. */
export interface Segment {
  readonly seconds: number;
  readonly movement: Movement;
  /** Load on the roller, % of body weight; 0: the person is off the roller. */
  readonly pctBw: number;
  /** The roller is in the person's hands: neither body nor floor loads it. */
  readonly lifted?: true;
}

/** The roller lies on the floor and nobody is on it. */
export const idle = (seconds: number): Segment => ({ seconds, movement: { kind: 'still' }, pctBw: 0 });

export const hold = (seconds: number, pctBw: number): Segment => ({ seconds, movement: { kind: 'still' }, pctBw });

export const strokes = (seconds: number, lengthCm: number, speedCmS: number, pctBw: number, variation = 0): Segment => ({
  seconds,
  movement: { kind: 'strokes', fromCm: 0, toCm: lengthCm, speedCmS, variation },
  pctBw,
});

export const rhythm = (seconds: number, lengthCm: number, strokeS: number, pctBw: number, variation = 0): Segment => ({
  seconds,
  movement: { kind: 'rhythm', fromCm: 0, toCm: lengthCm, strokeS, variation },
  pctBw,
});

export const microRolls = (seconds: number, amplitudeCm: number, periodS: number, pctBw: number): Segment => ({
  seconds,
  movement: { kind: 'micro', amplitudeCm, periodS },
  pctBw,
});

/** The person gets off and rolls the empty roller on to another place. */
export const shove = (seconds: number, speedCmS: number): Segment => ({ seconds, movement: { kind: 'spin', speedCmS }, pctBw: 0 });

export const liftAndSpin = (seconds: number, speedCmS: number): Segment => ({
  seconds,
  movement: { kind: 'spin', speedCmS },
  pctBw: 0,
  lifted: true,
});
