import { atRest, WEIGHT_N_PER_KG, type Body } from '../body/body.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { cellCountOf } from './build.ts';
import { createLoads } from './loads.ts';

/** The body's own state at a multiple of 0.1 s; nothing of it comes from a sensor. */
export interface Truth {
  readonly tS: number;
  /** (x(t) - x(t - 0.1)) / 0.1 of the rolled path, signed. */
  readonly speedCmS: number;
  /** R * angle while in contact, frozen otherwise; 0 at the group's first contact. */
  readonly positionCm: number;
  readonly contact: boolean;
  readonly forceN: number;
}

const TICK_S = 0.1;
const STEPS_PER_TICK = 10;
/** Debounce of contact: above `on` for `onS`, below `off` for `offS`. */
const CONTACT = { onPctBw: 5, offPctBw: 3, onPa: 3000, offPa: 2000, onS: 0.2, offS: 0.5 } as const;

/** What is called the path: the surface of the roller, R * angle, or the muscle beneath. They differ by slip and by foam that gives. */
export type TruthOf = 'surface' | 'muscle';

/** Times for which frames were missing, s: for longer than is bridged, so that there was no contact. */
export interface Gap {
  readonly fromS: number;
  readonly toS: number;
}

export interface TruthOptions {
  readonly of?: TruthOf;
  readonly gaps?: readonly Gap[];
}

/**
 * Truth of a scenario, tick after tick: the first call gives 0.1 s. A stick's rod does not turn, and a ball knows no way to and fro: what
 * it has rolled only grows. Without cells contact is taken for granted.
 */
export function createTruth(scenario: Scenario, body: Body, seed: number, { of = 'surface', gaps = [] }: TruthOptions = {}): () => Truth {
  const { massKg, roller } = scenario;
  const place = of === 'muscle' ? 'muscleCm' : 'xCm';
  const turns = roller.tool !== 'stick';
  const hasWay = roller.tool !== 'ball';
  const isAssumed = cellCountOf(roller) === 0;
  const loads = createLoads(scenario.roller, seed);
  const state = atRest();
  const stepS = TICK_S / STEPS_PER_TICK;
  const onSteps = Math.round(CONTACT.onS / stepS);
  const offSteps = Math.round(CONTACT.offS / stepS);
  /** Those after the first: another group begins where the roller is being touched, or at its first contact. */
  const selections = scenario.commands.flatMap(({ tS, command }) => (command.type === 'select' && tS > 0 ? [tS] : []));

  const coming = [...gaps];
  let gap = coming.shift();
  let step = 0;
  let contact = isAssumed;
  let runSteps = 0;
  /** Path in contact since the start, and what of it belongs to the group before. */
  let travelledCm = 0;
  let originCm = 0;
  let restart = false;
  let selected = 0;
  let lastXCm = 0;

  /** 1: enough for contact, -1: too little, 0: between. */
  const verdict = (): number => {
    if (isAssumed) return 1;
    if (massKg === null) {
      const pascal = loads.highest(state);
      return pascal > CONTACT.onPa ? 1 : pascal < CONTACT.offPa ? -1 : 0;
    }
    const pct = (100 * state.forceN) / (massKg * WEIGHT_N_PER_KG);
    return pct > CONTACT.onPctBw ? 1 : pct < CONTACT.offPctBw ? -1 : 0;
  };

  function beginPath(): void {
    originCm = travelledCm;
    restart = false;
  }

  function advance(): void {
    body.at(step * stepS, state);
    const movedCm = state[place] - lastXCm;
    if (contact && turns) travelledCm += hasWay ? movedCm : Math.abs(movedCm);
    lastXCm = state[place];
    for (; selected < selections.length && selections[selected]! <= step * stepS; selected++) restart = true;
    if (restart && contact) beginPath();
    if (gap !== undefined && step * stepS > gap.toS) gap = coming.shift();
    if (gap !== undefined && step * stepS > gap.fromS) {
      contact = false;
      runSteps = 0;
      step++;
      return;
    }
    runSteps = verdict() === (contact ? -1 : 1) ? runSteps + 1 : 0;
    // A run of n + 1 instants lasts n steps.
    if (runSteps > (contact ? offSteps : onSteps)) {
      contact = !contact;
      runSteps = 0;
      if (contact && restart) beginPath();
    }
    step++;
  }

  advance();
  return () => {
    const beforeCm = travelledCm;
    for (let i = 0; i < STEPS_PER_TICK; i++) advance();
    const tick = Math.round((step - 1) / STEPS_PER_TICK);
    const tS = tick / 10;
    return {
      tS,
      speedCmS: (travelledCm - beforeCm) / TICK_S,
      positionCm: travelledCm - originCm,
      contact,
      forceN: state.forceN,
    };
  };
}
