import { createRequire } from 'node:module';
import process from 'node:process';
import type Sqlite from 'libsql';
import { AppError } from '../../errors.ts';
import type { Database, Row } from './database.ts';

/** How long a statement waits for another process (a command beside the service) to be done. */
const BUSY_MS = 2000;
/** SQLITE_CORRUPT and SQLITE_NOTADB, with the extended codes of the former. */
const DAMAGE = /^SQLITE_(CORRUPT|NOTADB)/;

const require = createRequire(import.meta.url);

/** Its native part is there for the usual systems only: what does without a library has to start without it. Throws E_LIBRARY. */
function loadSqlite(): typeof Sqlite {
  try {
    return require('libsql') as typeof Sqlite;
  } catch (error) {
    const [why] = String(error instanceof Error ? error.message : error).split('\n');
    const hint = `install again with npm ci on this machine (${process.platform} ${process.arch})`;
    throw new AppError('E_LIBRARY', `SQLite cannot be loaded here: ${why}`, hint, { cause: error });
  }
}

/** Why there can be no library here; null: there can. */
export function sqliteProblem(): AppError | null {
  try {
    loadSqlite();
    return null;
  } catch (error) {
    return error as AppError;
  }
}

/** The file is no database, or not a whole one. */
export class DamagedDatabase extends Error {
  override readonly name = 'DamagedDatabase';
}

/**
 * Opens a database file, or one in memory, and looks through it. All that is peculiar to SQLite is in this file. Throws
 * DamagedDatabase, or E_LIBRARY where it cannot be opened or used.
 */
export function openSqlite(file: string | null): Database {
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw translated(error, file);
    }
  };
  const SqliteDatabase = loadSqlite();
  const sqlite = guarded(() => new SqliteDatabase(file ?? ':memory:', { timeout: BUSY_MS }));
  try {
    guarded(() => prepare(sqlite));
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const statements = new Map<string, ReturnType<typeof sqlite.prepare>>();
  const prepared = (sql: string): ReturnType<typeof sqlite.prepare> => {
    const statement = statements.get(sql) ?? sqlite.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const all: Database['all'] = (sql, parameters = []) => guarded(() => prepared(sql).all(parameters) as Row[]);
  return {
    all,
    first: (sql, parameters) => all(sql, parameters)[0],
    run: (sql, parameters = []) => guarded(() => prepared(sql).run(parameters).changes),
    transaction(work) {
      if (sqlite.inTransaction) return work();
      guarded(() => sqlite.exec('BEGIN IMMEDIATE'));
      try {
        const result = work();
        guarded(() => sqlite.exec('COMMIT'));
        return result;
      } catch (error) {
        if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
        throw error;
      }
    },
    copyTo: (copy) => void guarded(() => sqlite.prepare('VACUUM INTO ?').run([copy])),
    close() {
      statements.clear();
      try {
        sqlite.pragma('journal_mode = DELETE'); // one file again, whole, where nobody else has it open
      } catch {
        // somebody has: the last one to close does it
      }
      sqlite.close();
    },
  };
}

/** Looks before it writes: what is damaged stays as it is. */
function prepare(sqlite: InstanceType<typeof Sqlite>): void {
  const [found] = sqlite.pragma('quick_check(1)') as { quick_check?: string }[];
  if (found?.quick_check !== 'ok') throw new DamagedDatabase(found?.quick_check?.replaceAll(/\s+/g, ' ') ?? 'it cannot be checked');
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = NORMAL'); // safe in WAL: a crash of the machine may cost the last commits, never the file
  sqlite.pragma('foreign_keys = ON');
}

function translated(error: unknown, file: string | null): unknown {
  if (!(error instanceof Error) || error instanceof AppError || error instanceof DamagedDatabase) return error;
  const { code, message } = error as Error & { code?: string };
  if (code !== undefined && DAMAGE.test(code)) return new DamagedDatabase(message, { cause: error });
  const isBusy = code?.startsWith('SQLITE_BUSY') === true;
  const hint = isBusy ? 'another program is writing it: try again' : 'check the folder, its permissions and the space left';
  return new AppError('E_LIBRARY', `the library ${file ?? 'in memory'} cannot be used: ${message}`, hint, { cause: error });
}
