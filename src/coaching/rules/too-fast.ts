import { GROUPS, MUSCLE_GROUPS, type MuscleGroup } from '../../guide/groups.ts';
import { TOOLS } from '../../guide/tools.ts';
import { exceeded } from '../time.ts';
import { defineRule, type Parameter } from './rule.ts';

const warnLimits = Object.fromEntries(
  MUSCLE_GROUPS.map((group) => [
    `${group}WarnCmS`,
    { default: GROUPS[group].warnCmS, min: 5, max: 18, unit: 'cm/s', doc: `Mean speed above which rolling is too fast: ${GROUPS[group].name}` },
  ]),
) as Record<`${MuscleGroup}WarnCmS`, Parameter>;

/**
 * Too fast: the mean of |v| over 3 s of contact is above the group's limit for 1 s; much too fast: above twice the limit
 * for 0.5 s. A mean, because a natural stroke peaks at 1.6 times its mean and turns at zero.
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
  },

  judge(moment, config) {
    if (TOOLS[moment.roller.tool].follows === 'nothing' || exceeded(moment.lostS, config.speedLostS)) return 'release';
    if (!moment.contact) return 'hold';
    const value = moment.speedCmS ?? 0;
    const warn = config[`${moment.group}WarnCmS`];
    const verdict = (level: 1 | 2, limit: number, onDelayS: number) => ({
      level,
      value,
      limit,
      over: value > limit,
      under: value < config.speedReleaseRatio * limit,
      onDelayS,
      offDelayS: config.speedOffDelayS,
    });
    return [verdict(1, warn, config.speedOnDelayS), verdict(2, config.speedStrongRatio * warn, config.speedStrongOnDelayS)];
  },

  relieved: (moment, config) => !moment.contact || moment.shownSpeedCmS < config[`${moment.group}WarnCmS`],
});
