import type { JSX } from 'preact';
import { GROUPS } from '../../guide/groups.ts';
import { settings } from '../state/settings.ts';
import { groupText, sideText } from '../view/group-text.ts';
import { byMuscle, type Muscle } from './by-muscle.ts';
import { MEASURES, type Rolled } from './measures.ts';

type Groups = { readonly groups: readonly Rolled[] };

/** Each muscle and side: one table where there is room for it, else one for each muscle. CSS shows one of the two. */
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
  return <div class="rolled-cards">{byMuscle(groups).map((muscle) => <Card key={muscle.group} {...muscle} />)}</div>;
}

/** Left beside right, which is what one compares. */
function Card({ group, sides }: Muscle<Rolled>): JSX.Element {
  const { units } = settings.value;
  return (
    <table>
      <caption>{GROUPS[group].name}</caption>
      <thead>
        <tr>
          <td />
          {sides.map(({ side }) => <th key={side} scope="col">{sideText(side)}</th>)}
        </tr>
      </thead>
      <tbody>
        {MEASURES.map(({ label, means, of, flags }) => (
          <tr key={label}>
            <th scope="row">{label}<small>{means}</small></th>
            {sides.map((rolled) => <td key={rolled.side} data-flagged={flags?.(rolled) ?? false}>{of(rolled, units)}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
