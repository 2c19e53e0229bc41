import { GROUPS, type MuscleGroup, type Side } from '../../guide/groups.ts';

/** "Hamstrings · left", as the header, the summary and the voice call it. */
export function groupText(group: MuscleGroup, side: Side): string {
  if (group === 'unknown') return GROUPS.unknown.name;
  return `${GROUPS[group].name} · ${side === 'both' ? 'both sides' : side}`;
}
