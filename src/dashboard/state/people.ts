import { signal } from '@preact/signals';
import type { LibrarySettings, Person } from '../../server/api/schemas.ts';
import { ask, type Answer } from '../history/ask.ts';

/** Who rolls here, as the companion keeps it; null where it does not answer, and then nothing is asked about it. */
export interface People {
  readonly people: readonly Person[];
  /** Who rolls now; null: nobody in particular. */
  readonly presentId: string | null;
}

export const people = signal<People | null>(null);

export async function findPeople(): Promise<void> {
  const [list, settings] = await Promise.all([ask<{ readonly people: readonly Person[] }>('people'), ask<LibrarySettings>('settings')]);
  people.value = list.ok && settings.ok ? { people: list.value.people, presentId: settings.value.presentPersonId } : null;
}

export async function choosePerson(presentPersonId: string | null): Promise<Answer<LibrarySettings>> {
  const answer = await ask<LibrarySettings>('settings', { method: 'PATCH', body: { presentPersonId } });
  if (answer.ok && people.value !== null) people.value = { ...people.value, presentId: answer.value.presentPersonId };
  return answer;
}

/** Adds a person and has them roll now. */
export async function addPerson(person: Pick<Person, 'name' | 'massKg' | 'experience'>): Promise<Answer<unknown>> {
  const added = await ask<Person>('people', { method: 'POST', body: person });
  if (!added.ok) return added;
  if (people.value !== null) people.value = { ...people.value, people: [...people.value.people, added.value] };
  return choosePerson(added.value.id);
}
