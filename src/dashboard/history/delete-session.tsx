import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorBody, KeptSession, Removed } from '../../server/api/schemas.ts';
import { tell } from '../state/store.ts';
import { deleteSession } from './api.ts';
import { Confirm } from './confirm.tsx';
import { bytesText, countText, dateText, timeText } from './format.ts';
import { drop } from './kept-list.ts';
import { Problem } from './problem.tsx';
import { goTo } from './use-place.ts';

/** Says what goes before it goes, and what went. */
export function DeleteSession({ session }: { readonly session: KeptSession }): JSX.Element {
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const { id, startedUtcMs, file, bytes, cueCount, note, starred } = session;
  const remove = async (): Promise<void> => {
    setBusy(true);
    const answer = await deleteSession(id);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.problem);
    drop(id);
    tell(goneText(answer.value));
    goTo({ at: 'sessions' });
  };
  return (
    <section class="card wide">
      <h2>Delete</h2>
      <button type="button" class="quiet-button" onClick={() => setAsked(true)}>Delete this session</button>
      {isAsked && (
        <Confirm
          title="Delete this session?"
          act="Delete for good"
          leave="Keep it"
          isBusy={isBusy}
          onAct={() => void remove()}
          onLeave={() => setAsked(false)}
        >
          <p>Of {dateText(startedUtcMs)}, {timeText(startedUtcMs)}{starred && ', with a star'}. These go:</p>
          <ul class="lines">
            <li>its summary and {countText(cueCount, 'cue')}{note !== '' && ', and your note'}</li>
            <li>{file === null ? 'no recording: none was made' : <>its recording, <code>{file}</code>, {bytesText(bytes)}</>}</li>
          </ul>
          <p>This cannot be undone. A copy of the recording can be taken in again later.</p>
          {problem !== null && <Problem problem={problem} />}
        </Confirm>
      )}
    </section>
  );
}

const goneText = ({ recording, bytes }: Removed): string =>
  recording === 'removed' ? `Deleted, with its recording of ${bytesText(bytes)}` : 'Deleted. It had no recording any more';
