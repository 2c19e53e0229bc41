import { defineRule } from './rule.ts';

/** Pain of 8 or more of 10 stops the session until the person confirms. */
export const safetyStop = defineRule({
  kind: 'safety-stop',
  manner: { once: true, alwaysAudible: true },
  outlivesSession: true,
  parameters: {
    nrsStop: { default: 8, min: 5, max: 8, unit: 'NRS', doc: 'Reported pain (0 to 10) that stops the session' },
  },

  judge(moment, config) {
    const value = moment.painNrs ?? 0;
    const isDue = value >= config.nrsStop;
    return [{ level: 2, value, limit: config.nrsStop, unit: 'NRS', over: isDue, under: !isDue, onDelayS: 0, offDelayS: 0 }];
  },

  relieved: () => false,
});
