import { CUE_WORDS } from '../../guide/cue-words.ts';
import type { KeptCue } from '../../server/api/schemas.ts';
import { speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText } from './format.ts';

type Kind = KeptCue['kind'];

/** A letter for each kind of cue on the plot: those of the printed report. */
export const CUE_LETTERS: Readonly<Record<Kind, string>> = {
  'too-fast': 'F',
  'too-long': 'M',
  'over-pressure': 'P',
  'dose-goal': 'G',
  'dose-limit': 'D',
  'rest-over': 'N',
  'safety-stop': 'S',
};

/** The goal and the limit have the same word on the screen. */
export function cueWord(kind: Kind): string {
  const words: Partial<Readonly<Record<1 | 2, { readonly word: string }>>> = CUE_WORDS[kind];
  return kind === 'dose-goal' ? 'Goal reached' : (words[1]?.word ?? words[2]?.word ?? kind);
}

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
