import { GROUPS, type MuscleGroup, type Side } from '../../guide/groups.ts';

export const sideText = (side: Side): string => (side === 'both' ? 'both sides' : side);

/** "Hamstrings · left", as the header, the summary and the voice call it. */
export function groupText(group: MuscleGroup, side: Side): string {
  return group === 'unknown' ? GROUPS.unknown.name : `${GROUPS[group].name} · ${sideText(side)}`;
}
