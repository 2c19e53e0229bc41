import type { Database, Row } from './database.ts';
import { comfort, type Comfort } from './records.ts';

/** What each person finds comfortable at most on each roller; what nobody in particular does is the roller's own. */
export interface Comforts {
  /** Of everybody who has told, by person. */
  comfortsOf(rollerId: string): readonly Comfort[];
  /** Null: forgotten. Both have to be known; what is older than what is known changes nothing. */
  keepComfort(rollerId: string, { personId, load }: Pick<Comfort, 'personId'> & { readonly load: number | null }, utcMs: number): void;
}

const comfortOf = (row: Row): Comfort => comfort.parse({ personId: row['person_id'], load: row['load'], utcMs: row['utc_ms'] });

export const comfortsIn = (db: Database): Comforts => ({
  comfortsOf: (rollerId) => db.all('SELECT person_id, load, utc_ms FROM comforts WHERE roller_id = ? ORDER BY person_id', [rollerId]).map(comfortOf),
  keepComfort(rollerId, { personId, load }, utcMs) {
    if (load === null) return void db.run('DELETE FROM comforts WHERE roller_id = ? AND person_id = ?', [rollerId, personId]);
    db.run(
      `INSERT INTO comforts (roller_id, person_id, load, utc_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (roller_id, person_id) DO UPDATE SET load = excluded.load, utc_ms = excluded.utc_ms
       WHERE comforts.utc_ms <= excluded.utc_ms AND comforts.load <> excluded.load`,
      [rollerId, personId, load, utcMs],
    );
  },
});
