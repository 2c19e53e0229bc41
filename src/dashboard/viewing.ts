import { hashOf } from './history/place.ts';

/** The kept session that this page plays, by its address; null: it shows who rolls now. */
export const viewedSession: string | null = new URL(location.href).searchParams.get('session');

/** Where a kept session is played, from a session time on, s. */
export const viewingAddress = (session: string, fromS = 0): string => `./?${new URLSearchParams({ session, ...(fromS > 0 && { from: fromS.toFixed(1) }) })}`;

/** From there back to what is kept of it. */
export const leaveAddress = (session: string): string => `./${hashOf({ at: 'session', id: session })}`;

/** Whence the address asks it to be played, s; null: it does not say. */
export function askedFromS(): number | null {
  const fromS = Number.parseFloat(new URL(location.href).searchParams.get('from') ?? '');
  return fromS >= 0 ? fromS : null;
}

/** It has been gone to: a page that is loaded again goes on where it is. */
export function forgetFrom(): void {
  const address = new URL(location.href);
  address.searchParams.delete('from');
  history.replaceState(null, '', address);
}
