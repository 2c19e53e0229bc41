import type { KeptCue } from '../../server/api/schemas.ts';
import { speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText } from './format.ts';

type Unit = NonNullable<KeptCue['unit']>;

const IN_WORDS: Readonly<Record<Unit, (value: number, units: Units) => string>> = {
  'cm/s': (value, units) => `${numberText(speedIn(units, value), 1)} ${SPEED_UNIT[units]}`,
  'strokes/min': (value) => `${numberText(value)} strokes a minute`,
  s: (value) => `${numberText(value)} s`,
  '% BW': (value) => `${numberText(value)} % of body weight`,
  kPa: (value) => `${numberText(value)} kPa`,
  '% comfort': (value) => `${numberText(value)} % of what is comfortable`,
  NRS: (value) => `pain ${numberText(value)}`,
};

/** What a cue's number is in where it was kept without: by its kind, as far as that tells. Speed may be by rhythm, load be in several. */
const USUAL: Partial<Readonly<Record<KeptCue['kind'], Unit>>> = {
  'too-long': 's', 'dose-goal': 's', 'dose-limit': 's', 'rest-over': 's', 'safety-stop': 'NRS',
};

export function cueNumber({ kind, value, unit }: Pick<KeptCue, 'kind' | 'value' | 'unit'>, units: Units): string | null {
  const known = unit ?? USUAL[kind];
  return known === undefined ? null : IN_WORDS[known](value, units);
}
