import type { KeptCue } from '../../server/api/schemas.ts';
import { speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText } from './format.ts';

type Kind = KeptCue['kind'];

/** What a cue's number is in, where its kind alone tells; load may be in several. */
const NUMBERS: Partial<Readonly<Record<Kind, (value: number, units: Units) => string>>> = {
  'too-long': (value) => `${numberText(value)} s`,
  'dose-goal': (value) => `${numberText(value)} s`,
  'dose-limit': (value) => `${numberText(value)} s`,
  'rest-over': (value) => `${numberText(value)} s`,
  'safety-stop': (value) => `pain ${numberText(value)}`,
};

/** By rhythm, speed is told in strokes a minute. */
export function cueNumber({ kind, value }: Pick<KeptCue, 'kind' | 'value'>, units: Units, isByRhythm: boolean): string | null {
  if (kind !== 'too-fast') return NUMBERS[kind]?.(value, units) ?? null;
  return isByRhythm ? `${numberText(value)} strokes a minute` : `${numberText(speedIn(units, value), 1)} ${SPEED_UNIT[units]}`;
}
