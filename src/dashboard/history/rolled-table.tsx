import type { JSX } from 'preact';
import { settings } from '../state/settings.ts';
import { groupText } from '../view/group-text.ts';
import { MEASURES, type Rolled } from './measures.ts';

type Groups = { readonly groups: readonly Rolled[] };

/** Each muscle and side: a table where there is room to compare, else one card after the other. CSS shows one of the two. */
export function RolledTable({ groups }: Groups): JSX.Element {
  return (
    <section class="card wide rolled">
      <h2>How it was rolled</h2>
      {groups.length === 0 && <p>No contact: nothing was rolled.</p>}
      {groups.length > 0 && <Table groups={groups} />}
      {groups.length > 0 && <Cards groups={groups} />}
    </section>
  );
}

function Table({ groups }: Groups): JSX.Element {
  const { units } = settings.value;
  return (
    <table class="rolled-table">
      <thead>
        <tr>
          <th scope="col">Muscle and side</th>
          {MEASURES.map(({ label, means }) => <th key={label} scope="col">{label}<small>{means}</small></th>)}
        </tr>
      </thead>
      <tbody>
        {groups.map((rolled) => (
          <tr key={`${rolled.group} ${rolled.side}`}>
            <th scope="row">{groupText(rolled.group, rolled.side)}</th>
            {MEASURES.map(({ label, of, flags }) => <td key={label} data-flagged={flags?.(rolled) ?? false}>{of(rolled, units)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cards({ groups }: Groups): JSX.Element {
  const { units } = settings.value;
  return (
    <div class="rolled-cards">
      {groups.map((rolled) => (
        <section key={`${rolled.group} ${rolled.side}`}>
          <h3>{groupText(rolled.group, rolled.side)}</h3>
          <dl>
            {MEASURES.map(({ label, means, of, flags }) => (
              <div key={label}>
                <dt>{label}<small>{means}</small></dt>
                <dd data-flagged={flags?.(rolled) ?? false}>{of(rolled, units)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
