import type { TimelineMessage } from '../../server/wire.ts';
import { clockText } from '../view/units.ts';
import { wordsOf, type CueKind } from '../view/words.ts';

/** How a kind of cue is marked on the timeline: by an outline of its own in a ground of 16 x 16, and a colour of its own. */
export interface MarkStyle {
  readonly name: string;
  readonly outline: string;
}

/** The outlines are those of the large icons where there is one; the colours, in transport.css, are Okabe and Ito's, lighter for a dark ground. */
export const MARKS: Readonly<Record<CueKind, MarkStyle>> = {
  'too-fast': { name: 'slow down', outline: 'M8 1.5 15.5 14.5H.5Z' },
  'too-long': { name: 'move on', outline: 'M2 .8 15 8 2 15.2Z' },
  'over-pressure': { name: 'ease off', outline: 'M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z' },
  'dose-goal': { name: 'goal reached', outline: 'M8 .8a7.2 7.2 0 1 1 0 14.4A7.2 7.2 0 0 1 8 .8Z' },
  'dose-limit': { name: 'limit reached', outline: 'M1.5 1.5h13v13h-13Z' },
  'rest-over': { name: 'next set', outline: 'M8 .3 15.7 8 8 15.7.3 8Z' },
  'safety-stop': { name: 'stopped for pain', outline: 'M4 .8 8 4.8 12 .8 15.2 4 11.2 8 15.2 12 12 15.2 8 11.2 4 15.2.8 12 4.8 8 .8 4Z' },
};

/** What somebody marked: a flag. */
export const FLAG_OUTLINE = 'M2.5 .8h11L10.6 5l2.9 4.2h-8.6v6H2.5Z';

type Cue = TimelineMessage['cues'][number];
export type Marked = TimelineMessage['markers'][number];

/** Those that would not stand on one another: of one kind within `apartS`, the first, or the first strong one. */
export function marksApart(cues: readonly Cue[], apartS: number): readonly Cue[] {
  const apart: Cue[] = [];
  for (const cue of cues) {
    const last = apart.findLastIndex(({ kind }) => kind === cue.kind);
    const before = apart[last];
    if (before === undefined || cue.tS - before.tS >= apartS) apart.push(cue);
    else if (cue.level > before.level) apart[last] = cue;
  }
  return apart;
}

/** What a mark says: Slow down at 1:05. */
export const markTitle = ({ kind, level, tS }: Cue): string => `${wordsOf(kind, level)?.word ?? kind} at ${clockText(tS)}`;

/** How often each kind was told, in the order of the table; none that was not. */
export function countMarks(cues: readonly Cue[]): readonly { readonly kind: CueKind; readonly count: number }[] {
  const kinds = Object.keys(MARKS) as CueKind[];
  return kinds.map((kind) => ({ kind, count: cues.filter((cue) => cue.kind === kind).length })).filter(({ count }) => count > 0);
}

/** What a flag says: 1:05 pulls down to the knee. */
export const flagTitle = ({ tS, text }: Marked): string => `${clockText(tS)} ${text}`;

/** All marks in a sentence: Cues: 3 slow down, 1 goal reached. Marked: 1:05 pulls. */
export function marksText(cues: readonly Cue[], marked: readonly Marked[]): string {
  const counts = countMarks(cues).map(({ kind, count }) => `${count} ${MARKS[kind].name}`);
  const said = counts.length === 0 ? 'No cues' : `Cues: ${counts.join(', ')}`;
  return marked.length === 0 ? said : `${said}. Marked: ${marked.map(flagTitle).join('; ')}`;
}
