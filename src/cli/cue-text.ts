import type { CueEvent } from '../coaching/events.ts';
import { GROUPS } from '../guide/groups.ts';
import type { Unit } from '../guide/units.ts';

/** Value and limit of a cue, as a person reads them. */
const UNIT_TEXTS: Readonly<Record<Unit, string>> = {
  'cm/s': ' cm/s',
  'strokes/min': ' strokes/min',
  s: ' s',
  '% BW': ' % of body weight',
  kPa: ' kPa',
  '% comfort': ' % of comfortable',
  NRS: ' of 10',
};

type Told = Pick<CueEvent, 'tS' | 'kind' | 'level' | 'group' | 'value' | 'limit'> & { readonly unit?: Unit | null };

/** A line of a cue that was told. */
export function cueText({ tS, kind, level, group, value, limit, unit = null }: Told): string {
  const name = `${kind} ${level}`.padEnd(16);
  const unitText = unit === null ? '' : UNIT_TEXTS[unit];
  return `  ${tS.toFixed(1).padStart(7)} s  ${name}${value.toFixed(1)}${unitText}, limit ${limit.toFixed(1)}${unitText}  (${GROUPS[group].name})`;
}
