/** What a person has calibrated of a roller; null: as the roller says itself. */
export interface RollerCalibration {
  /** Effective radius under load, cm. */
  readonly radiusCm: number | null;
  /** Factor on what the cells read. */
  readonly forceScale: number | null;
  /** The most that this person finds comfortable on it, in the unit of its counts. Left out: not known. */
  readonly comfortLoad?: number | null;
}

export const NOT_CALIBRATED: RollerCalibration = { radiusCm: null, forceScale: null, comfortLoad: null };

type Range = readonly [min: number, max: number];
/** Parts differ by 25 % at most (their makers say so); beyond a factor of two it was not the full weight, or not the person's mass. */
export const FORCE_SCALE: Range = [0.5, 2];
/** Foam gives by some per cent: beyond the first it is unusual, beyond the second it was not the marked length. Shares of the radius. */
export const USUAL_RADIUS: Range = [0.85, 1.05];
export const POSSIBLE_RADIUS: Range = [0.7, 1.2];

export const isWithin = (value: number, [min, max]: Range): boolean => value >= min && value <= max;

/** What holds for a roller of a nominal radius; values that make no sense for it are as if not calibrated. */
export function fitCalibration(nominalCm: number, { radiusCm, forceScale }: RollerCalibration): { radiusCm: number; forceScale: number } {
  return {
    radiusCm: radiusCm !== null && isWithin(radiusCm / nominalCm, POSSIBLE_RADIUS) ? radiusCm : nominalCm,
    forceScale: forceScale !== null && isWithin(forceScale, FORCE_SCALE) ? forceScale : 1,
  };
}
