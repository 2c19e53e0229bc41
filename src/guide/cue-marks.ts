import { CUE_WORDS } from './cue-words.ts';

type Kind = keyof typeof CUE_WORDS;

/** A letter for each kind of cue on a plot, on paper and on the screen. */
export const CUE_LETTERS: Readonly<Record<Kind, string>> = {
  'too-fast': 'F',
  'too-long': 'M',
  'over-pressure': 'P',
  'dose-goal': 'G',
  'dose-limit': 'D',
  'rest-over': 'N',
  'safety-stop': 'S',
};

/** What a kind of cue is called in a list. The goal and the limit have the same word while rolling. */
export function cueWord(kind: Kind): string {
  const words: Partial<Readonly<Record<1 | 2, { readonly word: string }>>> = CUE_WORDS[kind];
  return kind === 'dose-goal' ? 'Goal reached' : (words[1]?.word ?? words[2]?.word ?? kind);
}
