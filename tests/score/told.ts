import type { Truth } from '../../simulators/roller/truth.ts';
import type { DueKind, Scenario } from '../../simulators/scenarios/scenario.ts';
import { ticksOf, visitsOf, type Activation } from './oracle.ts';
import { EPSILON_S } from './signals.ts';

/*
 * "What you are told" (docs/coaching.md) written down a second time, as plainly as can be: which cues follow from what is due. Nothing here
 * comes from src/coaching.
 */

/** The most urgent first. */
const ORDER = [
  'safety-stop 2', 'over-pressure 2', 'too-fast 2', 'over-pressure 1', 'too-long 2', 'dose-limit 2', 'dose-limit 1', 'too-long 1', 'too-fast 1', 'dose-goal 1',
];
const DOSE: ReadonlySet<string> = new Set(['dose-goal', 'dose-limit']);
const ONCE: ReadonlySet<string> = new Set(['dose-goal', 'safety-stop']);
const SHOWN_S = 2;
const DOSE_SHOWN_S = 6;
const AGAIN_S = 12;
const IN_A_ROW = 3;
const NEW_ROW_S = 30;

const nameOf = ({ kind, level }: Activation): string => `${kind} ${level}`;

/** The cues that follow from all that is due; each ends before it could come again. */
export function cuesOf(due: readonly Activation[], truth: readonly Truth[], scenario: Scenario): Activation[] {
  return visitsOf(scenario).flatMap((visit) => {
    const states = due.filter(({ level, startS }) => level > 0 && startS > visit.fromS - EPSILON_S && startS <= visit.toS + EPSILON_S);
    return cuesOfVisit(states, ticksOf(truth, visit));
  });
}

function cuesOfVisit(states: readonly Activation[], ticks: readonly Truth[]): Activation[] {
  const told: Activation[] = [];
  /** By name: when it last had its turn, and how often it was told in a row. */
  const turnS = new Map<string, number>();
  const row = new Map<string, number>();
  const activeS = new Map<DueKind, number>();
  const done = new Set<Activation>();
  let shown: { readonly state: Activation; readonly sinceS: number } | null = null;

  for (const { tS, contact } of ticks) {
    const active = states.filter(({ startS, endS }) => startS <= tS + EPSILON_S && endS > tS + EPSILON_S);
    for (const { kind } of active) {
      if (tS - (activeS.get(kind) ?? tS) >= NEW_ROW_S - EPSILON_S) for (const level of [1, 2]) row.delete(`${kind} ${level}`);
      activeS.set(kind, tS);
    }
    if (shown !== null) {
      const isOver = !active.some((state) => nameOf(state) === nameOf(shown!.state));
      const forS = tS - shown.sinceS + EPSILON_S;
      if (forS >= SHOWN_S && (isOver || (DOSE.has(shown.state.kind) && forS >= DOSE_SHOWN_S))) shown = null;
    }
    const isDue = (state: Activation): boolean => {
      const { kind, level } = state;
      if (kind === 'dose-goal' && active.some((other) => other.kind === 'dose-limit')) return false;
      if (ONCE.has(kind)) return !done.has(state);
      const inRow = row.get(nameOf(state)) ?? 0;
      if (inRow >= IN_A_ROW || (inRow > 0 && !contact)) return false;
      const lastS = Math.max(turnS.get(nameOf(state)) ?? -Infinity, level === 1 ? (turnS.get(`${kind} 2`) ?? -Infinity) : -Infinity);
      return tS - lastS >= AGAIN_S - EPSILON_S;
    };
    const urgency = (state: Activation): number => ORDER.indexOf(nameOf(state));
    const wanting = active.filter(isDue).toSorted((a, b) => urgency(a) - urgency(b));
    const [first] = wanting;
    const isTold = first !== undefined && (shown === null || urgency(first) <= urgency(shown.state));
    // Who does not get the word has had its turn, but for dose cues: they wait.
    for (const state of wanting) if (!DOSE.has(state.kind) || (isTold && state === first)) turnS.set(nameOf(state), tS);
    if (!isTold) continue;
    told.push({ kind: first.kind, level: first.level, startS: tS, endS: tS + AGAIN_S - 0.1 });
    row.set(nameOf(first), (row.get(nameOf(first)) ?? 0) + 1);
    done.add(first);
    shown = { state: first, sinceS: tS };
  }
  return told;
}
