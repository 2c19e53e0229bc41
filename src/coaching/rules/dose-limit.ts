import { reached } from '../time.ts';
import { defineRule } from './rule.ts';

/**
 * Enough for this group and side: 90 s of contact in a set, 120 s for the strong cue, or the ceiling of the session. It
 * lasts until another group or side is chosen; coming back to a group that has had enough says so again.
 */
export const doseLimit = defineRule({
  kind: 'dose-limit',
  manner: { waits: true },
  parameters: {
    doseMaxS: { default: 90, min: 60, max: 120, unit: 's', doc: 'Active time of a group that is enough' },
    doseStrongS: { default: 120, min: 90, max: 180, unit: 's', doc: 'Active time of a group that is more than enough' },
    doseSets: { default: 1, min: 1, max: 3, unit: '', doc: 'Sets a group; with more than one, goal and limit hold for each' },
    doseSetGapS: { default: 20, min: 10, max: 60, unit: 's', doc: 'Without contact for this long, the next contact begins a set' },
    doseSessionCapS: { default: 360, min: 120, max: 360, unit: 's', doc: 'Active time of a group over all sets of a session' },
  },

  judge(moment, config) {
    const isCapped = reached(moment.activeS, config.doseSessionCapS);
    const value = isCapped ? moment.activeS : moment.setS;
    const verdict = (level: 1 | 2, setLimitS: number) => {
      const limit = isCapped ? config.doseSessionCapS : setLimitS;
      const isDue = reached(value, limit);
      return { level, value, limit, unit: 's' as const, over: isDue && moment.contact, under: !isDue, onDelayS: 0, offDelayS: 0 };
    };
    return [verdict(1, config.doseMaxS), verdict(2, config.doseStrongS)];
  },

  relieved: (moment) => !moment.contact,
});
