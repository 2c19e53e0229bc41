import { GROUPS } from '../../guide/groups.ts';
import { TOOLS } from '../../guide/tools.ts';
import type { Moment } from '../moment.ts';
import { exceeded, reached } from '../time.ts';
import { defineRule } from './rule.ts';

/** Where holding is the technique, and where no motion is known, no time on an area is too long. */
export const judgesArea = ({ group, roller }: Pick<Moment, 'group' | 'roller'>): boolean =>
  !GROUPS[group].hold && TOOLS[roller.tool].follows !== 'nothing';

/**
 * Too long on one area: contact has stayed within one 5 cm window (one contact patch) for 30 s, 60 s for the strong cue;
 * from 20 s on a silent hint. A planned hold has 60 s and 90 s, and no hint. Armed again once the dwell is below 5 s. Where holding is
 * the technique the rule is off and the dose limit governs. Seen at a tick, "over 30 s" is the first tick at which 30 s are complete.
 */
export const tooLong = defineRule({
  kind: 'too-long',
  manner: { fades: true },
  parameters: {
    areaWindowCm: { default: 5, min: 3, max: 8, unit: 'cm', doc: 'Length of path that counts as one area' },
    areaHintS: { default: 20, min: 10, max: 60, unit: 's', doc: 'Time on one area before the silent hint' },
    areaWarnS: { default: 30, min: 15, max: 60, unit: 's', doc: 'Time on one area that is too long' },
    areaStrongS: { default: 60, min: 30, max: 90, unit: 's', doc: 'Time on one area that is far too long' },
    areaRearmBelowS: { default: 5, min: 2, max: 10, unit: 's', doc: 'Moved on: time on the present area is below this' },
    areaGapS: { default: 2, min: 0.5, max: 5, unit: 's', doc: 'A lift no longer than this does not interrupt the time on an area' },
    stillCmS: { default: 1, min: 0.5, max: 1.5, unit: 'cm/s', doc: 'Where position is not known: below this 1 s mean speed it stays' },
    stillReleaseCmS: { default: 1.5, min: 1.5, max: 3, unit: 'cm/s', doc: 'Where position is not known: above this 1 s mean speed it moves' },
    holdTargetS: { default: 30, min: 15, max: 60, unit: 's', doc: 'Planned hold: time on the area that is aimed for' },
    holdWarnS: { default: 60, min: 30, max: 90, unit: 's', doc: 'Planned hold: time on the area that is too long' },
    holdStrongS: { default: 90, min: 60, max: 120, unit: 's', doc: 'Planned hold: time on the area that is far too long' },
  },
  ascending: [['areaHintS', 'areaWarnS', 'areaStrongS'], ['holdTargetS', 'holdWarnS', 'holdStrongS']],

  judge(moment, config) {
    if (!judgesArea(moment) || exceeded(moment.lostS, config.areaGapS)) return 'release';
    if (!moment.contact) return 'hold';
    const value = moment.dwellS;
    const verdict = (level: 0 | 1 | 2, limit: number) => ({
      level,
      value,
      limit,
      unit: 's' as const,
      over: reached(value, limit),
      under: value < config.areaRearmBelowS,
      onDelayS: 0,
      offDelayS: 0,
    });
    if (moment.isPlannedHold) return [verdict(1, config.holdWarnS), verdict(2, config.holdStrongS)];
    return [verdict(0, config.areaHintS), verdict(1, config.areaWarnS), verdict(2, config.areaStrongS)];
  },

  relieved: (moment, config) => !moment.contact || moment.dwellS < (moment.isPlannedHold ? config.holdWarnS : config.areaWarnS),
});
