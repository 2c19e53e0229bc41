import { atRest, type Body } from '../body/body.ts';
import type { RollerBuild } from './build.ts';
import { createLoads } from './loads.ts';

/** A tare averages for so long; the limits are the protocol's (SPEC.md, section 7). */
const MEASURE_S = 0.5;
const CHECK_S = 0.05;
const LOADED_PA = 3000;
const MOVING_DPS = 3;

export interface Tare {
  /** Why the cells cannot be tared at a device time. */
  unfit(deviceS: number): 'loaded' | 'moving' | null;
  /** Begins to measure a new zero. */
  begin(deviceS: number): void;
  /** Whether it is being measured. */
  measuring(deviceS: number): boolean;
  /** Puts the new zero into force once it is measured, unless the roller was touched meanwhile. */
  settle(deviceS: number): void;
}

export interface TareOptions {
  readonly build: RollerBuild;
  readonly seed: number;
  readonly body: Body;
  readonly scenarioS: (deviceS: number) => number;
  readonly apply: () => void;
}

export function createTare({ build, seed, body, scenarioS, apply }: TareOptions): Tare {
  const loads = createLoads(build, seed);
  const state = atRest();
  let startS: number | null = null;

  function unfit(deviceS: number): 'loaded' | 'moving' | null {
    body.at(scenarioS(deviceS), state);
    if (loads.highest(state) > LOADED_PA) return 'loaded';
    const rateDps = ((state.vCmS / build.radiusCm) * 180) / Math.PI;
    return Math.abs(rateDps) > MOVING_DPS || state.lift > 0 ? 'moving' : null;
  }

  function settle(deviceS: number): void {
    if (startS === null || deviceS < startS + MEASURE_S) return;
    let touched = false;
    for (let sinceS = 0; sinceS <= MEASURE_S; sinceS += CHECK_S) touched ||= unfit(startS + sinceS) !== null;
    if (!touched) apply();
    startS = null;
  }

  return {
    unfit,
    settle,
    begin(deviceS) {
      settle(deviceS);
      startS = deviceS;
    },
    measuring: (deviceS) => startS !== null && deviceS >= startS && deviceS < startS + MEASURE_S,
  };
}
