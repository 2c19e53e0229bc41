import { FADE_PARAMETERS } from './fade.ts';
import { PACING_PARAMETERS } from './pacing.ts';
import { RULES } from './rules/list.ts';
import type { ConfigOf, Parameter } from './rules/rule.ts';

type AllOf<Union> = (Union extends unknown ? (part: Union) => void : never) extends (whole: infer Whole) => void ? Whole : never;

/** Every number of the coaching that may be set, with its default and range: one table, made of what each rule declares. */
export const COACHING_PARAMETERS = Object.assign({}, ...RULES.map((rule) => rule.parameters), PACING_PARAMETERS, FADE_PARAMETERS) as AllOf<
  (typeof RULES)[number]['parameters'] | typeof PACING_PARAMETERS | typeof FADE_PARAMETERS
>;

export type CoachingConfig = ConfigOf<typeof COACHING_PARAMETERS>;

/** Chains of names of which none may be above the next one, as a hint comes before the cue and a cue before the strong one. */
export const ASCENDING = RULES.flatMap((rule) => rule.ascending ?? []) as readonly (readonly (keyof CoachingConfig)[])[];

export const defaultCoachingConfig = Object.fromEntries(
  Object.entries<Parameter>(COACHING_PARAMETERS).map(([name, parameter]) => [name, parameter.default]),
) as CoachingConfig;

/** The first two that were set against their order, the lower first; null: none. */
export function findDisorder(given: Partial<CoachingConfig>): readonly [keyof CoachingConfig, keyof CoachingConfig] | null {
  for (const chain of ASCENDING) {
    const set = chain.filter((name) => given[name] !== undefined);
    for (const [index, name] of set.entries()) {
      const next = set[index + 1];
      if (next !== undefined && (given[name] as number) > (given[next] as number)) return [name, next];
    }
  }
  return null;
}

/** What was set, and the default for the rest: a default that is out of order with what was set gives way to it. */
export function completeConfig(given: Partial<CoachingConfig>): CoachingConfig {
  const config: Record<keyof CoachingConfig, number> = { ...defaultCoachingConfig, ...given };
  for (const chain of ASCENDING) {
    for (const [index, name] of chain.entries()) {
      if (given[name] !== undefined) continue;
      const below = chain.slice(0, index).map((each) => given[each] ?? -Infinity);
      const above = chain.slice(index + 1).map((each) => given[each] ?? Infinity);
      config[name] = Math.min(Math.max(config[name], ...below), ...above);
    }
  }
  return config;
}
