import type { Clock } from '../clock.ts';
import { createHub, type Hub } from '../server/hub.ts';
import type { Log } from '../server/log.ts';
import { createStations, type Stations, type StationsOptions } from './stations.ts';

export interface OnAirOptions extends StationsOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/** Stations that run, and the hub that tells of them. */
export interface OnAir {
  readonly stations: Stations;
  readonly hub: Hub;
  /** Ends connections, then stations; the source is for whoever opened it. */
  close(): Promise<void>;
}

export function goOnAir({ clock, log, ...options }: OnAirOptions): OnAir {
  const stations = createStations(options);
  const hub = createHub({ source: stations, clock, log });
  for (const [index, conductor] of stations.stations.entries()) conductor.open(hub.audiences[index]!);
  return {
    stations,
    hub,
    async close() {
      await hub.close();
      await stations.close();
    },
  };
}
