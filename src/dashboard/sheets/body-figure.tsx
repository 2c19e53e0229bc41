import type { JSX } from 'preact';
import type { MuscleGroup, Side } from '../../guide/groups.ts';

interface Spot {
  /** Seen from behind, or from the front, where a person's left is on the right of the picture. */
  readonly from: 'behind' | 'front';
  /** The muscle on the right half of the picture; the other half is its mirror image. */
  readonly path: string;
}

const SPOTS: Readonly<Record<MuscleGroup, Spot | null>> = {
  piriformis: { from: 'behind', path: 'M25 36.5c3 0 6 1.5 6 4.5s-2.5 4-6 3.5Z' },
  hamstrings: { from: 'behind', path: 'M28.5 46.5c2.5.5 3.5 4 2.5 9.5-.6 2.5-3.5 2.5-4 0-.8-4.5-.5-8.5 1.5-9.5Z' },
  quadriceps: { from: 'front', path: 'M29 42.5c3 1 3.5 6 2 12.5-.6 2.5-3.8 2.5-4.3 0-1-5.5-.7-11 2.3-12.5Z' },
  adductors: { from: 'front', path: 'M24.8 43.5c2.5.5 3.2 5 2.2 11.5-.3 1-1.700 1-2 0Z' },
  lats: { from: 'behind', path: 'M31.5 20.5c.8 5-.8 9.5-4.5 12.5-1-4.5 0-9.5 4.5-12.5Z' },
  rhomboids: { from: 'behind', path: 'M25 16.5 29.5 18.5v7.5L25 24Z' },
  unknown: null,
};

/** A small person with the muscle lit, on the chosen side. */
export function BodyFigure({ group, side }: { readonly group: MuscleGroup; readonly side: Side }): JSX.Element {
  const spot = SPOTS[group];
  return (
    <svg class="figure" viewBox="8 0 32 76" aria-hidden="true">
      <g class="figure-body">
        <circle cx="24" cy="6.5" r="4.8" />
        <path d="M24 13c5 0 9 1.5 9.5 4.5L32.5 28l-1 9c1.5 3 1.5 6 1.5 9l-1.5 12.5L31 71c0 2.5-4.2 2.5-4.5 0L25.5 57 24 46.5 22.5 57 21.5 71c-.3 2.5-4.5 2.5-4.5 0l-.5-12.5L15 46c0-3 0-6 1.5-9l-1-9-1-10.5C15 14.5 19 13 24 13Z" />
        <path class="figure-arm" d="M13.5 18.5C11.5 25 11 32 11.5 39M34.5 18.5c2 6.5 2.5 13.5 2 20.5" />
      </g>
      {spot !== null && lit(spot, side, 'right') && <path class="figure-spot" d={spot.path} />}
      {spot !== null && lit(spot, side, 'left') && <path class="figure-spot" d={spot.path} transform="matrix(-1 0 0 1 48 0)" />}
      {spot === null && <text class="figure-question" x="24" y="33">?</text>}
    </svg>
  );
}

/** From behind, a person's right is on the right of the picture; from the front it is on the left. */
function lit(spot: Spot, side: Side, half: 'left' | 'right'): boolean {
  if (side === 'both') return true;
  return spot.from === 'behind' ? side === half : side !== half;
}
