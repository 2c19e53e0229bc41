import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { closeHistory } from '../route.ts';
import { sheet } from '../sheets/sheets.ts';
import { notice } from '../state/store.ts';
import { listPeople } from './api.ts';
import './history.css';
import { takeIn } from './importing.ts';
import { LibraryView } from './library-view.tsx';
import { LiveBar } from './live-bar.tsx';
import { hashOf, type Place } from './place.ts';
import { SessionView } from './session-view.tsx';
import { SessionsView } from './sessions-view.tsx';
import { TrendsView } from './trends-view.tsx';
import { useAnswer } from './use-answer.ts';
import { goTo, usePlace } from './use-place.ts';

const TABS = [['sessions', 'Sessions'], ['trends', 'Trends'], ['library', 'Library']] as const;

/** How far each list had been scrolled, so that a person comes back to where they were. */
const scrolledTo = new Map<string, number>();

/** What was rolled before, at `#history` and what stands behind it. */
export function History(): JSX.Element {
  const place = usePlace();
  const [isDropping, setDropping] = useState(false);
  // A sheet over this may have brought somebody new.
  const people = useAnswer(listPeople, [sheet.value]);
  const known = people.value?.people ?? [];
  // What depends on who there is would move what is there already.
  const isReady = people.value !== null || people.problem !== null;
  const main = usePlaceInFocus(place, isReady);
  useEscape(place);
  const isAt = (at: Place['at']): boolean => place.at === at || (place.at === 'session' && at === 'sessions');

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    goTo({ at: 'library' });
    void takeIn(files);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(true);
  };

  return (
    <div class="history" data-dropping={isDropping} onDragOver={over} onDragLeave={() => setDropping(false)} onDrop={drop}>
      <LiveBar />
      <nav class="tabs" aria-label="History">
        {TABS.map(([at, label]) => (
          <a key={at} href={hashOf({ at })} aria-current={isAt(at) ? 'page' : undefined}>{label}</a>
        ))}
      </nav>
      <main class="history-main" ref={main} onScroll={(event) => scrolledTo.set(hashOf(place), event.currentTarget.scrollTop)}>
        {isReady && place.at === 'sessions' && <SessionsView people={known} />}
        {isReady && place.at === 'session' && <SessionView key={place.id} id={place.id} people={known} />}
        {isReady && place.at === 'trends' && <TrendsView people={known} />}
        {isReady && place.at === 'library' && <LibraryView people={people} />}
      </main>
      {notice.value !== null && <aside class="history-notice" aria-label="News">{notice.value}</aside>}
    </div>
  );
}

/** Escape goes one step back; in a dialog it is the dialog's. */
function useEscape(place: Place): void {
  const isDeep = place.at === 'session';
  useEffect(() => {
    const escape = ({ key }: KeyboardEvent): void => {
      if (key !== 'Escape' || document.querySelector('dialog[open]') !== null) return;
      if (isDeep) goTo({ at: 'sessions' });
      else closeHistory();
    };
    addEventListener('keydown', escape);
    return () => removeEventListener('keydown', escape);
  }, [isDeep]);
}

/** A new place begins with its heading, for the eye and for a reader of the screen; a list where it was left, at the session one comes from. */
function usePlaceInFocus(place: Place, isReady: boolean) {
  const main = useRef<HTMLElement>(null);
  const hash = hashOf(place);
  const last = useRef(hash);
  useEffect(() => {
    const row = last.current === hash ? null : main.current?.querySelector<HTMLElement>(`.row-link[href="${last.current}"]`);
    (row ?? main.current?.querySelector<HTMLElement>('h1'))?.focus({ preventScroll: true });
    last.current = hash;
    main.current?.scrollTo(0, place.at === 'session' ? 0 : (scrolledTo.get(hash) ?? 0));
  }, [hash, isReady]);
  return main;
}
