import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { Profile } from '../guide/profiles.ts';
import type { MotionTick } from '../motion/tick.ts';
import type { CueKind, SessionState } from './events.ts';
import { createMeasures, judgedSpeedCmS, type Measures } from './measures/measures.ts';
import { meanOf } from './measures/recent-mean.ts';
import { strokesPerMin } from './measures/stroke-pace.ts';
import type { PlannedHold } from './hold.ts';
import type { Load, Moment, RollerFacts } from './moment.ts';
import { createPacing, type PacingState } from './pacing.ts';
import type { PainReport } from './pain.ts';
import type { CoachingConfig } from './parameters.ts';
import { createPraise, type Praise } from './praise.ts';
import { createLedger, restOf, type Ledger } from './record/ledger.ts';
import { namesByGroup } from './rules/group-names.ts';
import { createLevels, type LevelState } from './rules/levels.ts';
import { RULES } from './rules/list.ts';
import { loadOf } from './rules/over-pressure.ts';

/** When a session starts by itself: a recording at its first frame, a live one at the first contact after a group is chosen. */
export type StartPolicy = 'first-frame' | 'first-contact';

/** Plain data, owned by `stepCoaching`: a clone goes on as the original would. */
export interface CoachingState {
  readonly config: CoachingConfig;
  readonly start: StartPolicy;
  session: SessionState;
  group: MuscleGroup;
  side: Side;
  massKg: number | null;
  comfortLoad: number | null;
  profile: Profile;
  roller: RollerFacts;
  /** Latest tick that was not disturbed. */
  lastTick: MotionTick | null;
  measures: Measures;
  pain: PainReport | null;
  hold: PlannedHold | null;
  levels: Record<CueKind, LevelState[]>;
  pacing: PacingState;
  praise: Praise;
  /** By group and side, in the order in which they were first met. */
  ledgers: Map<string, Ledger>;
}

/** Until the roller has said what it is, it is a firm one with calibrated cells. */
const UNKNOWN_ROLLER: RollerFacts = { tool: 'roller', texture: 'firm', pressureCalibrated: true };

export const createCoaching = (config: CoachingConfig, { start = 'first-frame' }: { readonly start?: StartPolicy } = {}): CoachingState => ({
  config,
  start,
  session: 'idle',
  group: 'unknown',
  side: 'both',
  massKg: null,
  comfortLoad: null,
  profile: 'release',
  roller: UNKNOWN_ROLLER,
  lastTick: null,
  measures: createMeasures(config),
  pain: null,
  hold: null,
  levels: Object.fromEntries(RULES.map(({ kind }) => [kind, createLevels()])) as Record<CueKind, LevelState[]>,
  pacing: createPacing(),
  praise: createPraise(),
  ledgers: new Map(),
});

const KEYS = { left: namesByGroup('/left'), right: namesByGroup('/right'), both: namesByGroup('/both') } as const satisfies Record<Side, unknown>;
const keyOf = ({ group, side }: Pick<CoachingState, 'group' | 'side'>): string => KEYS[side][group];

/** What the session knows of the chosen group and side; undefined while nothing has been rolled. */
export const presentLedger = (state: CoachingState): Ledger | undefined => state.ledgers.get(keyOf(state));

/** The same, or that of another group and side, begun if need be. */
export function openLedger(state: CoachingState, of: Pick<CoachingState, 'group' | 'side'> = state): Ledger {
  const known = state.ledgers.get(keyOf(of));
  if (known !== undefined) return known;
  const ledger = createLedger(of.group, of.side);
  state.ledgers.set(keyOf(of), ledger);
  return ledger;
}

/** The load now; null: no contact, or nothing measures it. */
export const loadNow = (state: CoachingState): Load | null =>
  state.lastTick === null || !isInContact(state) ? null : loadOf(state.lastTick, state, state.config);

const isInContact = ({ measures }: CoachingState): boolean => measures.lostS === 0;

/** What is known now. */
export function momentOf(state: CoachingState, load: Load | null = loadNow(state)): Moment {
  const { measures, lastTick, config, group, roller, pain, hold } = state;
  const ledger = presentLedger(state);
  return {
    contact: isInContact(state),
    lostS: measures.lostS,
    group,
    roller,
    speedCmS: judgedSpeedCmS(measures, config),
    profile: state.profile,
    strokesPerMin: strokesPerMin(measures.strokePace),
    shownSpeedCmS: meanOf(measures.shownSpeed),
    dwellS: measures.dwellS,
    isPlannedHold: hold !== null,
    setS: ledger?.setS ?? 0,
    activeS: ledger?.activeS ?? 0,
    restS: ledger === undefined || lastTick === null || lastTick.contact ? null : restOf(ledger, lastTick.tS, config),
    load,
    painNrs: pain?.nrs ?? null,
  };
}
