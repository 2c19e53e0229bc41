import type { SessionLine } from '../../server/api/schemas.ts';

/** Pages that were loaded, the latest session first; `next` is where the following page begins, null after the last. */
export interface Pages {
  readonly sessions: readonly SessionLine[];
  readonly next: string | null;
}

/** The first page anew: what came or went is seen, and the pages that were loaded below it stay. */
export function withFirst(known: Pages | null, first: Pages): Pages {
  const last = first.sessions.at(-1);
  const at = known?.sessions.findIndex(({ id }) => id === last?.id) ?? -1;
  if (known === null || first.next === null || at < 0) return first;
  return { sessions: [...first.sessions, ...known.sessions.slice(at + 1)], next: known.sessions.length > at + 1 ? known.next : first.next };
}

export const withMore = (known: Pages, more: Pages): Pages => ({ sessions: [...known.sessions, ...more.sessions], next: more.next });

/** A session as it is now. */
export const withChanged = (known: Pages, line: SessionLine): Pages => ({
  ...known,
  sessions: known.sessions.map((session) => (session.id === line.id ? line : session)),
});

export const without = (known: Pages, id: string): Pages => ({ ...known, sessions: known.sessions.filter((session) => session.id !== id) });
