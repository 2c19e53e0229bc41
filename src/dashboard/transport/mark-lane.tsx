import type { JSX } from 'preact';
import type { TimelineMessage } from '../../server/wire.ts';
import { useSize } from '../view/use-size.ts';
import type { CueKind } from '../view/words.ts';
import { countMarks, FLAG_OUTLINE, flagTitle, MARKS, marksApart, markTitle, marksText, type Marked } from './marks.ts';
import { seek } from './seek.ts';

/** A tap on a mark goes to shortly before it, to see what led to it. */
const BEFORE_S = 3;
/** So long a flag's words are shown. */
const PASSING_S = 6;

/** The cues of the recording over its timeline. For a pointer each leads to its place; the slider below does for every other hand. */
export function MarkLane({ cues, markers, durationS }: Omit<TimelineMessage, 'type'>): JSX.Element {
  const { element, size } = useSize<HTMLDivElement>();
  // A mark is as wide as the lane is high.
  const placeOf = ({ tS }: { readonly tS: number }): string => `${(100 * Math.min(tS, durationS)) / Math.max(durationS, 1e-3)}%`;
  const markS = size === null ? 0 : (durationS * size.height) / size.width;
  return (
    <div class="mark-lane" role="img" aria-label={marksText(cues, markers)} ref={element}>
      {marksApart(cues, markS).map((cue) => (
        <span
          key={`${cue.tS} ${cue.kind} ${cue.level}`}
          class="mark"
          data-level={cue.level}
          title={markTitle(cue)}
          style={{ left: placeOf(cue) }}
          onClick={() => seek(cue.tS - BEFORE_S)}
        >
          <Mark kind={cue.kind} />
        </span>
      ))}
      {markers.map((marked) => (
        <span
          key={`${marked.tS} ${marked.text}`}
          class="mark"
          data-level="2"
          title={flagTitle(marked)}
          style={{ left: placeOf(marked) }}
          onClick={() => seek(marked.tS - BEFORE_S)}
        >
          <Flag />
        </span>
      ))}
    </div>
  );
}

/** Which mark means what, and how many there are: the lane says the same to readers of the screen. */
export function MarkLegend({ cues, markers }: { readonly cues: TimelineMessage['cues']; readonly markers: readonly Marked[] }): JSX.Element {
  return (
    <ul class="mark-legend" aria-hidden="true">
      {countMarks(cues).map(({ kind, count }) => (
        <li key={kind}><Mark kind={kind} /> {count} {MARKS[kind].name}</li>
      ))}
      {markers.length > 0 && <li><Flag /> {markers.length} marked</li>}
    </ul>
  );
}

/** What was marked just before the moment that is played. */
export function Passing({ markers, tS }: { readonly markers: readonly Marked[]; readonly tS: number }): JSX.Element | null {
  const passing = markers.findLast((marked) => marked.tS <= tS && tS - marked.tS < PASSING_S);
  return passing === undefined ? null : <span class="passing"><Flag /> <bdi>{passing.text}</bdi></span>;
}

const Flag = (): JSX.Element => <svg viewBox="0 0 16 16" data-kind="marker" aria-hidden="true"><path d={FLAG_OUTLINE} /></svg>;

const Mark = ({ kind }: { readonly kind: CueKind }): JSX.Element => (
  <svg viewBox="0 0 16 16" data-kind={kind} aria-hidden="true"><path d={MARKS[kind].outline} /></svg>
);
