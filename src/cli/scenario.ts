import { DEFAULT_SCENARIO, findScenario, SCENARIOS } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { AppError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/** The scenario of this name or beginning, or the default one. Throws E_SCENARIO. */
export function scenarioNamed(name: string | undefined): Scenario {
  if (name === undefined) return DEFAULT_SCENARIO;
  const scenario = findScenario(name);
  if (scenario === null)
    throw new AppError(
      'E_SCENARIO',
      `there is no scenario ${name}`,
      didYouMean(
        name,
        SCENARIOS.map((each) => each.name),
      ),
    );
  return scenario;
}
