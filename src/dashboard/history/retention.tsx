import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorBody, LibrarySettings, Retained } from '../../server/api/schemas.ts';
import { tell } from '../state/store.ts';
import { applyRetention, changeSettings, getSettings } from './api.ts';
import { Confirm } from './confirm.tsx';
import { bytesText, countText } from './format.ts';
import { keptList } from './kept-list.ts';
import { Problem } from './problem.tsx';
import { useAnswer } from './use-answer.ts';

const GB = 1e9;

/** How long sessions are kept, and how much of them. Empty is for ever; a star is spared. */
export function Retention({ onClean }: { readonly onClean: () => void }): JSX.Element {
  const { value: limits, problem, know } = useAnswer(getSettings, []);
  const [refused, setRefused] = useState<ErrorBody | null>(null);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const save = async (patch: Partial<LibrarySettings>): Promise<void> => {
    const answer = await changeSettings(patch);
    setRefused(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    know(answer.value);
    tell('Saved');
  };
  const clean = async (): Promise<void> => {
    if (limits === null) return;
    setBusy(true);
    const answer = await applyRetention(limits);
    setBusy(false);
    setAsked(false);
    setRefused(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    keptList.value = null;
    tell(goneText(answer.value));
    onClean();
  };
  const hasLimit = limits !== null && (limits.keepDays !== null || limits.keepBytes !== null);
  return (
    <section class="card">
      <h2>How long it is kept</h2>
      <label class="entry">
        <span>Sessions, days</span>
        <input
          type="number" min="1" max="36500" step="1" placeholder="for ever" value={limits?.keepDays ?? ''} disabled={limits === null}
          onChange={(event) => void save({ keepDays: numberIn(event.currentTarget) })}
        />
      </label>
      <label class="entry">
        <span>Recordings, GB in all</span>
        <input
          type="number" min="0.001" step="any" placeholder="any" disabled={limits === null}
          value={limits?.keepBytes == null ? '' : limits.keepBytes / GB}
          onChange={(event) => void save({ keepBytes: bytesIn(event.currentTarget) })}
        />
      </label>
      <p class="soft">
        What is older goes when the companion starts, then the oldest until the rest fits. A session with a star never goes.
      </p>
      <button type="button" class="quiet-button" disabled={!hasLimit} onClick={() => setAsked(true)}>Clean up now</button>
      {(refused ?? problem) !== null && <Problem problem={(refused ?? problem) as ErrorBody} />}
      {isAsked && limits !== null && (
        <Confirm
          title="Clean up now?"
          act="Delete for good"
          leave="Keep all"
          isBusy={isBusy}
          onAct={() => void clean()}
          onLeave={() => setAsked(false)}
        >
          <p>{whatGoes(limits)}, with their recordings. Sessions with a star stay. This cannot be undone.</p>
        </Confirm>
      )}
    </section>
  );
}

const numberIn = (input: HTMLInputElement): number | null => (input.value === '' ? null : input.valueAsNumber);
const bytesIn = (input: HTMLInputElement): number | null => (input.value === '' ? null : Math.round(input.valueAsNumber * GB));

export function whatGoes({ keepDays, keepBytes }: Pick<LibrarySettings, 'keepDays' | 'keepBytes'>): string {
  const old = keepDays === null ? null : `sessions older than ${countText(keepDays, 'day')}`;
  const large = keepBytes === null ? null : `the oldest until all recordings are smaller than ${bytesText(keepBytes)}`;
  const text = [old, large].filter((part) => part !== null).join(', then ');
  return `These go: ${text}`;
}

const goneText = ({ removed, freedBytes }: Retained): string =>
  removed.length === 0 ? 'Nothing had to go' : `${countText(removed.length, 'session')} deleted, ${bytesText(freedBytes)} free again`;
