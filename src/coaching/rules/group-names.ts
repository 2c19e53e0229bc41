import { MUSCLE_GROUPS, type MuscleGroup } from '../../guide/groups.ts';

/**
 * The names of something that each group has its own of. Put together once: a name made anew at every tick has to be looked up letter by
 * letter, which took as long as judging.
 */
export const namesByGroup = <const Ending extends string>(ending: Ending) =>
  Object.fromEntries(MUSCLE_GROUPS.map((group) => [group, `${group}${ending}`])) as { readonly [Group in MuscleGroup]: `${Group}${Ending}` };
