import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ErrorBody, Person } from '../../server/api/schemas.ts';
import { MassField, massKgOf } from '../sheets/mass-field.tsx';
import { settings } from '../state/settings.ts';
import { MASS_UNIT, massIn } from '../view/units.ts';
import { addPerson, changeSettings, deletePerson, getSettings } from './api.ts';
import { chosenPerson } from './chosen-person.ts';
import { Confirm } from './confirm.tsx';
import { numberText } from './format.ts';
import { Problem } from './problem.tsx';
import { useAnswer, type Asked } from './use-answer.ts';

/** Who rolls here: local profiles, no account. */
export function PeopleCard({ people }: { readonly people: Asked<{ readonly people: readonly Person[] }> }): JSX.Element {
  const chosen = useAnswer(getSettings, []);
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const known = people.value?.people ?? [];

  const choose = async (id: string | null): Promise<void> => {
    const answer = await changeSettings({ presentPersonId: id });
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) chosen.know(answer.value);
  };
  const remove = async ({ id }: Person): Promise<void> => {
    const answer = await deletePerson(id);
    setProblem(answer.ok ? null : answer.problem);
    setLeaving(null);
    if (!answer.ok) return;
    if (chosenPerson.value === id) chosenPerson.value = null;
    people.again();
    chosen.again();
  };
  const refused = problem ?? people.problem ?? chosen.problem;
  return (
    <section class="card">
      <h2>People</h2>
      <ul class="people">
        {known.map((person) => (
          <li key={person.id}>
            <span><b>{person.name}</b> <span class="soft">{massText(person)}</span></span>
            <button type="button" class="quiet-button" aria-label={`Remove ${person.name}`} onClick={() => setLeaving(person)}>
              Remove
            </button>
          </li>
        ))}
      </ul>
      {known.length > 0 && (
        <label class="field">
          <span>Who rolls now</span>
          <select value={chosen.value?.presentPersonId ?? ''} onChange={(event) => void choose(event.currentTarget.value || null)}>
            <option value="">Nobody in particular</option>
            {known.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
          </select>
        </label>
      )}
      <NewPerson added={people.again} />
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
  massKg === null ? '' : `${numberText(massIn(settings.value.units, massKg))} ${MASS_UNIT[settings.value.units]}`;

function NewPerson({ added }: { readonly added: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [mass, setMass] = useState('');
  const [problem, setProblem] = useState<ErrorBody | null>(null);
  const add = async (event: Event): Promise<void> => {
    event.preventDefault();
    const answer = await addPerson({ name: name.trim(), massKg: massKgOf(mass) });
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return;
    setName('');
    setMass('');
    added();
  };
  return (
    <form class="new-person" onSubmit={(event) => void add(event)}>
      <label class="field">
        <span>Somebody new</span>
        <input type="text" required maxLength={100} value={name} onInput={(event) => setName(event.currentTarget.value)} />
      </label>
      <MassField label="Weight, if known" mass={mass} onInput={setMass} />
      <button type="submit" class="quiet-button">Add</button>
      {problem !== null && <Problem problem={problem} />}
    </form>
  );
}
