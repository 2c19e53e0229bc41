import { reached } from '../time.ts';
import { defineRule } from './rule.ts';

/** The rest between two sets is over: 30 s without contact. It lasts until the next contact, which begins the set. */
export const restOver = defineRule({
  kind: 'rest-over',
  manner: { once: true, waits: true, isNews: true },
  parameters: {
    doseRestS: { default: 30, min: 10, max: 60, unit: 's', doc: 'Rest between two sets' },
  },
  ascending: [['doseSetGapS', 'doseRestS']],

  judge({ restS }, { doseRestS: limit }) {
    const value = restS ?? 0;
    return [{ level: 1, value, limit, unit: 's', over: restS !== null && reached(restS, limit), under: restS === null, onDelayS: 0, offDelayS: 0 }];
  },

  relieved: (moment) => moment.contact,
});
