import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { CueEvent, CueKind } from './events.ts';
import type { Unit } from '../guide/units.ts';
import { isFaded, isWithinBand, type FadeConfig } from './fade.ts';
import { precedenceOf, RULES } from './rules/list.ts';
import type { ConfigOf, Manner } from './rules/rule.ts';
import { reached } from './time.ts';

export const PACING_PARAMETERS = {
  cueMinVisibleS: { default: 2, min: 1, max: 4, unit: 's', doc: 'A cue stays at least this long, unless a more urgent one comes' },
  cueCooldownS: { default: 12, min: 8, max: 20, unit: 's', doc: 'Time from one cue to the next of the same kind and level' },
  cueMaxAudiblePerMin: { default: 4, min: 2, max: 6, unit: '1/min', doc: 'Cues that may sound in any minute' },
  cueRepeatsBeforeQuiet: { default: 3, min: 1, max: 5, unit: '', doc: 'Cues in a row before the same one is held back' },
  cueQuietResetS: { default: 30, min: 10, max: 120, unit: 's', doc: 'Without the fault for this long, a new row begins' },
  cuePraiseEveryS: { default: 20, min: 10, max: 60, unit: 's', doc: 'Praise for a correction comes at most once in this time' },
  cueDoseVisibleS: { default: 6, min: 2, max: 12, unit: 's', doc: 'How long a dose cue stays: its state goes on, the screen is needed' },
} as const;

type PacingConfig = ConfigOf<typeof PACING_PARAMETERS> & FadeConfig;

const MANNERS = Object.fromEntries(RULES.map((rule) => [rule.kind, rule.manner ?? {}])) as Readonly<Record<CueKind, Manner>>;

/** An active state of level 1 or 2, which may be told. */
export interface Candidate {
  readonly kind: CueKind;
  readonly level: 1 | 2;
  readonly sinceS: number;
  readonly value: number;
  readonly limit: number;
  readonly unit?: Unit;
}

/** For what the cue is, and whether there is contact now. */
export interface Scene {
  readonly group: MuscleGroup;
  readonly side: Side;
  readonly contact: boolean;
}

/** What is remembered of a kind of cue at one level. */
interface Told {
  /** When it was last due: told, or dropped for a more urgent one. */
  dueS: number;
  /** Cues told in the present row. */
  repeats: number;
  /** Onset of the activation last told. */
  sinceS: number | null;
}

/** The cue on screen, as it was told. */
export interface ShownCue {
  readonly startS: number;
  readonly event: CueEvent;
}

/** Plain data. */
export interface PacingState {
  shown: ShownCue | null;
  /** By kind, then level. */
  told: Partial<Record<CueKind, Partial<Record<1 | 2, Told>>>>;
  /** When each kind was last active at any level. */
  lastActiveS: Partial<Record<CueKind, number>>;
  /** Starts of the audible cues of the last minute. */
  audibleS: number[];
}

export const createPacing = (): PacingState => ({ shown: null, told: {}, lastActiveS: {}, audibleS: [] });

/** Another group or side: nothing of it has been told yet. What has sounded still counts. */
export function forgetTold(pacing: PacingState): void {
  pacing.told = {};
  pacing.lastActiveS = {};
}

/** Takes the cue off the screen now: the session pauses or stops, or another group is chosen. */
export function dismiss(pacing: PacingState, tS: number): CueEvent[] {
  const { shown } = pacing;
  pacing.shown = null;
  return shown === null ? [] : [{ ...shown.event, phase: 'end', tS }];
}

/**
 * Chooses what the person is told at `tS`, given all that is active: one cue at a time, the most urgent at once, the others
 * dropped until their next turn after the cooldown; quiet after three in a row until the fault has stayed away for 30 s. A level 2 is
 * a cue of its own: it does not wait for the cooldown of level 1, but level 1 waits for that of level 2. Nobody is told again who has
 * left the roller.
 */
export function pace(
  pacing: PacingState,
  active: readonly Candidate[],
  tS: number,
  { group, side, contact }: Scene,
  config: PacingConfig,
): CueEvent[] {
  const events: CueEvent[] = [];
  beginRows(pacing, active, tS, config);
  if (pacing.shown !== null && hasPassed(pacing.shown, active, tS, config)) events.push(...dismiss(pacing, tS));
  const due = active.filter((candidate) => isDue(pacing, candidate, active, contact, tS, config)).sort((a, b) => precedenceOf(a) - precedenceOf(b));
  const [first] = due;
  const isTold = first !== undefined && (pacing.shown === null || precedenceOf(first) <= precedenceOf(pacing.shown.event));
  for (const dropped of isTold ? due.slice(1) : due) if (!MANNERS[dropped.kind].waits) memoryOf(pacing, dropped).dueS = tS;
  if (first === undefined || !isTold) return events;
  events.push(...dismiss(pacing, tS));
  const memory = memoryOf(pacing, first);
  memory.dueS = tS;
  memory.repeats++;
  memory.sinceS = first.sinceS;
  const { kind, level, value, limit, unit } = first;
  const audible = maySound(pacing, kind, tS, config);
  const event: CueEvent = { kind, level, phase: 'start', tS, group, side, value, limit, ...(unit && { unit }), repeat: memory.repeats, audible };
  pacing.shown = { startS: tS, event };
  return [...events, event];
}

/** A kind that has not been active for long enough begins a new row. */
function beginRows(pacing: PacingState, active: readonly Candidate[], tS: number, config: PacingConfig): void {
  for (const { kind } of active) {
    const lastS = pacing.lastActiveS[kind];
    if (lastS !== undefined && reached(tS - lastS, config.cueQuietResetS)) {
      for (const memory of Object.values(pacing.told[kind] ?? {})) memory.repeats = 0;
    }
    pacing.lastActiveS[kind] = tS;
  }
}

/** Whether the cue on screen has had its time: its state is over, or it only passes by. */
function hasPassed({ startS, event }: ShownCue, active: readonly Candidate[], tS: number, config: PacingConfig): boolean {
  const visibleS = tS - startS;
  if (!reached(visibleS, config.cueMinVisibleS)) return false;
  if (MANNERS[event.kind].waits && reached(visibleS, config.cueDoseVisibleS)) return true;
  return !active.some(({ kind, level }) => kind === event.kind && level === event.level);
}

function isDue(pacing: PacingState, candidate: Candidate, active: readonly Candidate[], contact: boolean, tS: number, config: PacingConfig): boolean {
  const { once, yieldsTo, fades } = MANNERS[candidate.kind];
  if (yieldsTo !== undefined && active.some(({ kind }) => kind === yieldsTo)) return false;
  const levels = pacing.told[candidate.kind] ?? {};
  const own = levels[candidate.level];
  if (once) return own?.sinceS !== candidate.sinceS;
  if (own !== undefined && (own.repeats >= config.cueRepeatsBeforeQuiet || (own.repeats > 0 && !contact))) return false;
  const isRare = fades === true && candidate.level === 1 && isFaded(config);
  if (isRare && isWithinBand(candidate, config)) return false;
  const lastDueS = Math.max(own?.dueS ?? -Infinity, candidate.level === 1 ? (levels[2]?.dueS ?? -Infinity) : -Infinity);
  return reached(tS - lastDueS, isRare ? Math.max(config.cueCooldownS, config.fadeCooldownS) : config.cueCooldownS);
}

function memoryOf(pacing: PacingState, { kind, level }: Candidate): Told {
  const levels = (pacing.told[kind] ??= {});
  return (levels[level] ??= { dueS: -Infinity, repeats: 0, sinceS: null });
}

const MINUTE_S = 60;

function maySound(pacing: PacingState, kind: CueKind, tS: number, config: PacingConfig): boolean {
  pacing.audibleS = pacing.audibleS.filter((startS) => tS - startS < MINUTE_S);
  if (!MANNERS[kind].alwaysAudible && pacing.audibleS.length >= config.cueMaxAudiblePerMin) return false;
  pacing.audibleS.push(tS);
  return true;
}
