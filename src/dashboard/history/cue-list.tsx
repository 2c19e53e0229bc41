import type { JSX } from 'preact';
import { CUE_LETTERS, cueWord } from '../../guide/cue-marks.ts';
import type { KeptSession } from '../../server/api/schemas.ts';
import { settings } from '../state/settings.ts';
import { groupText } from '../view/group-text.ts';
import { clockText } from '../view/units.ts';
import { cuesOf } from './api.ts';
import { cueNumber } from './cue-text.ts';
import { countText } from './format.ts';
import { PlayFrom } from './play-again.tsx';
import { Problem } from './problem.tsx';
import { useAnswer } from './use-answer.ts';

/** What was said: how often each, and every one with its time. */
export function CueList({ session: { id, file, cueCount, summary } }: { readonly session: KeptSession }): JSX.Element {
  const { value, problem, again } = useAnswer((signal) => cuesOf(id, signal), [id]);
  const { units } = settings.value;
  return (
    <section class="card">
      <h2>What was said</h2>
      {cueCount === 0 && <p>Nothing: no cue was due.</p>}
      {cueCount > 0 && <p>{summary.cues.map(timesText).join(', ')}.</p>}
      {problem !== null && <Problem problem={problem} again={again} />}
      {cueCount > 0 && (
        <details class="fold">
          <summary>{countText(cueCount, 'cue')} with time</summary>
          <ol class="cues">
            {value?.cues.map((cue) => (
              <li key={`${cue.tS} ${cue.kind}`}>
                <span class="cue-time">{file === null ? clockText(cue.tS) : <PlayFrom session={id} tS={cue.tS}>{clockText(cue.tS)}</PlayFrom>}</span>
                <span class="cue-letter" data-strong={cue.level === 2}>{CUE_LETTERS[cue.kind]}</span>
                <span>{[cueWord(cue.kind), cueNumber(cue, units)].filter(Boolean).join(', ')}</span>
                <span class="soft">{groupText(cue.group, cue.side)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  );
}

const timesText = ({ kind, level, times }: KeptSession['summary']['cues'][number]): string =>
  `${cueWord(kind)}${level === 2 ? ' (strong)' : ''} ${times}\u00d7`;
