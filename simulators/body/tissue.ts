import { createRandom } from '../random.ts';

export interface Tissue {
  /** Factor on the force at a time and place. */
  force(tS: number, xCm: number): number;
  /** Share of the load towards the positive end less that towards the negative one. */
  balance(tS: number): number;
}

/** Shares of the force (estimates): breath lifts the trunk, muscle and bone change along the path, arms tremble. */
const BREATH = 0.02;
const ALONG_PATH = 0.02;
const TREMOR = 0.004;
/** Physiological tremor lies at 8 to 12 Hz. */
const TREMOR_HZ = [8, 12] as const;
const BREATH_HZ = [0.2, 0.3] as const;
const PATH_WAVE_CM = [9, 25] as const;
const SWAY = 0.08;
const SWAY_HZ = [0.03, 0.1] as const;

/** How a living body differs from a dead weight; `liveliness` scales it. */
export function createTissue(seed: number, liveliness: number): Tissue {
  const random = createRandom(seed, 'tissue');
  const wave = ([low, high]: readonly [number, number]): ((at: number) => number) => {
    const rate = 2 * Math.PI * random.between(low, high);
    const phase = random.between(0, 2 * Math.PI);
    return (at) => Math.sin(rate * at + phase);
  };
  const breath = wave(BREATH_HZ);
  const tremor = wave(TREMOR_HZ);
  const along = wave([1 / PATH_WAVE_CM[1], 1 / PATH_WAVE_CM[0]]);
  const sway = wave(SWAY_HZ);
  const lean = random.between(-0.1, 0.1);
  return {
    force: (tS, xCm) => 1 + liveliness * (BREATH * breath(tS) + ALONG_PATH * along(xCm) + TREMOR * tremor(tS)),
    balance: (tS) => liveliness * (lean + SWAY * sway(tS)),
  };
}
