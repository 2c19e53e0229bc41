import type { JSX } from 'preact';
import { groupText } from '../view/group-text.ts';
import { dateText, timeText } from './format.ts';
import { takeIn, takenIn, type TakenIn } from './importing.ts';
import { Problem } from './problem.tsx';
import { hashOf } from './place.ts';

/** Recordings made elsewhere. */
export function ImportCard(): JSX.Element {
  const choose = (event: JSX.TargetedEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    void takeIn([...(input.files ?? [])]);
    input.value = '';
  };
  return (
    <section class="card">
      <h2>Take in a recording</h2>
      <label class="drop">
        <input class="unseen" type="file" accept=".mcap" multiple onChange={choose} />
        <b>Choose files</b>
        <span class="soft">or drop them anywhere on this page: recordings of a roller (.mcap), at most 256 MB each</span>
      </label>
      <div role="status">
        <ul class="taken">{takenIn.value.map((taken, index) => <Taken key={takenIn.value.length - index} {...taken} />)}</ul>
      </div>
    </section>
  );
}

function Taken({ name, came }: TakenIn): JSX.Element {
  return (
    <li>
      <b>{name}</b>
      {came.at === 'waiting' && <span class="soft">waits</span>}
      {came.at === 'going' && <span class="soft">is taken in, one moment</span>}
      {came.at === 'refused' && <Problem problem={came.problem} />}
      {came.at === 'kept' && (
        <span>
          {came.imported.isNew ? 'Taken in: ' : 'Was there already: '}
          <a href={hashOf({ at: 'session', id: came.imported.session.id })}>
            {dateText(came.imported.session.startedUtcMs)}, {timeText(came.imported.session.startedUtcMs)}
            {came.imported.session.rolled.map(({ group, side }) => `, ${groupText(group, side)}`)}
          </a>
        </span>
      )}
    </li>
  );
}
