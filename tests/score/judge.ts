import { SENSORS } from '../../simulators/roller/sensors.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { match } from './match.ts';
import { play } from './play.ts';

/** Counts of states or cues over all seeds of a scenario. */
export interface Tally {
  due: number;
  hits: number;
  missed: number;
  false: number;
  /** Largest distance from the time due, s. */
  worstOnsetS: number;
}

export interface Verdict {
  readonly scenario: string;
  readonly sensors: string;
  readonly clean: boolean;
  readonly seeds: number;
  readonly states: Tally;
  readonly cues: Tally;
  /** Largest distance between the end of a state and the end that is due, where one is told, s. */
  readonly worstEndS: number;
  readonly speedRmsCmS: number;
  readonly positionRmsCm: number;
  readonly lostFrames: number;
  /** First few mismatches, for the person who has to mend them. */
  readonly examples: readonly string[];
}

/** Onsets are to be within this of the time due, with clean sensors. */
export const ONSET_LIMIT_S = 0.3;

const emptyTally = (): Tally => ({ due: 0, hits: 0, missed: 0, false: 0, worstOnsetS: 0 });

export const secondsOf = (scenario: Scenario): number => scenario.segments.reduce((sum, { seconds }) => sum + seconds, 0);

const sensorsName = (scenario: Scenario): string => Object.entries(SENSORS).find(([, profile]) => profile === scenario.sensors)?.[0] ?? 'own';

/** Plays a scenario with each seed and compares what was reported with what is due by hand. */
export function judge(scenario: Scenario, seeds: readonly number[]): Verdict {
  const states = emptyTally();
  const cues = emptyTally();
  const examples: string[] = [];
  let worstEndS = 0;
  let speedRmsCmS = 0;
  let positionRmsCm = 0;
  let lostFrames = 0;
  const dueStates = scenario.due.states.map((state) => ({ ...state, tS: state.startS }));

  for (const seed of seeds) {
    const played = play(scenario, seed, secondsOf(scenario));
    const reported = played.states.map((state) => ({ ...state, tS: state.startS }));
    const note = (what: string): void => void (examples.length < 5 && examples.push(`seed ${seed}: ${what}`));
    const stateScore = match(dueStates, reported);
    add(states, stateScore, 'state', note);
    add(cues, match(scenario.due.cues, played.cues), 'cue', note);
    for (const { due, reported: found } of stateScore.hits) {
      const dueEndS = (due as (typeof dueStates)[number]).endS;
      if (dueEndS === undefined) continue;
      const endS = (found as (typeof reported)[number]).endS ?? played.durationS;
      worstEndS = Math.max(worstEndS, Math.abs(endS - dueEndS));
    }
    speedRmsCmS = Math.max(speedRmsCmS, played.speedRmsCmS || 0);
    positionRmsCm = Math.max(positionRmsCm, played.positionRmsCm || 0);
    lostFrames += played.lostFrames;
  }
  const sensors = sensorsName(scenario);
  return { scenario: scenario.name, sensors, clean: sensors === 'clean', seeds: seeds.length, states, cues, worstEndS, speedRmsCmS, positionRmsCm, lostFrames, examples };
}

function add(tally: Tally, score: ReturnType<typeof match>, what: string, note: (text: string) => void): void {
  tally.due += score.hits.length + score.missed.length;
  tally.hits += score.hits.length;
  tally.missed += score.missed.length;
  tally.false += score.false.length;
  for (const { due, reported } of score.hits) {
    const apartS = Math.abs(due.tS - reported.tS);
    tally.worstOnsetS = Math.max(tally.worstOnsetS, apartS);
    if (apartS > ONSET_LIMIT_S) note(`${what} ${due.kind} ${due.level} due at ${due.tS}, came at ${reported.tS}`);
  }
  for (const { kind, level, tS } of score.missed) note(`${what} ${kind} ${level} due at ${tS} did not come`);
  for (const { kind, level, tS } of score.false) note(`${what} ${kind} ${level} at ${tS} was not due`);
}

/** Whether a verdict passes the gate. */
export function passes({ states, cues, clean }: Verdict): boolean {
  const exact = states.missed + states.false + cues.missed + cues.false === 0;
  const prompt = Math.max(states.worstOnsetS, cues.worstOnsetS) <= ONSET_LIMIT_S + 1e-9;
  return exact && (prompt || !clean);
}
