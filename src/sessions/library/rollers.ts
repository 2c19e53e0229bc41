import type { RollerCalibration } from '../../motion/calibration-values.ts';
import { comfortsIn, type Comforts } from './comforts.ts';
import type { Database, Row } from './database.ts';
import { isPerson } from './people.ts';
import { roller, type Roller, type RollerPatch } from './records.ts';
import { notFound } from './rows.ts';

/** Rollers that were met, by device id. */
export interface Rollers extends Comforts {
  listRollers(): readonly Roller[];
  /** Throws E_NOT_FOUND. */
  getRoller(id: string): Roller;
  /** Null: it has not been met. */
  findRoller(id: string): Roller | null;
  /** It was there at `utcMs`: added, or brought up to date where that is later than what is known. A name that a person gave stays. */
  meetRoller(met: Pick<Roller, 'id' | 'name' | 'tool'>, utcMs: number): void;
  /** What a person says of it, which counts as found at `utcMs`; null: not calibrated. Throws E_NOT_FOUND, also of a person. */
  changeRoller(id: string, patch: RollerPatch, utcMs: number): Roller;
  /** What was found of a roller, known or not, at `utcMs`. A null, and what is older than what is known, changes nothing. */
  calibrateRoller(id: string, found: RollerCalibration, utcMs: number): void;
}

/** Where each measured value is kept, and when it was found. */
const MEASURED = {
  radiusCm: ['radius_cm', 'radius_utc_ms'],
  forceScale: ['force_scale', 'force_utc_ms'],
  comfortLoad: ['comfort_load', 'comfort_utc_ms'],
} as const;
type Measured = keyof typeof MEASURED;
const MEASURES = Object.keys(MEASURED) as Measured[];

const FIELDS = `id, name, tool, last_seen_utc_ms, ${Object.values(MEASURED).flat().join(', ')}`;

const rollerOf = (row: Row, { comfortsOf }: Comforts): Roller =>
  roller.parse({
    id: row['id'],
    name: row['name'],
    tool: row['tool'],
    lastSeenUtcMs: row['last_seen_utc_ms'],
    radiusCm: row['radius_cm'],
    radiusUtcMs: row['radius_utc_ms'],
    forceScale: row['force_scale'],
    forceUtcMs: row['force_utc_ms'],
    comfortLoad: row['comfort_load'],
    comfortUtcMs: row['comfort_utc_ms'],
    comforts: comfortsOf(row['id'] as string),
  });

export function rollersOf(db: Database): Rollers {
  const comforts = comfortsIn(db);
  const findRoller = (id: string): Roller | null => {
    const row = db.first(`SELECT ${FIELDS} FROM rollers WHERE id = ?`, [id]);
    return row === undefined ? null : rollerOf(row, comforts);
  };
  const getRoller = (id: string): Roller => {
    const found = findRoller(id);
    if (found === null) throw notFound('roller', id);
    return found;
  };
  return {
    ...comforts,
    findRoller,
    getRoller,
    listRollers: () => db.all(`SELECT ${FIELDS} FROM rollers ORDER BY COALESCE(last_seen_utc_ms, 0) DESC, id`).map((row) => rollerOf(row, comforts)),
    meetRoller({ id, name, tool }, utcMs) {
      db.run(
        `INSERT INTO rollers (id, name, tool, last_seen_utc_ms) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
           name = CASE WHEN rollers.last_seen_utc_ms IS NULL THEN excluded.name ELSE rollers.name END,
           tool = excluded.tool,
           last_seen_utc_ms = excluded.last_seen_utc_ms
         WHERE rollers.last_seen_utc_ms IS NULL OR rollers.last_seen_utc_ms < excluded.last_seen_utc_ms`,
        [id, name, tool, utcMs],
      );
    },
    changeRoller(id, patch, utcMs) {
      db.transaction(() => {
        if (patch.name !== undefined) db.run('UPDATE rollers SET name = ? WHERE id = ?', [patch.name, id]);
        for (const measure of MEASURES) {
          const [value, time] = MEASURED[measure];
          const given = patch[measure];
          if (given === undefined) continue;
          db.run(`UPDATE rollers SET ${value} = ?, ${time} = ? WHERE id = ?`, [given, given === null ? null : utcMs, id]);
        }
        for (const given of patch.comforts ?? []) {
          if (!isPerson(db, given.personId)) throw notFound('person', given.personId);
          comforts.keepComfort(getRoller(id).id, given, utcMs);
        }
      });
      return getRoller(id);
    },
    calibrateRoller(id, found, utcMs) {
      db.transaction(() => {
        db.run("INSERT INTO rollers (id, name) VALUES (?, 'Roller') ON CONFLICT (id) DO NOTHING", [id]);
        for (const measure of MEASURES) {
          const [value, time] = MEASURED[measure];
          const now = found[measure] ?? null;
          if (now === null) continue;
          db.run(
            `UPDATE rollers SET ${value} = ?, ${time} = ?
             WHERE id = ? AND (${value} IS NULL OR ${value} <> ?) AND (${time} IS NULL OR ${time} <= ?)`,
            [now, utcMs, id, now, utcMs],
          );
        }
      });
    },
  };
}
