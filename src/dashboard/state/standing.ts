import type { HelloMessage, RollerView } from '../../server/wire.ts';

/** Whether this page may command the roller that it watches, and why not. */
export type Standing =
  | { readonly at: 'free' }
  /** Claimed by this page. */
  | { readonly at: 'ours' }
  /** Claimed by another, under this label. */
  | { readonly at: 'theirs'; readonly label: string }
  /** The roller that this page asked for is not here: it is told of another one. */
  | { readonly at: 'astray'; readonly wanted: string };

/** The roller of the station that this page is told of; null until there is one. */
export const watchedIn = (hello: HelloMessage | null): RollerView | null => hello?.rollers.find(({ station }) => station === hello.station) ?? null;

/** As the hub sees it; `wanted` is the id of the roller that this page asked for, or null. */
export function standingOf(hello: HelloMessage | null, wanted: string | null): Standing {
  const watched = watchedIn(hello);
  if (hello !== null && wanted !== null && watched?.id !== wanted) return { at: 'astray', wanted };
  if (hello?.holdsClaim === true) return { at: 'ours' };
  const label = watched?.claimedBy ?? null;
  return label === null ? { at: 'free' } : { at: 'theirs', label };
}

/** Somebody was told to meet a roller, by whatever name it was shown under; `before`: the one that was watched then. */
export interface Meeting {
  readonly roller: string;
  readonly before: string | null;
}

/** Who has come of it: null while the place is empty, or still has the one of before. */
export function metIn(hello: HelloMessage, { roller, before }: Meeting): RollerView | null {
  const watched = watchedIn(hello);
  return watched !== null && (watched.id === roller || watched.name === roller || watched.id !== before) ? watched : null;
}
