import { CUE_WORDS } from './cue-words.ts';

type Kind = keyof typeof CUE_WORDS;

/** A letter for each kind of cue on a plot, on paper and on the screen. */
export const CUE_LETTERS: Readonly<Record<Kind, string>> = {
  'too-fast': 'F',
  'too-long': 'M',
  'over-pressure': 'P',
  'dose-goal': 'G',
  'dose-limit': 'L',
  'rest-over': 'N',
  'safety-stop': 'S',
};

/** While rolling both have the same word. */
const DOSE_WORDS: Readonly<Partial<Record<Kind, string>>> = { 'dose-goal': 'Goal reached', 'dose-limit': 'Limit reached' };

/** What a kind of cue is called in a list. */
export function cueWord(kind: Kind): string {
  const words: Partial<Readonly<Record<1 | 2, { readonly word: string }>>> = CUE_WORDS[kind];
  return DOSE_WORDS[kind] ?? words[1]?.word ?? words[2]?.word ?? kind;
}
