import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ErrorBody, Person, SessionLine } from '../../server/api/schemas.ts';
import { sessionState, tell } from '../state/store.ts';
import { listSessions } from './api.ts';
import { chosenPerson } from './chosen-person.ts';
import { byDay, dayTitle } from './days.ts';
import { Empty } from './empty.tsx';
import { keptList } from './kept-list.ts';
import { withFirst, withMore } from './pages.ts';
import { PersonFilter } from './person-filter.tsx';
import { Problem } from './problem.tsx';
import { SessionRow } from './session-row.tsx';
import { useComeback } from './use-comeback.ts';

/** A session that is over is summed up and kept a moment later; a long one, or on a slow machine, some seconds. */
const KEPT_AFTER_MS = [1000, 3000, 8000];

/** All that is kept, the latest first, under the day on which it was rolled. */
export function SessionsView({ people }: { readonly people: readonly Person[] }): JSX.Element {
  const personId = chosenPerson.value;
  const isOver = sessionState.value === 'stopped';
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const calledOff = new AbortController();
    const { signal } = calledOff;
    const find = async (): Promise<void> => {
      const answer = await listSessions(personId, null, signal);
      if (signal.aborted) return;
      setProblem(answer.ok ? null : answer.problem);
      const known = keptList.value?.personId === personId ? keptList.value.pages : null;
      if (answer.ok) keptList.value = { personId, pages: withFirst(known, answer.value) };
    };
    void find();
    return () => calledOff.abort();
  }, [personId, isOver, turn]);

  useEffect(() => {
    if (!isOver) return;
    const timers = KEPT_AFTER_MS.map((ms) => setTimeout(() => setTurn((last) => last + 1), ms));
    return () => timers.forEach(clearTimeout);
  }, [isOver]);

  const again = (): void => setTurn((last) => last + 1);
  useComeback(problem, again);

  const pages = keptList.value?.personId === personId ? keptList.value.pages : null;
  const more = async (cursor: string): Promise<void> => {
    const answer = await listSessions(personId, cursor);
    if (!answer.ok) return tell(answer.problem.message);
    // A person may have chosen somebody else meanwhile.
    const now = keptList.value;
    if (now?.personId === personId && now.pages.next === cursor) keptList.value = { personId, pages: withMore(now.pages, answer.value) };
  };

  return (
    <>
      <div class="view-head">
        <h1 tabIndex={-1}>Sessions</h1>
        <PersonFilter people={people} />
      </div>
      {problem !== null && <Problem problem={problem} again={again} />}
      {pages?.sessions.length === 0 && <Empty isFiltered={personId !== null} />}
      {pages !== null && <Days sessions={pages.sessions} people={people} />}
      {pages !== null && pages.next !== null && <More load={() => more(pages.next ?? '')} />}
    </>
  );
}

function Days({ sessions, people }: { readonly sessions: readonly SessionLine[]; readonly people: readonly Person[] }): JSX.Element {
  return (
    <>
      {byDay(sessions).map(({ dayMs, sessions: ofDay }) => (
        <section key={dayMs} class="day">
          <h2>{dayTitle(dayMs, Date.now())}</h2>
          <ul>
            {ofDay.map((session) => (
              <SessionRow key={session.id} session={session} person={people.find(({ id }) => id === session.personId) ?? null} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function More({ load }: { readonly load: () => Promise<void> }): JSX.Element {
  const [isBusy, setBusy] = useState(false);
  const press = (): void => {
    setBusy(true);
    void load().finally(() => setBusy(false));
  };
  return <button type="button" class="quiet-button more" disabled={isBusy} onClick={press}>Earlier sessions</button>;
}
