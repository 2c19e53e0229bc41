import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorBody, Person } from '../../server/api/schemas.ts';
import { openSheet } from '../sheets/sheets.ts';
import { settings } from '../state/settings.ts';
import { MASS_UNIT, massIn } from '../view/units.ts';
import { deletePerson } from './api.ts';
import { chosenPerson } from './chosen-person.ts';
import { Confirm } from './confirm.tsx';
import { tickText } from './format.ts';
import { Problem } from './problem.tsx';
import type { Asked } from './use-answer.ts';

/** Who rolls here: local profiles, no account. They are added, and who rolls now is chosen, in the settings. */
export function PeopleCard({ people }: { readonly people: Asked<{ readonly people: readonly Person[] }> }): JSX.Element {
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const remove = async ({ id }: Person): Promise<void> => {
    const answer = await deletePerson(id);
    setProblem(answer.ok ? null : answer.problem);
    setLeaving(null);
    if (!answer.ok) return;
    if (chosenPerson.value === id) chosenPerson.value = null;
    people.again();
  };
  const refused = problem ?? people.problem;
  return (
    <section class="card">
      <h2>People</h2>
      <ul class="known-people">
        {people.value?.people.map((person) => (
          <li key={person.id}>
            <span><b><bdi>{person.name}</bdi></b> <span class="soft">{massText(person)}</span></span>
            <button type="button" class="quiet-button" aria-label={`Remove ${person.name}`} onClick={() => setLeaving(person)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="quiet-button" onClick={() => openSheet('settings')}>Add somebody, or say who rolls now</button>
      {refused !== null && <Problem problem={refused} />}
      {leaving !== null && (
        <Confirm
          title={`Remove ${leaving.name}?`}
          act="Remove"
          leave="Keep"
          isBusy={false}
          onAct={() => void remove(leaving)}
          onLeave={() => setLeaving(null)}
        >
          <p>The name, weight and experience go. The sessions stay, as nobody's.</p>
        </Confirm>
      )}
    </section>
  );
}

const massText = ({ massKg }: Person): string =>
  massKg === null ? '' : `${tickText(Number(massIn(settings.value.units, massKg).toFixed(1)))} ${MASS_UNIT[settings.value.units]}`;
