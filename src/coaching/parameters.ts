import { PACING_PARAMETERS } from './pacing.ts';
import { RULES } from './rules/list.ts';
import type { ConfigOf, Parameter } from './rules/rule.ts';

type AllOf<Union> = (Union extends unknown ? (part: Union) => void : never) extends (whole: infer Whole) => void ? Whole : never;

/** Every number of the coaching that may be set, with its default and range: one table, made of what each rule declares. */
export const COACHING_PARAMETERS = Object.assign({}, ...RULES.map((rule) => rule.parameters), PACING_PARAMETERS) as AllOf<
  (typeof RULES)[number]['parameters'] | typeof PACING_PARAMETERS
>;

export type CoachingConfig = ConfigOf<typeof COACHING_PARAMETERS>;

export const defaultCoachingConfig = Object.fromEntries(
  Object.entries<Parameter>(COACHING_PARAMETERS).map(([name, parameter]) => [name, parameter.default]),
) as CoachingConfig;
