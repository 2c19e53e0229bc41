import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../clock.ts';
import type { PipelineConfig } from '../../pipeline.ts';
import { AppError } from '../../errors.ts';
import { writeError } from '../file-errors.ts';
import type { Database } from './database.ts';
import { LIBRARY_FILE, pathIn, stampOf } from './folder.ts';
import { readInheritance } from './inheritance.ts';
import { migrate, type Inheritance } from './migrations.ts';
import { peopleOf, type People } from './people.ts';
import { recordingsOf, type Recordings } from './recordings.ts';
import { libraryStats, type LibraryStats } from './records.ts';
import { removalOf, type Removal } from './removal.ts';
import { rollersOf, type Rollers } from './rollers.ts';
import { sessionsOf, type Sessions } from './sessions.ts';
import { settingsOf, type Settings } from './settings.ts';
import { DamagedDatabase, openSqlite } from './sqlite.ts';
import { unusableDatabase } from './unusable.ts';

/** What a companion keeps: people, rollers, sessions, cues, settings. The recordings are files beside it. */
export interface Library extends People, Rollers, Sessions, Settings, Recordings, Removal {
  /** Null: in memory, without recordings. */
  readonly folder: string | null;
  /** What was wrong with what was there, in a sentence; null: nothing. */
  readonly damage: string | null;
  /** It was begun just now; recordings that are there already come in by `catchUp`. */
  readonly isNew: boolean;
  readonly stats: () => LibraryStats;
  /** Where the recording of a session lies; null: it has none. */
  readonly recordingPath: (session: { readonly file: string | null }) => string | null;
  /** Writes a consistent copy of the library's own file, while it is in use. */
  readonly copyTo: (file: string) => void;
  /** Nothing is left open; one file is left. */
  readonly close: () => void;
}

export interface LibraryOptions {
  readonly clock: Pick<Clock, 'utcMs'>;
  /** Thresholds for recordings that do not tell theirs. */
  readonly coaching: PipelineConfig['coaching'];
}

/**
 * Opens the library of a data folder, which is made if need be; without a folder it lasts as long as the program. A damaged one is set
 * aside and told, and a new one begun. Rejects with E_LIBRARY_NEWER, E_LIBRARY, E_FILE_WRITE, E_FILE_READ.
 */
export async function openLibrary(folder: string | null, { clock, coaching }: LibraryOptions): Promise<Library> {
  if (folder !== null) await mkdir(folder, { recursive: true }).catch((error: unknown) => Promise.reject(writeError(folder, error)));
  const inheritance = await readInheritance(folder, clock.utcMs());
  const opened = await openWhole(folder, clock.utcMs(), inheritance);
  const damage = [inheritance.damage, opened.damage].filter((found) => found !== null).join('; ') || null;
  return libraryOver({ ...opened, damage }, folder, { clock, coaching });
}

/** Stands in for a library where there can be none: whatever is asked of it throws why. */
export const noLibrary = (problem: AppError, options: LibraryOptions): Library => ({
  ...libraryOver({ db: unusableDatabase(problem), isNew: true, damage: null }, null, options),
  ...noRecordings(problem),
});

function libraryOver({ db, isNew, damage }: Opened, folder: string | null, { clock, coaching }: LibraryOptions): Library {
  const utcMs = (): number => clock.utcMs();
  const rollers = rollersOf(db);
  const sessions = sessionsOf(db, rollers);
  return {
    folder,
    isNew,
    damage,
    ...peopleOf(db, utcMs),
    ...rollers,
    ...sessions,
    ...settingsOf(db),
    ...(folder === null ? noRecordings(IN_MEMORY) : recordingsOf({ folder, coaching, sessions, rollers })),
    ...removalOf({ db, folder, sessions, utcMs }),
    stats: () => statsOf(db),
    recordingPath: ({ file }) => (file === null || folder === null ? null : pathIn(folder, file)),
    copyTo: (file) => db.copyTo(file),
    close: () => db.close(),
  };
}

interface Opened {
  readonly db: Database;
  readonly isNew: boolean;
  readonly damage: string | null;
}

async function openWhole(folder: string | null, utcMs: number, inheritance: Inheritance): Promise<Opened> {
  const file = folder === null ? null : path.join(folder, LIBRARY_FILE);
  try {
    return { ...openMigrated(file, utcMs, inheritance), damage: null };
  } catch (error) {
    if (!(error instanceof DamagedDatabase) || file === null) throw error;
    const aside = await setAside(file, utcMs);
    const damage = `the library ${file} is damaged (${error.message}) and is now ${aside}; a new one was begun`;
    return { ...openMigrated(file, utcMs, inheritance), damage };
  }
}

function openMigrated(file: string | null, utcMs: number, inheritance: Inheritance): Omit<Opened, 'damage'> {
  const db = openSqlite(file);
  try {
    return { db, isNew: migrate(db, utcMs, inheritance) };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** With the log that belongs to it. */
async function setAside(file: string, utcMs: number): Promise<string> {
  const aside = file.replace(/\.db$/, `.broken-${stampOf(utcMs)}.db`);
  for (const suffix of ['', '-wal', '-shm']) {
    await rename(`${file}${suffix}`, `${aside}${suffix}`).catch((error: unknown) => {
      if (suffix === '') throw writeError(aside, error);
    });
  }
  return aside;
}

function statsOf(db: Database): LibraryStats {
  const row = db.first(
    `SELECT COUNT(*) AS sessions, COALESCE(SUM(starred), 0) AS starred, COALESCE(SUM(bytes), 0) AS bytes,
       COALESCE(SUM(duration_s), 0) AS "durationS", COALESCE(SUM(active_s), 0) AS "activeS",
       MIN(started_utc_ms) AS "firstUtcMs", MAX(started_utc_ms) AS "lastUtcMs",
       (SELECT COUNT(*) FROM people) AS people, (SELECT COUNT(*) FROM rollers) AS rollers
     FROM sessions`,
  );
  return libraryStats.parse(row);
}

const IN_MEMORY = new AppError('E_LIBRARY', 'this library is in memory: it keeps no recordings', 'give a data folder with --data');

function noRecordings(why: AppError): Recordings {
  const refuse = (): Promise<never> => Promise.reject(why);
  return { keepRecording: refuse, importRecording: refuse, rebuild: refuse, catchUp: () => Promise.resolve({ kept: 0, skipped: [] }) };
}
