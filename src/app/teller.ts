import type { StationSource } from '../server/channel.ts';
import type { Audience } from '../server/hub.ts';

/** What changes all the time is told in snapshots. */
const UNTOLD = new Set(['rssiDbm', 'batteryPct']);
const withoutUntold = (key: string, value: unknown): unknown => (UNTOLD.has(key) ? undefined : value);
const wholeDoses = (key: string, value: unknown): unknown => (key === 'doseS' ? Math.floor(value as number) : value);

/** Tells the roller and the session of a station whenever they have changed since it was last called, doses when a second has been added. */
export function createTeller(station: Pick<StationSource, 'roller' | 'session'>, audience: Pick<Audience, 'hello' | 'session'>): () => void {
  let toldRoller = 'null';
  let toldSession = '';
  return () => {
    const roller = JSON.stringify(station.roller(), withoutUntold);
    if (roller !== toldRoller) audience.hello();
    const session = JSON.stringify(station.session(), wholeDoses);
    if (session !== toldSession) audience.session();
    [toldRoller, toldSession] = [roller, session];
  };
}
