/** Where in the history a person is: the part of the address behind `#`, so that going back and bookmarks work. */
export type Place =
  | { readonly at: 'sessions' | 'trends' | 'library' }
  | { readonly at: 'session'; readonly id: string };

const ROOT = '#history';

export function placeOf(hash: string): Place {
  const [, at, id] = hash.split('/');
  if (at === 'session' && id !== undefined && /^[\da-f-]{36}$/i.test(id)) return { at, id };
  return at === 'trends' || at === 'library' ? { at } : { at: 'sessions' };
}

export function hashOf(place: Place): string {
  if (place.at === 'sessions') return ROOT;
  return place.at === 'session' ? `${ROOT}/session/${place.id}` : `${ROOT}/${place.at}`;
}
