import { AREA_SCENARIOS } from './area.ts';
import { DEMO_SCENARIOS, TOUR } from './demo.ts';
import { EXTRA_SCENARIOS } from './extra.ts';
import { HANDLING_SCENARIOS } from './handling.ts';
import { LEGAL_BAND_SCENARIOS } from './legal-band.ts';
import { LOAD_SCENARIOS } from './load.ts';
import type { Scenario } from './scenario.ts';
import { SPEED_SCENARIOS } from './speed.ts';
import { VARIANT_SCENARIOS } from './variants.ts';

const ACCEPTANCE = [...SPEED_SCENARIOS, ...AREA_SCENARIOS, ...LOAD_SCENARIOS, ...HANDLING_SCENARIOS, ...LEGAL_BAND_SCENARIOS];

/** Every scenario; the acceptance scenarios s01 to s15 first, in their order. */
export const SCENARIOS: readonly Scenario[] = [...ACCEPTANCE.toSorted((a, b) => (a.name < b.name ? -1 : 1)), ...EXTRA_SCENARIOS, ...DEMO_SCENARIOS, ...VARIANT_SCENARIOS];

/** Those whose dues are written by hand; what is due in the others follows from their true motion. */
export const HAND_WRITTEN: ReadonlySet<Scenario> = new Set([...ACCEPTANCE, ...EXTRA_SCENARIOS, ...DEMO_SCENARIOS]);

export const DEFAULT_SCENARIO: Scenario = TOUR;

/** The scenario of this name, else the first whose name begins so. */
export function findScenario(nameOrPrefix: string): Scenario | null {
  if (nameOrPrefix === '') return null;
  return SCENARIOS.find(({ name }) => name === nameOrPrefix) ?? SCENARIOS.find(({ name }) => name.startsWith(nameOrPrefix)) ?? null;
}
