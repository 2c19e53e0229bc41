import { reached } from '../time.ts';
import { defineRule } from './rule.ts';

/** Goal reached: 60 s of contact for this group and side. It lasts until another group or side is chosen. */
export const doseGoal = defineRule({
  kind: 'dose-goal',
  manner: { once: true, waits: true, yieldsTo: 'dose-limit', isNews: true },
  parameters: {
    doseMinS: { default: 30, min: 10, max: 60, unit: 's', doc: 'Active time of a group below which the summary says "under"' },
    doseGoalS: { default: 60, min: 30, max: 120, unit: 's', doc: 'Active time of a group that is the goal' },
  },
  ascending: [['doseMinS', 'doseGoalS', 'doseMaxS', 'doseStrongS']],

  judge(moment, config) {
    const [value, limit] = [moment.setS, config.doseGoalS];
    const isDue = reached(value, limit);
    return [{ level: 1, value, limit, unit: 's', over: isDue && moment.contact, under: !isDue, onDelayS: 0, offDelayS: 0 }];
  },

  relieved: (moment) => !moment.contact,
});
