import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { MATCH_S, type DueOnset, type Onset } from './match.ts';
import { activations, type Activation, type Judged } from './oracle.ts';
import { cuesOf } from './told.ts';

/** What is due by the oracle. */
export interface Dues {
  /** Due whatever the limits are, within their margin. */
  readonly musts: readonly DueOnset[];
  /** Reported here it counts neither way. */
  readonly isGrey: (reported: Onset) => boolean;
}

/** How much every limit is moved to see what depends on it. */
const MARGIN = 0.08;
/** The radius of foam that nobody has calibrated is that much in doubt. */
const SOFT_MARGIN = 0.15;

/** The same with every limit as it stands, and with all of one sort moved down and up by the margin. */
interface Moved {
  readonly nominal: readonly Activation[];
  readonly byValue: readonly (readonly Activation[])[];
  readonly byTime: readonly (readonly Activation[])[];
}

/** The states that are due, and the cues that follow from them. */
export function duesOf(truth: readonly Judged[], scenario: Scenario): { readonly states: Dues; readonly cues: Dues } {
  const margin = scenario.roller.giveMmPerN > 0 ? SOFT_MARGIN : MARGIN;
  const states: Moved = {
    nominal: activations(truth, scenario, { value: 1, time: 1 }),
    byValue: [1 - margin, 1 + margin].map((value) => activations(truth, scenario, { value, time: 1 })),
    byTime: [1 - margin, 1 + margin].map((time) => activations(truth, scenario, { value: 1, time })),
  };
  const told = (due: readonly Activation[]): Activation[] => cuesOf(due, truth, scenario);
  const cues: Moved = { nominal: told(states.nominal), byValue: states.byValue.map(told), byTime: states.byTime.map(told) };
  return { states: whateverTheLimits(states), cues: whateverTheLimits(cues) };
}

/**
 * What is due each time is a must, what is due only at some is grey. Limits of speed, force and length may not even decide when within a
 * second it is due; those of time do, as they have to. An end that depends on a limit is not told.
 */
function whateverTheLimits({ nominal, byValue, byTime }: Moved): Dues {
  const soon = (due: Activation, other: Activation): boolean => isAlike(due, other) && Math.abs(other.startS - due.startS) <= MATCH_S;
  const musts = nominal.filter(
    (due) =>
      byValue.every((moved) => moved.some((other) => soon(due, other))) &&
      byTime.every((moved) => moved.some((other) => isAlike(due, other) && overlap(due, other))),
  );
  const endsAlike = (due: Activation): boolean =>
    byValue.every((moved) => moved.some((other) => soon(due, other) && Math.abs(other.endS - due.endS) <= MATCH_S));
  const all = [nominal, ...byValue, ...byTime].flat();
  const windows = all.filter((due) => !musts.includes(due)).map((due) => ({ ...due, untilS: isOfMust(due) ? due.startS : lastOnset(due) }));

  /** A moved limit's own time for what is due anyway. */
  function isOfMust(due: Activation): boolean {
    return musts.some((must) => isAlike(must, due) && overlap(must, due));
  }
  /** The latest onset of anything that is due at the same time. */
  function lastOnset(due: Activation): number {
    return Math.max(...all.filter((other) => isAlike(due, other) && overlap(due, other)).map(({ startS }) => startS));
  }

  return {
    musts: musts.map((due) => ({ kind: due.kind, level: due.level, tS: due.startS, ...(endsAlike(due) ? { endS: due.endS } : {}) })),
    isGrey: ({ kind, level, tS }) =>
      windows.some((window) => window.kind === kind && window.level === level && tS >= window.startS - MATCH_S && tS <= window.untilS + MATCH_S),
  };
}

const isAlike = (a: Activation, b: Activation): boolean => a.kind === b.kind && a.level === b.level;
const overlap = (a: Activation, b: Activation): boolean => a.startS <= b.endS && b.startS <= a.endS;
