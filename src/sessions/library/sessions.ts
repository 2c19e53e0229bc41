import { AppError } from '../../errors.ts';
import { sessionSummary, type SessionSummaryRecord } from '../summary/summary.ts';
import { cursorOf, placeOf } from './cursor.ts';
import type { Database, Row, Value } from './database.ts';
import { isPerson } from './people.ts';
import { keptCue, keptSession, sessionLine, type KeptCue, type KeptSession, type SessionLine, type SessionPatch } from './records.ts';
import type { Rollers } from './rollers.ts';
import { assignments, notFound } from './rows.ts';

/** A session that is over. Id, start, roller and the rest are in the origin of its summary. */
export interface SessionToKeep {
  readonly summary: SessionSummaryRecord;
  readonly cues: readonly KeptCue[];
  /** Name of its recording in the data folder; null: none was made. */
  readonly file: string | null;
  readonly bytes: number;
  readonly state: SessionLine['state'];
  /** Else the person of the summary's origin, where the library knows them. */
  readonly personId?: string | null;
}

export interface SessionQuery {
  readonly personId?: string | undefined;
  /** Started at or after, and before; ms since 1970. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly limit: number;
  /** `next` of the page before. */
  readonly cursor?: string | undefined;
}

export interface SessionPage {
  /** The latest first. */
  readonly sessions: readonly SessionLine[];
  /** Leads to the next page; null: this is the last. */
  readonly next: string | null;
}

/** What names a session that is not there throws E_NOT_FOUND. */
export interface Sessions {
  /** Keeps a session, or what is now known of one that is kept; star, name and note stay. */
  keepSession(session: SessionToKeep): KeptSession;
  /** What cannot be understood is left out: its recording makes it anew. Throws E_USAGE for a cursor that is none. */
  listSessions(query: SessionQuery): SessionPage;
  getSession(id: string): KeptSession;
  hasSession(id: string): boolean;
  /** Name of the recording of a session; null: it has none, or there is no such session. */
  fileOf(id: string): string | null;
  /** The one whose id begins or ends so. Throws E_NOT_FOUND, and E_USAGE where there are several. */
  findSession(part: string): KeptSession;
  changeSession(id: string, patch: SessionPatch): KeptSession;
  star(id: string, starred: boolean): KeptSession;
  /** In the order in which they were given. */
  cuesOf(id: string): readonly KeptCue[];
  /** Of the sessions between two times, the earliest first; of other versions of a summary there is none. */
  summaries(query: Omit<SessionQuery, 'limit' | 'cursor'>): readonly SessionSummaryRecord[];
}

const LINE = `id, started_utc_ms, person_id, roller_id, source, duration_s, active_s, rolled, cue_count, starred, name, file, bytes,
  software, state`;
const CUE = 't_s, kind, level, muscle_group, side, value, limit_value, unit';
const COLUMNS = { starred: 'starred', name: 'name', note: 'note', personId: 'person_id' } as const;

const columnsOf = (row: Row) => ({
  id: row['id'],
  startedUtcMs: row['started_utc_ms'],
  personId: row['person_id'],
  rollerId: row['roller_id'],
  source: row['source'],
  durationS: row['duration_s'],
  activeS: row['active_s'],
  rolled: jsonIn(row, 'rolled'),
  cueCount: row['cue_count'],
  starred: row['starred'] === 1,
  name: row['name'],
  file: row['file'],
  bytes: row['bytes'],
  software: row['software'],
  state: row['state'],
});
function sessionOf(row: Row): KeptSession {
  const read = keptSession.safeParse({ ...columnsOf(row), note: row['note'], summary: jsonIn(row, 'summary') });
  if (read.success) return read.data;
  const hint = 'make it anew from its recording: `smart-roller library rebuild`';
  throw new AppError('E_LIBRARY', `session ${row['id']} cannot be understood`, hint, { cause: read.error });
}

function jsonIn(row: Row, column: string): unknown {
  try {
    return JSON.parse(String(row[column]));
  } catch {
    return undefined;
  }
}

export function sessionsOf(db: Database, { meetRoller }: Pick<Rollers, 'meetRoller'>): Sessions {
  const getSession = (id: string): KeptSession => {
    const row = db.first(`SELECT ${LINE}, note, summary FROM sessions WHERE id = ?`, [id]);
    if (row === undefined) throw notFound('session', id);
    return sessionOf(row);
  };
  const changeSession = (id: string, { starred, ...patch }: SessionPatch): KeptSession => {
    if (typeof patch.personId === 'string' && !isPerson(db, patch.personId)) throw notFound('person', patch.personId);
    const { sql, values } = assignments({ ...patch, starred: starred === undefined ? undefined : Number(starred) }, COLUMNS);
    if (sql !== '') db.run(`UPDATE sessions SET ${sql} WHERE id = ?`, [...values, id]);
    return getSession(id);
  };
  return {
    getSession,
    changeSession,
    star: (id, starred) => changeSession(id, { starred }),
    fileOf: (id) => (db.first('SELECT file FROM sessions WHERE id = ?', [id])?.['file'] as string | null | undefined) ?? null,
    hasSession: (id) => db.first('SELECT id FROM sessions WHERE id = ?', [id]) !== undefined,
    keepSession(session) {
      db.transaction(() => {
        const { roller, startUtc } = session.summary.origin;
        if (roller !== null) meetRoller(roller, Math.max(0, Date.parse(startUtc)));
        write(db, session);
      });
      return getSession(session.summary.origin.sessionId);
    },
    listSessions({ limit, cursor, ...query }) {
      const { sql, values } = conditionOf(query);
      const place = cursor === undefined ? null : placeOf(cursor);
      const rows = db.all(
        `SELECT ${LINE} FROM sessions WHERE ${sql}${place === null ? '' : ' AND (started_utc_ms, id) < (?, ?)'}
         ORDER BY started_utc_ms DESC, id DESC LIMIT ?`,
        [...values, ...(place === null ? [] : [place.startedUtcMs, place.id]), limit + 1],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      const next = rows.length > limit && last !== undefined ? cursorOf({ startedUtcMs: Number(last['started_utc_ms']), id: String(last['id']) }) : null;
      return { sessions: page.flatMap((row) => sessionLine.safeParse(columnsOf(row)).data ?? []), next };
    },
    findSession(part) {
      const sought = part.toLowerCase();
      if (!/^[0-9a-f-]{1,36}$/.test(sought)) throw notFound('session', part);
      const rows = db.all('SELECT id FROM sessions WHERE id LIKE ? OR id LIKE ? ORDER BY id LIMIT 3', [`${sought}%`, `%${sought}`]);
      const [first, ...more] = rows.map((row) => String(row['id']));
      if (first === undefined) throw notFound('session', part);
      if (more.length > 0) {
        throw new AppError('E_USAGE', `${part} stands for several sessions: ${[first, ...more].join(', ')}`, 'give more of the id');
      }
      return getSession(first);
    },
    cuesOf(id) {
      const rows = db.all(`SELECT ${CUE} FROM cues WHERE session_id = ? ORDER BY seq`, [id]);
      if (rows.length === 0) getSession(id);
      return rows.map((row) =>
        keptCue.parse({
          tS: row['t_s'],
          kind: row['kind'],
          level: row['level'],
          group: row['muscle_group'],
          side: row['side'],
          value: row['value'],
          limit: row['limit_value'],
          unit: row['unit'],
        }));
    },
    summaries(query) {
      const { sql, values } = conditionOf(query);
      const rows = db.all(`SELECT summary FROM sessions WHERE ${sql} ORDER BY started_utc_ms, id`, values);
      return rows.flatMap((row) => sessionSummary.safeParse(jsonIn(row, 'summary')).data ?? []);
    },
  };
}

interface Condition {
  readonly sql: string;
  readonly values: readonly Value[];
}

function conditionOf({ personId, from, to }: Omit<SessionQuery, 'limit' | 'cursor'>): Condition {
  const parts: readonly (readonly [sql: string, value: Value | undefined])[] = [
    ['person_id = ?', personId],
    ['started_utc_ms >= ?', from],
    ['started_utc_ms < ?', to],
  ];
  const given = parts.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  return { sql: ['1 = 1', ...given.map(({ sql }) => sql)].join(' AND '), values: given.map(({ value }) => value) };
}

/** Columns that are known anew each time a session is kept. */
const KNOWN = [
  'id', 'started_utc_ms', 'person_id', 'roller_id', 'source', 'duration_s', 'active_s', 'rolled', 'cue_count', 'file', 'bytes', 'software',
  'state', 'summary',
] as const;
/** Whose it is may have been said since. */
const renewed = (column: (typeof KNOWN)[number]): string =>
  column === 'person_id' ? 'person_id = COALESCE(excluded.person_id, sessions.person_id)' : `${column} = excluded.${column}`;
const KEEP = `INSERT INTO sessions (${KNOWN.join(', ')}, starred, note) VALUES (${KNOWN.map(() => '?').join(', ')}, 0, '')
  ON CONFLICT (id) DO UPDATE SET ${KNOWN.slice(1).map(renewed).join(', ')}`;

function write(db: Database, { summary, cues, file, bytes, state, personId }: SessionToKeep): void {
  const { origin, groups, plan } = summary;
  const who = personId ?? origin.person?.id ?? null;
  const rolled = groups.map(({ group, side, activeS }) => ({ group, side, activeS }));
  db.run(KEEP, [
    origin.sessionId,
    Date.parse(origin.startUtc),
    who !== null && isPerson(db, who) ? who : null,
    origin.roller?.id ?? null,
    origin.source,
    origin.durationS,
    plan.activeS,
    JSON.stringify(rolled),
    cues.length,
    file,
    bytes,
    origin.software,
    state,
    JSON.stringify(summary),
  ]);
  db.run('DELETE FROM cues WHERE session_id = ?', [origin.sessionId]);
  for (const [seq, { tS, kind, level, group, side, value, limit, unit }] of cues.entries()) {
    const values = [origin.sessionId, seq, tS, kind, level, group, side, value, limit, unit];
    db.run(`INSERT INTO cues (session_id, seq, ${CUE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, values);
  }
}
