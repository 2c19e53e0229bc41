import type { JSX } from 'preact';
import type { TimelineMessage } from '../../server/wire.ts';
import { useSize } from '../view/use-size.ts';
import type { CueKind } from '../view/words.ts';
import { countMarks, MARKS, marksApart, markTitle, marksText } from './marks.ts';
import { seek } from './seek.ts';

/** A tap on a mark goes to shortly before it, to see what led to it. */
const BEFORE_S = 3;

/** The cues of the recording over its timeline. For a pointer each leads to its place; the slider below does for every other hand. */
export function MarkLane({ cues, durationS }: { readonly cues: TimelineMessage['cues']; readonly durationS: number }): JSX.Element {
  const { element, size } = useSize<HTMLDivElement>();
  // A mark is as wide as the lane is high.
  const markS = size === null ? 0 : (durationS * size.height) / size.width;
  return (
    <div class="mark-lane" role="img" aria-label={marksText(cues)} ref={element}>
      {marksApart(cues, markS).map((cue) => (
        <span
          key={`${cue.tS} ${cue.kind} ${cue.level}`}
          class="mark"
          data-level={cue.level}
          title={markTitle(cue)}
          style={{ left: `${(100 * Math.min(cue.tS, durationS)) / Math.max(durationS, 1e-3)}%` }}
          onClick={() => seek(cue.tS - BEFORE_S)}
        >
          <Mark kind={cue.kind} />
        </span>
      ))}
    </div>
  );
}

/** Which mark means what, and how many there are: the lane says the same to readers of the screen. */
export function MarkLegend({ cues }: { readonly cues: TimelineMessage['cues'] }): JSX.Element {
  return (
    <ul class="mark-legend" aria-hidden="true">
      {countMarks(cues).map(({ kind, count }) => (
        <li key={kind}><Mark kind={kind} /> {count} {MARKS[kind].name}</li>
      ))}
    </ul>
  );
}

const Mark = ({ kind }: { readonly kind: CueKind }): JSX.Element => (
  <svg viewBox="0 0 16 16" data-kind={kind} aria-hidden="true"><path d={MARKS[kind].outline} /></svg>
);
