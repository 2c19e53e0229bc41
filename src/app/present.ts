import { BehaviorSubject, distinctUntilChanged, map, skipWhile, type Observable } from 'rxjs';
import type { Command } from '../coaching/events.ts';
import type { Library } from '../sessions/library/library.ts';
import type { Person } from '../sessions/library/records.ts';
import { andThen } from './and-then.ts';

/** A library whose settings say who rolls at present, and who that is now. */
export interface Present {
  readonly library: Library;
  /** Null: nobody in particular. */
  readonly person$: BehaviorSubject<Person | null>;
}

/** Follows who is present through whatever is changed by way of the library it gives. */
export function presentIn(library: Library): Present {
  const find = (): Person | null => {
    const { presentPersonId } = library.settings();
    return library.listPeople().find(({ id }) => id === presentPersonId) ?? null;
  };
  const person$ = new BehaviorSubject(find());
  const follow = (): void => person$.next(find());
  return {
    person$,
    library: {
      ...library,
      changeSettings: andThen(library.changeSettings, follow),
      changePerson: andThen(library.changePerson, follow),
      deletePerson: andThen(library.deletePerson, follow),
    },
  };
}

/** The body mass of whoever is present, as commands: once it is known, and then whenever they, or it, have become another. */
export const massesOf = (person$: Observable<Person | null>): Observable<Command> =>
  person$.pipe(
    distinctUntilChanged((a, b) => a?.id === b?.id && a?.massKg === b?.massKg),
    map((person) => ({ type: 'mass' as const, massKg: person?.massKg ?? null })),
    skipWhile(({ massKg }) => massKg === null),
  );
