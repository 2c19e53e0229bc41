import type { Balance, RolledGroup } from './summary.ts';

/** A difference between the sides that is worth a look, % of the larger (an estimate; there is no published limit for rolling). */
const NOTABLE_PCT = 15;

/** The groups that were rolled on either side, left against right. */
export function balanceOf(groups: readonly RolledGroup[]): Balance[] {
  return groups.flatMap((left) => {
    const right = groups.find((other) => other.group === left.group && other.side === 'right');
    if (left.side !== 'left' || right === undefined) return [];
    return [
      {
        group: left.group,
        activeS: compare(left.activeS, right.activeS),
        medianCmS: compare(left.speed.medianCmS, right.speed.medianCmS),
        meanLoad: compareLoad(left.load, right.load),
      },
    ];
  });
}

export function compare(left: number, right: number): Balance['activeS'] {
  const larger = Math.max(left, right);
  const differencePct = larger === 0 ? 0 : (100 * (left - right)) / larger;
  return { left, right, differencePct, flagged: Math.abs(differencePct) > NOTABLE_PCT };
}

/** In newtons where both sides know them, else in kPa; never one against the other. */
function compareLoad(left: RolledGroup['load'], right: RolledGroup['load']): Balance['meanLoad'] {
  if (left === null || right === null) return null;
  if (left.meanN !== null && right.meanN !== null) return { ...compare(left.meanN, right.meanN), unit: 'N' };
  if (left.meanKpa !== null && right.meanKpa !== null) return { ...compare(left.meanKpa, right.meanKpa), unit: 'kPa' };
  return null;
}
