import { atRest } from '../../simulators/body/body.ts';
import { cellAngleRad, cellCountOf, restAngleRad } from '../../simulators/roller/build.ts';
import { createLoads } from '../../simulators/roller/loads.ts';
import type { Truth } from '../../simulators/roller/truth.ts';
import { personOf, type Scenario } from '../../simulators/scenarios/scenario.ts';
import type { Judged } from './oracle.ts';

/** Cells within 60 degrees of up bear the body, from 2 kPa on. */
const BODY_SIDE_RAD = Math.PI / 3;
const BEARS_PA = 2000;

/** The truth with the true mean pressure of the cells that bear the body, where load goes by it: nobody has told a mass. */
export function withPressures(truth: readonly Truth[], scenario: Scenario, seed: number): readonly Judged[] {
  const { roller, massKg } = scenario;
  if (massKg !== null || cellCountOf(roller) === 0) return truth;
  const body = personOf(scenario, seed);
  const loads = createLoads(roller, seed);
  const pascal = new Float64Array(cellCountOf(roller));
  const state = atRest();
  return truth.map((tick) => {
    body.at(tick.tS, state);
    loads.at(state, pascal);
    const up = restAngleRad(seed) + state.xCm / roller.radiusCm;
    const bearing = [...pascal].filter((pa, cell) => pa > BEARS_PA && isUp(cell, up));
    return { ...tick, pressureKpa: bearing.length === 0 ? 0 : bearing.reduce((sum, pa) => sum + pa, 0) / bearing.length / 1000 };
  });

  function isUp(cell: number, up: number): boolean {
    return roller.tool !== 'roller' || Math.cos(cellAngleRad(roller, cell % roller.cellsAround) - up) >= Math.cos(BODY_SIDE_RAD);
  }
}
