import { GROUPS } from '../../guide/groups.ts';
import type { SessionMessage } from '../../server/wire.ts';

type Dose = SessionMessage['doses'][number];

/** The two sides of a muscle differ when one had less by more than this part of the other (an estimate). */
const SIDES_DIFFER = 0.15;

/** What to make of it next time, a sentence each: one place had far more than its share, one side far less than the other. */
export const endedNotes = (doses: readonly Dose[]): string[] => [...doses.flatMap(unevenNote), ...doses.flatMap((dose) => sidesNote(dose, doses))];

function unevenNote({ group, side, uneven }: Dose): string[] {
  if (uneven !== true) return [];
  return [`${GROUPS[group].name}${side === 'both' ? '' : `, ${side}`}: one place had most of the time. Spread it over the muscle next time.`];
}

/** Said once for the two, at the left. */
function sidesNote({ group, side, doseS: leftS }: Dose, doses: readonly Dose[]): string[] {
  const rightS = doses.find((other) => other.group === group && other.side === 'right')?.doseS;
  if (side !== 'left' || rightS === undefined || Math.abs(leftS - rightS) <= SIDES_DIFFER * Math.max(leftS, rightS)) return [];
  return [`${GROUPS[group].name}: the ${leftS < rightS ? 'left' : 'right'} side had ${Math.round(Math.abs(leftS - rightS))} s less than the other.`];
}
