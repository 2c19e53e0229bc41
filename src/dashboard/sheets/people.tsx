import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Person } from '../../server/api/schemas.ts';
import type { Answer } from '../history/ask.ts';
import { addPerson, choosePerson, findPeople, people } from '../state/people.ts';
import { Choices } from './choices.tsx';
import { MassField, massKgOf } from './mass-field.tsx';

const NOBODY = '';
const EXPERIENCE_LABELS: readonly (readonly [Person['experience'], string])[] = [['new', 'New'], ['some', 'Some'], ['experienced', 'A lot']];

/** Whose sessions these are, and by whose weight load is judged. Absent where the companion keeps nothing. */
export function People(): JSX.Element | null {
  const [isAdding, setAdding] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => void findPeople(), []);
  const found = people.value;
  if (found === null) return null;

  const settle = (answer: Answer<unknown>): boolean => {
    setProblem(answer.ok ? null : `${answer.problem.message}. ${answer.problem.hint}`);
    return answer.ok;
  };
  const choose = async (id: string): Promise<void> => void settle(await choosePerson(id === NOBODY ? null : id));
  const add = async (person: NewPerson): Promise<void> => {
    if (settle(await addPerson(person))) setAdding(false);
  };
  return (
    <section class="people">
      <h3>Who rolls</h3>
      <label class="field">
        <span>Now</span>
        <select value={found.presentId ?? NOBODY} onChange={({ currentTarget }) => void choose(currentTarget.value)}>
          <option value={NOBODY}>Nobody in particular</option>
          {found.people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      {isAdding ? (
        <NewPersonForm onAdd={add} onCancel={() => setAdding(false)} />
      ) : (
        <button type="button" class="quiet-button" onClick={() => setAdding(true)}>Add a person</button>
      )}
      <p class="sheet-news" role="status">{problem}</p>
    </section>
  );
}

type NewPerson = Pick<Person, 'name' | 'massKg' | 'experience'>;

function NewPersonForm({ onAdd, onCancel }: { readonly onAdd: (person: NewPerson) => Promise<void>; readonly onCancel: () => void }): JSX.Element {
  const [name, setName] = useState('');
  const [mass, setMass] = useState('');
  const [experience, setExperience] = useState<Person['experience']>('new');
  const submit = (event: Event): void => {
    event.preventDefault();
    void onAdd({ name: name.trim(), massKg: massKgOf(mass), experience });
  };
  return (
    <form class="new-person" onSubmit={submit}>
      <label class="field">
        <span>Name</span>
        <input
          type="text"
          dir="auto"
          required
          maxLength={100}
          pattern=".*\S.*"
          autofocus
          value={name}
          onInput={({ currentTarget }) => setName(currentTarget.value)}
        />
      </label>
      <MassField label="Weight, if you like" mass={mass} onInput={setMass} />
      <Choices legend="Foam rolling" name="experience" options={EXPERIENCE_LABELS} value={experience} onChange={setExperience} />
      <div class="tests">
        <button type="submit" class="quiet-button">Add</button>
        <button type="button" class="quiet-button" onClick={onCancel}>Cancel</button>
      </div>
    </form>
  );
}
