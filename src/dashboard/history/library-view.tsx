import type { JSX } from 'preact';
import type { LibraryStats, Person } from '../../server/api/schemas.ts';
import { getLibrary } from './api.ts';
import { bytesText, countText, dateText, numberText, spanText } from './format.ts';
import { ImportCard } from './import-card.tsx';
import { takenIn } from './importing.ts';
import { PeopleCard } from './people-card.tsx';
import { Problem } from './problem.tsx';
import { Retention } from './retention.tsx';
import { useAnswer, type Asked } from './use-answer.ts';

interface Props {
  readonly people: Asked<{ readonly people: readonly Person[] }>;
}

const BACKUP = 'smart-roller backup --out COPY\nsmart-roller restore COPY';

/** All that is kept, as a whole: how much, for how long, whose, and how it is made safe. */
export function LibraryView({ people }: Props): JSX.Element {
  const { value: stats, problem, again } = useAnswer(getLibrary, [takenIn.value]);
  return (
    <>
      <div class="view-head"><h1 tabIndex={-1}>Library</h1></div>
      {problem !== null && <Problem problem={problem} again={again} />}
      <div class="cards">
        <section class="card">
          <h2>What is kept</h2>
          <dl class="stats">
            <div><dt>Sessions</dt><dd>{stats === null ? '' : sessionsText(stats)}</dd></div>
            <div><dt>From, to</dt><dd>{stats === null ? '' : rangeText(stats.firstUtcMs, stats.lastUtcMs)}</dd></div>
            <div><dt>In contact</dt><dd>{stats === null ? '' : spanText(stats.activeS)}</dd></div>
            <div><dt>Recordings</dt><dd>{stats === null ? '' : bytesText(stats.bytes)}</dd></div>
          </dl>
          <p class="soft">Everything is on the machine that the companion runs on, and stays there.</p>
        </section>
        <ImportCard />
        <Retention onClean={again} />
        <PeopleCard people={people} />
        <section class="card">
          <h2>Make it safe</h2>
          <p>One command copies everything, while the companion runs; another brings it back.</p>
          <pre tabIndex={0} role="region" aria-label="Commands for backup and restore"><code>{BACKUP}</code></pre>
          <p class="soft">
            Add <code>--data DIR</code> where that is how the companion was started. Names, notes, stars and people are in the library alone: a copy is
            what keeps them.
          </p>
        </section>
      </div>
    </>
  );
}

const sessionsText = ({ sessions, starred }: LibraryStats): string =>
  `${countText(sessions, 'session')}${starred === 0 ? '' : `, ${numberText(starred)} with a star`}`;

const rangeText = (firstUtcMs: number | null, lastUtcMs: number | null): string =>
  firstUtcMs === null || lastUtcMs === null ? 'nothing yet' : `${dateText(firstUtcMs)} to ${dateText(lastUtcMs)}`;
