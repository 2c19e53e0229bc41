import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SAFETY_NOTE } from '../../guide/cue-words.ts';
import type { KeptSession, Person } from '../../server/api/schemas.ts';
import { getSession } from './api.ts';
import { Balance } from './balance.tsx';
import { CueList } from './cue-list.tsx';
import { DeleteSession } from './delete-session.tsx';
import { Done } from './done.tsx';
import { Files } from './files.tsx';
import { longDateText, numberText, spanText, timeText } from './format.ts';
import { keep } from './kept-list.ts';
import { Notes } from './notes.tsx';
import { PlayAgain } from './play-again.tsx';
import { Problem } from './problem.tsx';
import { qualityWords } from './quality-words.ts';
import { RolledTable } from './rolled-table.tsx';
import { SpeedCard } from './speed-card.tsx';
import { Star } from './star.tsx';
import { Tags } from './tags.tsx';
import { useAnswer } from './use-answer.ts';
import { hashOf } from './place.ts';

/** One session, in the order in which a physiotherapist reads it (docs/summaries.md). */
export function SessionView({ id, people }: { readonly id: string; readonly people: readonly Person[] }): JSX.Element {
  const { value: session, problem, again, know } = useAnswer((signal) => getSession(id, signal), [id]);
  const changed = (now: KeptSession): void => {
    know(now);
    keep(now);
  };
  return (
    <article class="session">
      <a class="all" href={hashOf({ at: 'sessions' })}>All sessions</a>
      {problem !== null && <><h1 tabIndex={-1}>Session</h1><Problem problem={problem} again={again} /></>}
      {session === null && problem === null && <h1 aria-busy="true">Session</h1>}
      {session !== null && <Told session={session} people={people} changed={changed} />}
    </article>
  );
}

interface Props {
  readonly session: KeptSession;
  readonly people: readonly Person[];
  readonly changed: (session: KeptSession) => void;
}

function Told({ session, people, changed }: Props): JSX.Element {
  const { summary, starred, id } = session;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <header class="session-head">
        <div>
          <h1 ref={heading} tabIndex={-1} dir="auto">{session.name ?? longDateText(session.startedUtcMs)}</h1>
          <p class="soft">{aboutText(session)} <Tags session={session} /></p>
        </div>
        <PlayAgain session={session} />
        <Star id={id} starred={starred} onChange={(now) => changed({ ...session, starred: now })} />
      </header>
      <Done summary={summary} />
      <RolledTable groups={summary.groups} />
      <SpeedCard session={session} />
      <div class="wide beside">
        <Balance summary={summary} />
        <section class="card">
          <h2>Pain</h2>
          <p>{painSentence(summary.pain)}</p>
        </section>
        <CueList session={session} />
        <Quality session={session} />
      </div>
      <Notes session={session} people={people} changed={changed} />
      <Files session={session} />
      <DeleteSession session={session} />
      <p class="safety">{SAFETY_NOTE} Which muscle and which side are as the person chose.</p>
    </>
  );
}

function aboutText({ startedUtcMs, durationS, name, summary: { origin } }: KeptSession): string {
  const when = name === null ? timeText(startedUtcMs) : `${longDateText(startedUtcMs)}, ${timeText(startedUtcMs)}`;
  const scenario = origin.scenario === null ? null : `scenario ${origin.scenario}`;
  return [when, `${spanText(durationS)} long`, origin.roller?.name, scenario].filter(Boolean).join(' \u00b7 ');
}

function painSentence({ beforeNrs, worstNrs, afterNrs, reports }: KeptSession['summary']['pain']): string {
  if (reports === 0) return 'Not reported.';
  const [before, worst, after] = [beforeNrs, worstNrs, afterNrs].map((nrs) => (nrs === null ? 'not reported' : numberText(nrs)));
  return `Of 10: before ${before}, at its worst ${worst}, after ${after}.`;
}

function Quality({ session: { summary } }: { readonly session: KeptSession }): JSX.Element {
  const { word, said } = qualityWords(summary.quality);
  return (
    <section class="card">
      <h2>The data: {word.toLowerCase()}</h2>
      <ul class="lines">{said.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}
