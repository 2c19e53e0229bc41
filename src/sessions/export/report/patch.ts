import type { RolledGroup } from '../../summary/summary.ts';

/** A patch of contact is about 5 cm long: a place is under the roller while its middle is within so many centimetres. */
const HALF_CM = 2;

/** Seconds that each centimetre of the path was under the roller. */
export const underPatch = ({ secondsPerCm }: RolledGroup['path']): number[] =>
  secondsPerCm.map((_, at) => secondsPerCm.slice(Math.max(0, at - HALF_CM), at + HALF_CM + 1).reduce((sum, seconds) => sum + seconds, 0));
