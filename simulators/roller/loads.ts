import { WEIGHT_N_PER_KG, type BodyState } from '../body/body.ts';
import { BANDS, BODY_PATCH_CM2, cellAngleRad, cellAreaCm2, FLOOR_PATCH_CM, LIMB_WIDTH_CM, restAngleRad, type RollerBuild } from './build.ts';

/** Pascals of 1 N on 1 cm2. */
const PA_PER_N_CM2 = 10_000;

/** Pressures on the cells of a roller: the body on top, the floor below. */
export interface Loads {
  /** Fills `out` with the true pressure of each cell, Pa. */
  at(body: BodyState, out: Float64Array): void;
  /** Highest true pressure that a load on top puts on a cell, Pa. */
  highest(body: BodyState): number;
}

/** Share of a patch with a parabolic profile that lies below `u`, its ends being at -1 and 1. */
const shareBelow = (u: number): number => (u <= -1 ? 0 : u >= 1 ? 1 : (2 + 3 * u - u * u * u) / 4);

export const createLoads = (build: RollerBuild, seed: number): Loads => (build.tool === 'roller' ? cylinderLoads(build, seed) : facingLoads(build));

function cylinderLoads(build: RollerBuild, seed: number): Loads {
  const { cellsAround, radiusCm } = build;
  const areaCm2 = cellAreaCm2(build);
  const theta0 = restAngleRad(seed);
  const halfCell = Math.PI / cellsAround;
  const halfBody = BODY_PATCH_CM2[build.texture] / LIMB_WIDTH_CM / 2 / radiusCm;
  const halfFloor = FLOOR_PATCH_CM / 2 / radiusCm;
  /** Share of a patch around the direction `centre` that a cell around the direction `cell` carries. */
  const share = (cell: number, centre: number, half: number): number => {
    const off = wrapped(cell - centre);
    return shareBelow((off + halfCell) / half) - shareBelow((off - halfCell) / half);
  };
  return {
    at(body, out) {
      const up = theta0 + body.xCm / radiusCm;
      const floorN = (body.forceN + build.massKg * WEIGHT_N_PER_KG) * (1 - body.lift);
      for (let around = 0; around < cellsAround; around++) {
        const cell = cellAngleRad(build, around);
        const top = share(cell, up, halfBody);
        const bottom = share(cell, up + Math.PI, halfFloor);
        for (const [band, side] of BANDS.entries()) {
          out[band * cellsAround + around] = pressurePa(body.forceN * top + floorN * bottom, body.balance, side, areaCm2);
        }
      }
    },
    highest(body) {
      const up = theta0 + body.xCm / radiusCm;
      let top = 0;
      for (let around = 0; around < cellsAround; around++) top = Math.max(top, share(cellAngleRad(build, around), up, halfBody));
      return pressurePa(body.forceN * top, Math.abs(body.balance), 1, areaCm2);
    },
  };
}

/** Cells that face the body however the tool turns: the floor does not reach them. */
function facingLoads(build: RollerBuild): Loads {
  const areaCm2 = cellAreaCm2(build);
  return {
    at({ forceN, balance }, out) {
      for (const [band, side] of BANDS.entries()) out[band] = pressurePa(forceN, balance, side, areaCm2);
    },
    highest: ({ forceN, balance }) => pressurePa(forceN, Math.abs(balance), 1, areaCm2),
  };
}

/** What one of two bands bears of a force, on an area. */
const pressurePa = (forceN: number, balance: number, side: number, areaCm2: number): number => ((forceN * (1 + side * balance)) / 2 / areaCm2) * PA_PER_N_CM2;

const wrapped = (rad: number): number => rad - 2 * Math.PI * Math.round(rad / (2 * Math.PI));
