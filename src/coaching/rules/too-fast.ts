import { GROUPS, MUSCLE_GROUPS, type MuscleGroup } from '../../guide/groups.ts';
import { TOOLS } from '../../guide/tools.ts';
import type { Moment } from '../moment.ts';
import { exceeded } from '../time.ts';
import { namesByGroup } from './group-names.ts';
import { defineRule, type LevelVerdict, type Parameter } from './rule.ts';

/** Name of each group's limit. */
export const WARN_CM_S = namesByGroup('WarnCmS');

const warnLimits = Object.fromEntries(
  MUSCLE_GROUPS.map((group) => [
    WARN_CM_S[group],
    { default: GROUPS[group].warnCmS, min: 5, max: 18, unit: 'cm/s', doc: `Mean speed above which rolling is too fast: ${GROUPS[group].name}` },
  ]),
) as Record<`${MuscleGroup}WarnCmS`, Parameter>;

const perMin = (seconds: number): number => 60 / seconds;

type RhythmConfig = Readonly<Record<'rhythmWarnBelowS' | 'rhythmStrongBelowS' | 'speedReleaseRatio', number>>;

/** By rhythm: the median of the last three strokes, as strokes a minute. Three strokes are delay enough. */
function judgeRhythm({ strokesPerMin }: Moment, config: RhythmConfig): LevelVerdict[] {
  const value = strokesPerMin ?? 0;
  const verdict = (level: 1 | 2, limit: number): LevelVerdict => ({
    level,
    value,
    limit,
    unit: 'strokes/min',
    over: value > limit,
    under: value < config.speedReleaseRatio * limit,
    onDelayS: 0,
    offDelayS: 0,
  });
  return [verdict(1, perMin(config.rhythmWarnBelowS)), verdict(2, perMin(config.rhythmStrongBelowS))];
}

/**
 * Too fast: the mean of |v| over 3 s of contact is above the group's limit for 1 s; much too fast: above twice the limit
 * for 0.5 s. A mean, because a natural stroke peaks at 1.6 times its mean and turns at zero. Who rolls by rhythm is judged by it.
 */
export const tooFast = defineRule({
  kind: 'too-fast',
  manner: { fades: true },
  parameters: {
    ...warnLimits,
    speedGreenMinCmS: { default: 1, min: 0.5, max: 2, unit: 'cm/s', doc: 'Slow end of the recommended speed, drawn on the bar; never a cue' },
    speedGreenMaxCmS: { default: 5, min: 3, max: 8, unit: 'cm/s', doc: 'Fast end of the recommended speed, drawn on the bar; never a cue' },
    speedWindowS: { default: 3, min: 2, max: 5, unit: 's', doc: 'Contact time over which speed is averaged for judgement' },
    speedMinContactS: { default: 2, min: 1, max: 2, unit: 's', doc: 'Contact time before speed is judged at all' },
    speedOnDelayS: { default: 1, min: 0.5, max: 3, unit: 's', doc: 'How long speed has to be above the limit' },
    speedStrongRatio: { default: 2, min: 1.25, max: 3, unit: '', doc: 'Much too fast: times the limit' },
    speedStrongOnDelayS: { default: 0.5, min: 0.2, max: 2, unit: 's', doc: 'How long speed has to be above the strong limit' },
    speedReleaseRatio: { default: 0.8, min: 0.6, max: 0.95, unit: '', doc: 'Slow enough again: below this part of the limit' },
    speedOffDelayS: { default: 3, min: 1, max: 5, unit: 's', doc: 'How long speed has to be slow enough' },
    speedLostS: { default: 1, min: 0.5, max: 2, unit: 's', doc: 'Without contact for longer, speed is judged afresh' },
    rhythmBeatsPerMin: { default: 60, min: 40, max: 90, unit: '1/min', doc: 'By rhythm: beats of the metronome' },
    rhythmStrokeS: { default: 4, min: 2.5, max: 6, unit: 's', doc: 'By rhythm: the time of a stroke one way that is aimed for' },
    rhythmWarnBelowS: { default: 2, min: 1.5, max: 2.5, unit: 's', doc: 'By rhythm: shorter strokes are too fast' },
    rhythmStrongBelowS: { default: 1.2, min: 0.8, max: 1.5, unit: 's', doc: 'By rhythm: shorter strokes are much too fast' },
  },

  judge(moment, config) {
    if (TOOLS[moment.roller.tool].follows === 'nothing' || exceeded(moment.lostS, config.speedLostS)) return 'release';
    if (!moment.contact) return 'hold';
    if (moment.profile === 'rhythm') return judgeRhythm(moment, config);
    const value = moment.speedCmS ?? 0;
    const warn = config[WARN_CM_S[moment.group]];
    const verdict = (level: 1 | 2, limit: number, onDelayS: number) => ({
      level,
      value,
      limit,
      unit: 'cm/s' as const,
      over: value > limit,
      under: value < config.speedReleaseRatio * limit,
      onDelayS,
      offDelayS: config.speedOffDelayS,
    });
    return [verdict(1, warn, config.speedOnDelayS), verdict(2, config.speedStrongRatio * warn, config.speedStrongOnDelayS)];
  },

  relieved(moment, config) {
    if (!moment.contact) return true;
    if (moment.profile === 'rhythm') return (moment.strokesPerMin ?? 0) <= perMin(config.rhythmWarnBelowS);
    return moment.shownSpeedCmS < config[WARN_CM_S[moment.group]];
  },
});
