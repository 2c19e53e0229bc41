import { GROUPS } from '../../guide/groups.ts';
import {
  createPipeline, finishPipeline, stepPipeline, summarizePipeline, viewPipeline, type BlockTap, type PipelineConfig, type PipelineOutput,
  type PipelineState, type PipelineSummary,
} from '../../pipeline.ts';
import type { Recording, RecordingMeta } from '../recording.ts';
import { balanceOf } from './balance.ts';
import { rollerOf } from './roller.ts';
import { painNrs, SUMMARY_VERSION, type RolledGroup, type SessionSummaryRecord } from './summary.ts';

type CoachingConfig = PipelineConfig['coaching'];
type GroupSummary = PipelineSummary['groups'][number];

type TakenOver = 'sessionId' | 'startUtcMs' | 'source' | 'scenario' | 'importedFrom' | 'software' | 'painBefore' | 'painAfter';

/** What a session's state does not know of itself. */
export interface SummaryMeta extends Pick<RecordingMeta, TakenOver> {
  readonly person?: { readonly id: string; readonly name: string | null } | null;
  readonly damage?: string | null;
}

/** Where it does not say when a session starts, that is with the first frame. */
export type RunConfig = Omit<PipelineConfig, 'start'> & Partial<Pick<PipelineConfig, 'start'>>;

/** Gets the outputs in order of time; the state is that after the event they came of, to be read only. */
export type Each = (output: PipelineOutput, state: PipelineState) => void;

/** Runs the live pipeline over a whole recording; `tap` sees the samples. Returns the state at its end. */
export function runRecording({ events }: Pick<Recording, 'events'>, config: RunConfig, each: Each, tap?: BlockTap): PipelineState {
  const state = createPipeline({ start: 'first-frame', ...config });
  for (const event of events) for (const output of stepPipeline(state, event, tap)) each(output, state);
  for (const output of finishPipeline(state)) each(output, state);
  return state;
}

type Recorded = Pick<Recording, 'events' | 'meta' | 'damage'>;

/** The summary of a recording: that of the session as the live pipeline makes it of it now. */
export function summarizeRecording(recording: Recorded, config: RunConfig, person: SummaryMeta['person'] = null): SessionSummaryRecord {
  const { meta, damage } = recording;
  return summaryOf(runRecording(recording, config, () => undefined), { ...meta, damage, person });
}

/** The summary of a session as far as it has come: of a live one at its end. The state is only read. */
export function summaryOf(state: PipelineState, meta: SummaryMeta): SessionSummaryRecord {
  const { groups, chosen, cues, pain, durationS, quality } = summarizePipeline(state);
  const view = viewPipeline(state);
  const config = state.config.coaching;
  const rolled = groups.map((group) => rolledGroup(group, config));
  const doneOf = ({ group, side }: Chosen): Chosen => groups.find((each) => each.group === group && each.side === side) ?? { group, side };
  const items = chosen.map((each) => planItem(doneOf(each), config));
  const calibration = view.info === null ? undefined : state.calibrations.get(view.info.deviceId);
  return {
    version: SUMMARY_VERSION,
    plan: {
      sets: config.doseSets,
      minS: config.doseMinS,
      goalS: config.doseGoalS,
      maxS: config.doseMaxS,
      restS: config.doseRestS,
      profile: state.coaching.profile,
      items,
      itemsDone: items.filter(({ dose }) => dose === 'in-range' || dose === 'over').length,
      activeS: groups.reduce((sum, { activeS }) => sum + activeS, 0),
    },
    groups: rolled,
    balance: balanceOf(rolled),
    cues: cues.flatMap(({ kind, level, times }) => (level === 0 ? [] : [{ kind, level, times }])),
    pain: painOf(pain, meta),
    quality: {
      frames: quality.frames,
      lost: quality.lost,
      lostPct: quality.frames === 0 ? 0 : (100 * quality.lost) / (quality.frames + quality.lost),
      gaps: quality.gaps,
      decodeFaults: quality.decodeFaults,
      sensorFaults: quality.sensorFaults.map(({ kind, cells }) => ({ kind, cells: [...cells] })),
      contactAssumed: view.info !== null && view.info.cells.length === 0,
      calibrated: { radius: (calibration?.radiusCm ?? null) !== null, force: (calibration?.forceScale ?? null) !== null },
      damage: meta.damage ?? null,
    },
    origin: {
      sessionId: meta.sessionId,
      startUtc: new Date(meta.startUtcMs).toISOString(),
      durationS,
      source: meta.source,
      scenario: meta.scenario,
      importedFrom: meta.importedFrom,
      software: meta.software,
      person: meta.person ?? null,
      massKg: state.coaching.massKg,
      roller: rollerOf(view),
      config: { ...config },
    },
  };
}

/** What was said meanwhile; where nothing was, what the recording was given beside it. */
function painOf({ beforeNrs, worstNrs, afterNrs, reports }: Pain, { painBefore, painAfter }: SummaryMeta): Pain {
  const [before, after] = [beforeNrs ?? nrsOf(painBefore), afterNrs ?? nrsOf(painAfter)];
  const known = [before, worstNrs, after].filter((nrs) => nrs !== null);
  return { beforeNrs: before, worstNrs: known.length === 0 ? null : Math.max(...known), afterNrs: after, reports };
}

const nrsOf = (given: number | undefined): number | null => painNrs.safeParse(given).data ?? null;

type Pain = SessionSummaryRecord['pain'];
type Chosen = Pick<GroupSummary, 'group' | 'side'> & Partial<GroupSummary>;
type PlanItem = SessionSummaryRecord['plan']['items'][number];

const planItem = ({ group, side, activeS = 0, sets = 0, dose }: Chosen, { doseGoalS }: CoachingConfig): PlanItem => ({
  group,
  side,
  activeS,
  setsDone: sets,
  dose: dose ?? 'none',
  goalReached: activeS >= doseGoalS - 1e-6, // a sum of ticks
});

const rolledGroup = (of: GroupSummary, config: CoachingConfig): RolledGroup => ({
  group: of.group,
  side: of.side,
  activeS: of.activeS,
  sets: of.sets,
  strokes: { count: of.strokes, lengthCm: of.strokeCm, seconds: of.strokeS, perMin: of.strokeS ? 60 / of.strokeS : null },
  speed: {
    meanCmS: of.speed.meanCmS,
    medianCmS: of.speed.medianCmS,
    p95CmS: of.speed.p95CmS,
    warnCmS: config[`${of.group}WarnCmS`],
    greenCmS: [config.speedGreenMinCmS, config.speedGreenMaxCmS],
    greenPct: GROUPS[of.group].hold ? null : of.speed.greenPct,
    tooFastS: of.speed.tooFastS,
    tooFastTimes: of.states.find(({ kind, level }) => kind === 'too-fast' && level === 1)?.times ?? 0,
  },
  longestDwellS: of.longestDwellS,
  load: of.load,
  coverage: of.coverage,
  pathCm: of.pathCm,
  uneven: of.uneven,
  path: of.path,
  pain: of.pain,
});
