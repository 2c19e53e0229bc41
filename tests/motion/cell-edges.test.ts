import { describe, expect, it } from 'vitest';
import { atRest } from '../../simulators/body/body.ts';
import { cellsOf, restAngleRad, STANDARD_ROLLER, type RollerBuild } from '../../simulators/roller/build.ts';
import { createLoads } from '../../simulators/roller/loads.ts';
import type { RollerGeometry } from '../../src/motion/block.ts';
import { createCells } from '../../src/motion/cells.ts';
import { createLoad, readLoad, type Load } from '../../src/motion/load.ts';

const SEED = 1;
const FORCE_N = 250;

/** What motion makes of the true pressures of a body on a roller, at 500 places around it. */
function around(build: RollerBuild, balance = 0): Load[] {
  const loads = createLoads(build, SEED);
  const cells = cellsOf(build).map(({ axialMm, angleDeg, areaMm2 }) =>
    ({ axialMm, angleRad: (angleDeg! * Math.PI) / 180, areaCm2: areaMm2 / 100 }));
  const geometry = { cells } as unknown as RollerGeometry;
  const state = createCells(geometry);
  const pascal = new Float64Array(cells.length);
  return Array.from({ length: 500 }, (_, i) => {
    const turned = (2 * Math.PI * i) / 500;
    loads.at({ ...atRest(), xCm: turned * build.radiusCm, forceN: FORCE_N, balance }, pascal);
    const load = createLoad();
    readLoad(load, geometry, state, Float32Array.from(pascal, (each) => each / 1000), 0, restAngleRad(SEED) + turned);
    return load;
  });
}

describe('a patch over the edges of cells', () => {
  // What is lost lies on cells that carry less than 2 kPa, not beyond the 60 degrees.
  const rollers = [['firm', 16, 0.04], ['soft', 16, 0.04], ['textured', 16, 0.04], ['firm', 8, 0.06], ['firm', 6, 0.08]] as const;
  it.each(rollers)(
    'gives the force on a %s roller with %i cells around, wherever they are',
    (texture, cellsAround, within) => {
      const forces = around({ ...STANDARD_ROLLER, texture, cellsAround }).map(({ forceN }) => forceN / FORCE_N);
      expect(Math.max(...forces)).toBeLessThan(1.001);
      expect(Math.min(...forces)).toBeGreaterThan(1 - within);
    },
  );

  it('gives the balance wherever they are', () => {
    for (const { balance } of around(STANDARD_ROLLER, 0.4)) expect(Math.abs(balance! - 0.4)).toBeLessThan(0.03);
  });
});
