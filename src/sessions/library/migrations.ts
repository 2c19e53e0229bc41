import { AppError } from '../../errors.ts';
import type { Database } from './database.ts';

/** What stood beside the library before there was one: the rollers of calibrations.json, and when each value was found. */
export interface Inheritance {
  readonly calibrations: readonly {
    readonly rollerId: string;
    readonly radiusCm: number | null;
    readonly forceScale: number | null;
    readonly comfortLoad: number | null;
    readonly utcMs: { readonly radius: number | null; readonly force: number | null; readonly comfort: number | null };
  }[];
}

/** A step of the schema, and of what is in it: forward only, each in a transaction of its own. Never changed once it was published. */
interface Migration {
  readonly name: string;
  readonly apply: (db: Database, inheritance: Inheritance) => void;
}

const inSql =
  (...statements: readonly string[]): Migration['apply'] =>
  (db) => {
    for (const statement of statements) db.run(statement);
  };

const MIGRATIONS: readonly Migration[] = [
  {
    name: 'people, rollers, sessions, cues, settings',
    apply: inSql(
      `CREATE TABLE people (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        mass_kg DOUBLE PRECISION,
        experience TEXT NOT NULL,
        created_utc_ms BIGINT NOT NULL
      )`,
      `CREATE TABLE rollers (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        tool TEXT,
        last_seen_utc_ms BIGINT,
        radius_cm DOUBLE PRECISION,
        radius_utc_ms BIGINT,
        force_scale DOUBLE PRECISION,
        force_utc_ms BIGINT,
        comfort_load DOUBLE PRECISION,
        comfort_utc_ms BIGINT
      )`,
      `CREATE TABLE sessions (
        id TEXT NOT NULL PRIMARY KEY,
        started_utc_ms BIGINT NOT NULL,
        person_id TEXT REFERENCES people (id) ON DELETE SET NULL,
        roller_id TEXT REFERENCES rollers (id) ON DELETE SET NULL,
        source TEXT NOT NULL,
        duration_s DOUBLE PRECISION NOT NULL,
        active_s DOUBLE PRECISION NOT NULL,
        rolled TEXT NOT NULL,
        cue_count BIGINT NOT NULL,
        starred SMALLINT NOT NULL,
        name TEXT,
        note TEXT NOT NULL,
        file TEXT,
        bytes BIGINT NOT NULL,
        software TEXT NOT NULL,
        state TEXT NOT NULL,
        summary TEXT NOT NULL
      )`,
      'CREATE INDEX sessions_by_start ON sessions (started_utc_ms, id)',
      'CREATE INDEX sessions_by_person ON sessions (person_id, started_utc_ms, id)',
      `CREATE TABLE cues (
        session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        seq BIGINT NOT NULL,
        t_s DOUBLE PRECISION NOT NULL,
        kind TEXT NOT NULL,
        level SMALLINT NOT NULL,
        muscle_group TEXT NOT NULL,
        side TEXT NOT NULL,
        value DOUBLE PRECISION NOT NULL,
        limit_value DOUBLE PRECISION NOT NULL,
        PRIMARY KEY (session_id, seq)
      )`,
      `CREATE TABLE settings (
        name TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      )`,
    ),
  },
  {
    name: 'calibrations.json',
    apply(db, { calibrations }) {
      for (const { rollerId, radiusCm, forceScale, comfortLoad, utcMs } of calibrations) {
        db.run(
          `INSERT INTO rollers (id, name, radius_cm, radius_utc_ms, force_scale, force_utc_ms, comfort_load, comfort_utc_ms)
           VALUES (?, 'Roller', ?, ?, ?, ?, ?, ?)`,
          [rollerId, radiusCm, utcMs.radius, forceScale, utcMs.force, comfortLoad, utcMs.comfort],
        );
      }
    },
  },
  {
    name: 'what each person finds comfortable',
    apply: inSql(
      `CREATE TABLE comforts (
        roller_id TEXT NOT NULL REFERENCES rollers (id) ON DELETE CASCADE,
        person_id TEXT NOT NULL REFERENCES people (id) ON DELETE CASCADE,
        load DOUBLE PRECISION NOT NULL,
        utc_ms BIGINT NOT NULL,
        PRIMARY KEY (roller_id, person_id)
      )`,
    ),
  },
  { name: 'what the numbers of a cue are in', apply: inSql('ALTER TABLE cues ADD COLUMN unit TEXT') },
];

/** Brings a library up to this software. Returns whether it was empty before. Throws E_LIBRARY_NEWER, E_LIBRARY, DamagedDatabase. */
export function migrate(db: Database, utcMs: number, inheritance: Inheritance): boolean {
  db.run('CREATE TABLE IF NOT EXISTS migrations (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied_utc_ms BIGINT NOT NULL)');
  const present = versionOf(db);
  if (present > MIGRATIONS.length) {
    const message = `the library is of version ${present}, this software knows ${MIGRATIONS.length}`;
    throw new AppError('E_LIBRARY_NEWER', message, 'update smart-roller');
  }
  for (const [index, { name, apply }] of MIGRATIONS.entries()) {
    const version = index + 1;
    if (version <= present) continue;
    db.transaction(() => {
      if (versionOf(db) >= version) return; // another process was first
      apply(db, inheritance);
      db.run('INSERT INTO migrations (version, name, applied_utc_ms) VALUES (?, ?, ?)', [version, name, utcMs]);
    });
  }
  return present === 0;
}

const versionOf = (db: Database): number => Number(db.first('SELECT MAX(version) AS version FROM migrations')?.['version'] ?? 0);
