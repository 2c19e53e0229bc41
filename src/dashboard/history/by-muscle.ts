import type { MuscleGroup } from '../../guide/groups.ts';

export interface Muscle<R> {
  readonly group: MuscleGroup;
  readonly sides: R[];
}

/** What was rolled, its sides under their muscle; muscles stand in the order in which each first comes. */
export function byMuscle<R extends { readonly group: MuscleGroup }>(rolled: readonly R[]): Muscle<R>[] {
  const muscles = new Map<MuscleGroup, Muscle<R>>();
  for (const each of rolled) {
    const muscle = muscles.get(each.group);
    if (muscle === undefined) muscles.set(each.group, { group: each.group, sides: [each] });
    else muscle.sides.push(each);
  }
  return [...muscles.values()];
}
