import { GROUPS } from '../../guide/groups.ts';
import type { SnapshotMessage } from '../../server/wire.ts';

/** The stretch of path the strip shows, cm. */
export interface PathWindow {
  readonly fromCm: number;
  readonly toCm: number;
}

/** Expected where no muscle was chosen. */
const UNKNOWN_PATH_CM = 24;
/** Room beyond both ends, as a share of the stretch, so that the dot stays inside the muscle's round ends. */
const MARGIN = 0.06;

/**
 * What was visited, widened to the length of the path: the person's own once it is known, else the expected one. Nobody knows which end the first contact was at, so the part not yet
 * seen is laid out on both sides alike; it shrinks as the person goes there.
 */
export function pathWindow(visited: { readonly fromCm: number; readonly lengthCm: number }, expectedCm: number | null): PathWindow {
  const lengthCm = Math.max(visited.lengthCm, expectedCm ?? UNKNOWN_PATH_CM);
  const fromCm = visited.fromCm - (lengthCm - visited.lengthCm) / 2;
  return { fromCm: fromCm - MARGIN * lengthCm, toCm: fromCm + (1 + MARGIN) * lengthCm };
}

export const windowOf = ({ path, group }: Pick<SnapshotMessage, 'path' | 'group'>): PathWindow =>
  pathWindow({ fromCm: path.fromCm, lengthCm: path.secondsPerCm.length }, path.lengthCm ?? GROUPS[group].pathCm);

export const shareOfWindow = (window: PathWindow, cm: number): number => (cm - window.fromCm) / (window.toCm - window.fromCm);
