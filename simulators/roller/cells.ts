import { CELL_SATURATED } from '../../firmware-protocol/stream.ts';
import type { BodyState } from '../body/body.ts';
import { createRandom } from '../random.ts';
import { cellCountOf, CELL_STEP_PA, type RollerBuild } from './build.ts';
import { createLoads } from './loads.ts';
import type { SensorProfile } from './sensors.ts';

/** Creep goes on and on, by about as much in each decade of time: a third of it at each of these time constants. */
const CREEP_S = [2, 20, 200] as const;
const HAPTIC_NOISE_PA = 1500;
/** What a tare leaves, as a share of the offset: it averages noise. */
const TARE_RESIDUE = 0.05;

export interface Cells {
  /** Writes a raw value a cell, taken at `tS`. Calls go forwards in time. */
  read(tS: number, body: BodyState, shake: number, out: Uint16Array, at: number): void;
  /** Takes the present offsets as zero. */
  tare(): void;
}

/** The pressure cells with the errors of their parts. */
export function createCells(build: RollerBuild, sensors: SensorProfile, seed: number): Cells {
  const loads = createLoads(build, seed);
  const count = cellCountOf(build);
  const drawn = createRandom(seed, 'cell-parts');
  const { noisePa, offsetPa, gain, creep } = sensors.cells;
  const gains = Float64Array.from({ length: count }, () => 1 + drawn.between(-gain, gain));
  const offsets = Float64Array.from({ length: count }, () => drawn.between(0, offsetPa));
  const parts = creep === 0 ? 0 : CREEP_S.length;
  const crept = new Float64Array(count * parts);
  const pulls = new Float64Array(parts);
  const pressures = new Float64Array(count);
  const noise = createRandom(seed, 'cell-noise');
  const motor = createRandom(seed, 'haptic-cells');
  let lastS = 0;

  return {
    read(tS, body, shake, out, at) {
      loads.at(body, pressures);
      const sinceS = Math.max(0, tS - lastS);
      lastS = tS;
      for (let part = 0; part < parts; part++) pulls[part] = 1 - Math.exp(-sinceS / CREEP_S[part]!);
      for (let cell = 0; cell < count; cell++) {
        const loaded = pressures[cell]! * gains[cell]!;
        let pascal = loaded + offsets[cell]!;
        for (let part = 0; part < parts; part++) {
          const place = cell * parts + part;
          crept[place]! += ((loaded * creep) / parts - crept[place]!) * pulls[part]!;
          pascal += crept[place]!;
        }
        if (noisePa > 0) pascal += noisePa * noise.gauss();
        if (shake > 0) pascal += shake * HAPTIC_NOISE_PA * motor.gauss();
        out[at + cell] = rawOf(pascal);
      }
    },
    tare() {
      for (let cell = 0; cell < count; cell++) offsets[cell]! *= TARE_RESIDUE;
    },
  };
}

/** The two highest raw values mean saturated and faulty. */
const rawOf = (pascal: number): number => {
  const raw = Math.round(pascal / CELL_STEP_PA);
  return raw >= CELL_SATURATED - 1 ? CELL_SATURATED : Math.max(0, raw);
};
