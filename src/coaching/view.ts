import type { MuscleGroup, Side } from '../guide/groups.ts';
import type { CueKind, Level, SessionState } from './events.ts';
import type { Unit } from '../guide/units.ts';
import type { Moment } from './moment.ts';
import type { CoachingConfig } from './parameters.ts';
import { coverageOfLedger, pathLengthCm, type Ledger } from './record/ledger.ts';
import { isUneven, viewPath, type PathView } from './record/path.ts';
import { isRelieved } from './relief.ts';
import { loadLimits, type LoadLimits, pctOfBodyWeight, pctOfComfort } from './rules/over-pressure.ts';
import { RULES } from './rules/list.ts';
import { WARN_CM_S } from './rules/too-fast.ts';
import { judgesArea } from './rules/too-long.ts';
import { momentOf, presentLedger, type CoachingState } from './state.ts';

/** Limits that hold now; null where a rule is off or the other unit is judged. */
export interface LimitsView {
  readonly greenCmS: [low: number, high: number];
  readonly warnCmS: number;
  readonly strongCmS: number;
  readonly areaWindowCm: number;
  readonly dwellHintS: number | null;
  readonly dwellWarnS: number | null;
  readonly doseMinS: number;
  readonly doseGoalS: number;
  readonly doseMaxS: number;
  readonly forcePctBw: number | null;
  readonly pressureKpa: number | null;
  /** % of what the person finds comfortable at most. */
  readonly loadPctComfort: number | null;
}

/** Everything that coaching knows and a screen can show. */
export interface CoachingView {
  readonly session: SessionState;
  readonly group: MuscleGroup;
  readonly side: Side;
  readonly massKg: number | null;
  readonly forcePctBw: number | null;
  /** Of cells in counts: % of what the person finds comfortable at most. */
  readonly loadPctComfort: number | null;
  readonly dwellS: number;
  /** Of the present set of this group and side. */
  readonly doseS: number;
  readonly set: {
    /** 1 for the first. */
    readonly number: number;
    readonly of: number;
    /** Rest that is left before the next one, s; null while none is to follow and while rolling. */
    readonly restLeftS: number | null;
  };
  /** A planned hold; `isSettled`: the person has come to rest. null: none, or it is over. */
  readonly hold: { readonly targetS: number; readonly isSettled: boolean } | null;
  /** The metronome of a person who rolls by rhythm; null: by speed. */
  readonly rhythm: { readonly beatsPerMin: number; readonly beatsPerStroke: number } | null;
  /** `uneven`: one place had far more than its share; told once the session is over. */
  readonly doses: { readonly group: MuscleGroup; readonly side: Side; readonly doseS: number; readonly uneven: boolean }[];
  readonly strokes: number;
  /** `lengthCm`: of the person's own path, once it is learned. */
  readonly path: PathView & { readonly coverage: number | null; readonly lengthCm: number | null };
  readonly limits: LimitsView;
  readonly active: { readonly kind: CueKind; readonly level: Level; readonly sinceS: number; readonly value: number; readonly limit: number; readonly unit: Unit }[];
  readonly cue: { readonly kind: CueKind; readonly level: 1 | 2; readonly startS: number; readonly repeat: number } | null;
  /** The person has done what the cue asked for, though its state has not yet ended. */
  readonly relieved: boolean;
  /** When a correction was last praised, s of session time; null before the first. */
  readonly praisedS: number | null;
}

export function viewCoaching(state: CoachingState): CoachingView {
  const { session, group, side, massKg, comfortLoad, lastTick, config, pacing } = state;
  const moment = momentOf(state);
  const ledger = presentLedger(state);
  const shown = pacing.shown;
  return {
    session,
    group,
    side,
    massKg,
    forcePctBw: pctOfBodyWeight(lastTick?.forceN ?? null, massKg),
    loadPctComfort: pctOfComfort(lastTick?.relativeLoad ?? null, comfortLoad),
    dwellS: moment.dwellS,
    doseS: moment.setS,
    set: {
      number: Math.max(1, ledger?.sets ?? 1),
      of: config.doseSets,
      restLeftS: moment.restS === null ? null : Math.max(0, config.doseRestS - moment.restS),
    },
    hold: state.hold && { targetS: config.holdTargetS, isSettled: state.hold.isSettled },
    rhythm: state.profile === 'release' ? null : viewRhythm(config),
    doses: [...state.ledgers.values()].filter(({ activeS }) => activeS > 0).map((entry) => ({
      group: entry.group, side: entry.side, doseS: entry.activeS, uneven: session === 'stopped' && isUneven(entry.path),
    })),
    strokes: ledger?.strokes ?? 0,
    path: viewLedgerPath(ledger),
    limits: viewLimits(moment, loadLimits(state, config), config),
    active: RULES.flatMap(({ kind }) =>
      state.levels[kind].filter(({ active }) => active).map(({ level, sinceS, value, limit, unit }) => ({ kind, level, sinceS, value, limit, unit })),
    ),
    cue: shown && { kind: shown.event.kind, level: shown.event.level, startS: shown.startS, repeat: shown.event.repeat },
    relieved: shown !== null && isRelieved(state, shown.event.kind, moment),
    praisedS: state.praise.lastS,
  };
}

const viewRhythm = ({ rhythmBeatsPerMin, rhythmStrokeS }: CoachingConfig): CoachingView['rhythm'] => ({
  beatsPerMin: rhythmBeatsPerMin,
  beatsPerStroke: Math.max(1, Math.round((rhythmStrokeS * rhythmBeatsPerMin) / 60)),
});

const viewLedgerPath = (ledger: Ledger | undefined): CoachingView['path'] =>
  ledger === undefined ? { fromCm: 0, secondsPerCm: [], coverage: null, lengthCm: null }
    : { ...viewPath(ledger.path), coverage: coverageOfLedger(ledger), lengthCm: pathLengthCm(ledger) };

function viewLimits(moment: Moment, load: LoadLimits | null, config: CoachingConfig): LimitsView {
  const warnCmS = config[WARN_CM_S[moment.group]];
  const hasArea = judgesArea(moment);
  return {
    greenCmS: [config.speedGreenMinCmS, config.speedGreenMaxCmS],
    warnCmS,
    strongCmS: config.speedStrongRatio * warnCmS,
    areaWindowCm: config.areaWindowCm,
    dwellHintS: hasArea && !moment.isPlannedHold ? config.areaHintS : null,
    dwellWarnS: !hasArea ? null : moment.isPlannedHold ? config.holdWarnS : config.areaWarnS,
    doseMinS: config.doseMinS,
    doseGoalS: config.doseGoalS,
    doseMaxS: config.doseMaxS,
    forcePctBw: load?.unit === '% BW' ? load.warn : null,
    pressureKpa: load?.unit === 'kPa' ? load.warn : null,
    loadPctComfort: load?.unit === '% comfort' ? load.warn : null,
  };
}
