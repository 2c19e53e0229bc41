import type { RadioFirmware } from '../../simulators/radio/firmware.ts';
import { createVirtualRoller, LOOP_REST_S } from '../../simulators/roller/roller.ts';
import { DEFAULT_SCENARIO, findScenario, SCENARIOS } from '../../simulators/scenarios/library.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { createVirtualWitMotion } from '../../simulators/witmotion/witmotion.ts';
import { AppError } from '../errors.ts';
import type { Source } from './source.ts';

/** Somebody who rolls on the software radio: what is in the roller, and what the person does at the screen. */
export interface Part {
  /** `begunAgoS`: how long they have been rolling when the roller starts anew, s; null: they begin with it. */
  readonly createFirmware: (begunAgoS: number | null) => RadioFirmware;
  readonly station: Pick<Source, 'kind' | 'scenario' | 'seed' | 'script' | 'start' | 'judgedBy'>;
}

export interface Cast {
  /** In words for a person. */
  readonly title: string;
  /** At least one. */
  readonly parts: readonly Part[];
}

export interface ScenarioOptions {
  readonly scenario?: string | undefined;
  readonly seed: number;
  /** What a simulated roller has inside. */
  readonly sensor?: Sensor | undefined;
  /** How many at once. */
  readonly rollers?: number | undefined;
}

export type Sensor = 'roller' | 'witmotion';

type CreateFirmware = (options: { scenario: Scenario; seed: number; loop: boolean; begunAgoS: number | null }) => RadioFirmware;
const FIRMWARES: Readonly<Record<Sensor, CreateFirmware>> = { roller: createVirtualRoller, witmotion: createVirtualWitMotion };

/** People who roll as a scenario says, in a loop; each has a seed, and so a body and a device id, of their own. Throws E_SCENARIO. */
export function scenarioCast({ scenario: name = DEFAULT_SCENARIO.name, seed, sensor = 'roller', rollers = 1 }: ScenarioOptions): Cast {
  const scenario = findScenario(name);
  if (scenario === null) {
    throw new AppError('E_SCENARIO', `there is no scenario ${name}`, `choose one of ${SCENARIOS.map((each) => each.name).join(', ')}`);
  }
  const script = { commands: scenario.commands, periodS: scenario.segments.reduce((sum, { seconds }) => sum + seconds, LOOP_REST_S) };
  const partOf = (own: number): Part => ({
    createFirmware: (begunAgoS) => FIRMWARES[sensor]({ scenario, seed: own, loop: true, begunAgoS }),
    station: { kind: 'simulated', scenario: scenario.name, seed: own, script, start: 'first-frame' },
  });
  return {
    title: `${rollers === 1 ? 'simulated roller' : `${rollers} simulated rollers`}, scenario ${scenario.name}`,
    parts: Array.from({ length: rollers }, (_, index) => partOf((seed + index) % 2 ** 32)),
  };
}
