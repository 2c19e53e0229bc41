import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorBody, KeptSession, Person } from '../../server/api/schemas.ts';
import { openSheet } from '../sheets/sheets.ts';
import { changeSession, type SessionPatch } from './api.ts';
import { Problem } from './problem.tsx';

interface Props {
  readonly session: KeptSession;
  readonly people: readonly Person[];
  readonly changed: (session: KeptSession) => void;
}

/** What only a person can know of a session. Each field is saved when it is left. */
export function Notes({ session, people, changed }: Props): JSX.Element {
  const { id, name, note, personId } = session;
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = async (patch: SessionPatch): Promise<void> => {
    const answer = await changeSession(id, patch);
    setProblem(answer.ok ? null : answer.problem);
    setSaved(answer.ok);
    if (answer.ok) changed(answer.value);
  };
  return (
    <section class="card notes">
      <h2>Name and note <span class="saved" role="status">{isSaved ? 'Saved' : ''}</span></h2>
      <label>
        <span>Name</span>
        <input
          type="text" dir="auto" maxLength={100} defaultValue={name ?? ''}
          onChange={(event) => void save({ name: event.currentTarget.value.trim() || null })}
        />
      </label>
      <label>
        <span>Whose it was</span>
        <select value={personId ?? ''} onChange={(event) => void save({ personId: event.currentTarget.value || null })}>
          <option value="">Nobody in particular</option>
          {people.map((person) => <option key={person.id} value={person.id}>{person.name}</option>)}
        </select>
      </label>
      {people.length === 0 && (
        <button type="button" class="quiet-button" onClick={() => openSheet('settings')}>Add a person in the settings</button>
      )}
      <label>
        <span>Note</span>
        <textarea dir="auto" rows={4} maxLength={4000} defaultValue={note} onChange={(event) => void save({ note: event.currentTarget.value })} />
      </label>
      {problem !== null && <Problem problem={problem} />}
    </section>
  );
}
