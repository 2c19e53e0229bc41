import { HAND_WRITTEN } from '../../simulators/scenarios/library.ts';
import { SENSORS } from '../../simulators/roller/sensors.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { duesOf, type Dues } from './due.ts';
import { match, type Onset } from './match.ts';
import { motionErrors } from './motion-errors.ts';
import { play, type Played } from './play.ts';
import { emptyTally, type Errors, type Tally } from './tally.ts';

/** What a scenario is held to: `reported` ones show what cannot be known from inside a roller. */
export type Grade = 'clean' | 'worst' | 'reported';

/** How one scenario with one seed went; plain data, so that a worker can send it. */
export interface Verdict {
  readonly scenario: string;
  readonly seed: number;
  readonly grade: Grade;
  /** By kind. */
  readonly states: Record<string, Tally>;
  readonly cues: Record<string, Tally>;
  /** Cues other than those of the dose, though the person rolled well; null in other scenarios. */
  readonly goodRolling: { readonly contactS: number; readonly falseCues: number } | null;
  readonly speed: Errors;
  readonly position: Errors;
  /** Mismatches in words, for the person who has to mend them. */
  readonly examples: readonly string[];
}

export const ONSET_LIMIT_S = 0.3;

/** Kinds that the oracle and the hand-written dues speak of; praise and the like is told apart in its own tests. */
const KINDS: ReadonlySet<string> = new Set(['safety-stop', 'over-pressure', 'too-fast', 'too-long', 'dose-limit', 'dose-goal']);
const DOSE: ReadonlySet<string> = new Set(['dose-limit', 'dose-goal']);
const isJudged = ({ kind }: { readonly kind: string }): boolean => KINDS.has(kind);

export function gradeOf({ sensors, roller, link, isUnknowable }: Scenario): Grade {
  if (isUnknowable) return 'reported';
  return sensors === SENSORS.clean && link === null && roller.untold !== 'mount' ? 'clean' : 'worst';
}

export function judge(scenario: Scenario, seed: number): Verdict {
  const played = play(scenario, seed);
  const examples: string[] = [];
  const isByHand = HAND_WRITTEN.has(scenario);
  const dues = isByHand ? byHand(scenario) : duesOf(played.truth, scenario);
  const note = (what: string): void => void examples.push(`${scenario.name}, seed ${seed}: ${what}`);
  return {
    scenario: scenario.name,
    seed,
    grade: gradeOf(scenario),
    states: compare('state', dues.states, played.states.filter(isJudged), note),
    cues: compare('cue', dues.cues, played.cues.filter(isJudged), note),
    goodRolling: isGoodRolling(scenario) ? goodRolling(played) : null,
    ...motionErrors(played, scenario),
    examples,
  };
}

const byHand = ({ due }: Scenario): ReturnType<typeof duesOf> => ({
  states: { musts: due.states.map((state) => ({ ...state, tS: state.startS })), isGrey: () => false },
  cues: { musts: due.cues, isGrey: () => false },
});

/** The gate for these takes in every sensor that is gated. */
export const isGoodRolling = (scenario: Scenario): boolean => scenario.name.startsWith('good-') && !HAND_WRITTEN.has(scenario);

const goodRolling = ({ truth, cues }: Played): Verdict['goodRolling'] => ({
  contactS: truth.filter(({ contact }) => contact).length / 10,
  falseCues: cues.filter((cue) => isJudged(cue) && !DOSE.has(cue.kind)).length,
});

function compare(what: string, { musts, isGrey }: Dues, reported: readonly Onset[], note: (text: string) => void): Record<string, Tally> {
  const score = match(musts, reported, isGrey);
  const tallies: Record<string, Tally> = {};
  const tallyOf = (kind: string): Tally => (tallies[kind] ??= emptyTally());
  for (const { due, reported: found } of score.hits) {
    const tally = tallyOf(due.kind);
    tally.hits++;
    const distance = (dueS: number, foundS: number, verb: string): number => {
      const apartS = Math.abs(dueS - foundS);
      if (apartS > ONSET_LIMIT_S + 1e-9) note(`${what} ${due.kind} ${due.level} of ${due.tS} due to ${verb} at ${dueS}, did at ${foundS}`);
      return apartS;
    };
    tally.onsetsS.push(distance(due.tS, found.tS, 'begin'));
    if (due.endS !== undefined && due.endS < Infinity && found.endS !== undefined) tally.releasesS.push(distance(due.endS, found.endS, 'end'));
  }
  for (const { kind, level, tS } of score.missed) {
    tallyOf(kind).missed++;
    note(`${what} ${kind} ${level} due at ${tS} did not come`);
  }
  for (const { kind, level, tS } of score.false) {
    tallyOf(kind).false++;
    note(`${what} ${kind} ${level} at ${tS} was not due`);
  }
  return tallies;
}
