import type { JSX } from 'preact';
import type { Person } from '../../server/api/schemas.ts';
import { chosenPerson } from './chosen-person.ts';

/** Of interest as soon as there is somebody to choose. */
export function PersonFilter({ people }: { readonly people: readonly Person[] }): JSX.Element | null {
  if (people.length === 0) return null;
  return (
    <label class="pick">
      <span>Who</span>
      <select value={chosenPerson.value ?? ''} onChange={(event) => (chosenPerson.value = event.currentTarget.value || null)}>
        <option value="">Everyone</option>
        {people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </select>
    </label>
  );
}
