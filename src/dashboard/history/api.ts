import type {
  Imported, KeptCue, KeptSession, LibrarySettings, LibraryStats, Person, Removed, Retained, Series, SessionsPage, Trends,
} from '../../server/api/schemas.ts';
import { addressOf, ask, type Answer } from './ask.ts';

/** The routes of docs/api.md that the history asks. */

const PAGE_SIZE = 30;
/** An hour without thinning. */
const MOST_POINTS = 36_000;

type Query = Readonly<Record<string, string | number | null | undefined>>;

export function queryOf(query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
}

type Asked<T> = Promise<Answer<T>>;

export const listSessions = (personId: string | null, cursor: string | null, signal?: AbortSignal): Asked<SessionsPage> =>
  ask(`sessions${queryOf({ personId, cursor, limit: PAGE_SIZE })}`, signal === undefined ? {} : { signal });
export const getSession = (id: string, signal: AbortSignal): Asked<KeptSession> => ask(`sessions/${id}`, { signal });
export const cuesOf = (id: string, signal: AbortSignal): Asked<{ readonly cues: readonly KeptCue[] }> =>
  ask(`sessions/${id}/cues`, { signal });
export const seriesOf = (id: string, signal: AbortSignal): Asked<Series> =>
  ask(`sessions/${id}/series${queryOf({ maxPoints: MOST_POINTS })}`, { signal });
export type SessionPatch = Partial<Pick<KeptSession, 'starred' | 'name' | 'note' | 'personId'>>;
export const changeSession = (id: string, patch: SessionPatch): Asked<KeptSession> =>
  ask(`sessions/${id}`, { method: 'PATCH', body: patch });
export const deleteSession = (id: string): Asked<Removed> => ask(`sessions/${id}`, { method: 'DELETE' });
export const importRecording = (file: Blob, personId: string | null): Asked<Imported> =>
  ask(`sessions/import${queryOf({ personId })}`, { method: 'POST', body: file });

export const listPeople = (signal: AbortSignal): Asked<{ readonly people: readonly Person[] }> => ask('people', { signal });
export const deletePerson = (id: string): Asked<undefined> => ask(`people/${id}`, { method: 'DELETE' });

export const getTrends = (personId: string | null, weeks: number, signal: AbortSignal): Asked<Trends> =>
  ask(`trends${queryOf({ personId, weeks, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone })}`, { signal });

export const getLibrary = (signal: AbortSignal): Asked<LibraryStats> => ask('library', { signal });
export const getSettings = (signal: AbortSignal): Asked<LibrarySettings> => ask('settings', { signal });
export const changeSettings = (patch: Partial<LibrarySettings>): Asked<LibrarySettings> =>
  ask('settings', { method: 'PATCH', body: patch });
export const applyRetention = ({ keepDays, keepBytes }: Pick<LibrarySettings, 'keepDays' | 'keepBytes'>): Asked<Retained> =>
  ask('library/retention', { method: 'POST', body: { maxAgeDays: keepDays, maxBytes: keepBytes } });

export const recordingAddress = (id: string): string => addressOf(`sessions/${id}/recording`);
export const exportAddress = (id: string, format: 'csv' | 'json' | 'fit' | 'report'): string =>
  addressOf(`sessions/${id}/export${queryOf({ format })}`);
