import { newId } from '../../ids.ts';
import type { Database, Row } from './database.ts';
import { person, type NewPerson, type Person, type PersonPatch } from './records.ts';
import { assignments, notFound } from './rows.ts';

/** The local profiles. What names a person that is not there throws E_NOT_FOUND. */
export interface People {
  listPeople(): readonly Person[];
  getPerson(id: string): Person;
  addPerson(said: NewPerson): Person;
  changePerson(id: string, patch: PersonPatch): Person;
  /** Their sessions stay, as nobody's. */
  deletePerson(id: string): void;
}

const COLUMNS = { name: 'name', massKg: 'mass_kg', experience: 'experience' } as const;
const FIELDS = 'id, name, mass_kg, experience, created_utc_ms';

const personOf = (row: Row): Person =>
  person.parse({
    id: row['id'],
    name: row['name'],
    massKg: row['mass_kg'],
    experience: row['experience'],
    createdUtcMs: row['created_utc_ms'],
  });

export const isPerson = (db: Database, id: string): boolean => db.first('SELECT id FROM people WHERE id = ?', [id]) !== undefined;

export function peopleOf(db: Database, utcMs: () => number): People {
  const getPerson = (id: string): Person => {
    const row = db.first(`SELECT ${FIELDS} FROM people WHERE id = ?`, [id]);
    if (row === undefined) throw notFound('person', id);
    return personOf(row);
  };
  return {
    getPerson,
    listPeople: () => db.all(`SELECT ${FIELDS} FROM people ORDER BY name, id`).map(personOf),
    addPerson({ name, massKg, experience }) {
      const id = newId();
      db.run(`INSERT INTO people (${FIELDS}) VALUES (?, ?, ?, ?, ?)`, [id, name, massKg, experience, utcMs()]);
      return getPerson(id);
    },
    changePerson(id, patch) {
      const { sql, values } = assignments(patch, COLUMNS);
      if (sql !== '') db.run(`UPDATE people SET ${sql} WHERE id = ?`, [...values, id]);
      return getPerson(id);
    },
    deletePerson(id) {
      if (db.run('DELETE FROM people WHERE id = ?', [id]) === 0) throw notFound('person', id);
    },
  };
}
