import { useEffect, useState } from 'preact/hooks';
import { hashOf, placeOf, type Place } from './place.ts';

/** Follows the address. */
export function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    const changes = ['hashchange', 'popstate'] as const;
    for (const change of changes) addEventListener(change, follow);
    return () => {
      for (const change of changes) removeEventListener(change, follow);
    };
  }, []);
  return placeOf(hash);
}

export const goTo = (place: Place): void => void (location.hash = hashOf(place));
