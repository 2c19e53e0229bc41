import type { JSX } from 'preact';
import type { Person } from '../../server/api/schemas.ts';
import { getLibrary } from './api.ts';
import { bytesText, countText, dateText, spanText } from './format.ts';
import { ImportCard } from './import-card.tsx';
import { takenIn } from './importing.ts';
import { PeopleCard } from './people-card.tsx';
import { Problem } from './problem.tsx';
import { Retention } from './retention.tsx';
import { useAnswer, type Asked } from './use-answer.ts';

interface Props {
  readonly people: Asked<{ readonly people: readonly Person[] }>;
}

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
            <div><dt>Sessions</dt><dd>{stats === null ? '' : countText(stats.sessions, 'session')}{stats !== null && stats.starred > 0 && `, ${stats.starred} with a star`}</dd></div>
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
          <pre tabIndex={0} aria-label="Commands for backup and restore"><code>smart-roller backup --out DIR{'\n'}smart-roller restore DIR</code></pre>
          <p class="soft">What was kept elsewhere than usual has --data DIR behind it. Names, notes, stars and people are nowhere else than in the library.</p>
        </section>
      </div>
    </>
  );
}

const rangeText = (firstUtcMs: number | null, lastUtcMs: number | null): string =>
  firstUtcMs === null || lastUtcMs === null ? 'nothing yet' : `${dateText(firstUtcMs)} to ${dateText(lastUtcMs)}`;
