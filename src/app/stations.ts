import type { HubSource } from '../server/switchboard.ts';
import type { AirRoller } from '../server/wire.ts';
import type { RememberedRoller, RememberedRollers } from '../sessions/remembered.ts';
import type { Conductor } from './conductor.ts';
import type { Heard } from './radio.ts';
import { recall } from './recall.ts';
import type { Source, SourceSet } from './source.ts';

export interface StationsOptions {
  readonly source: SourceSet;
  readonly remembered: RememberedRollers;
  readonly software: string;
  /** Makes what runs a station, which is called `title` until its roller has a name. */
  readonly conduct: (source: Source, title: string) => Conductor;
}

/** The stations of a companion: a roller, a session and whoever follows it, each. */
export interface Stations extends HubSource {
  readonly stations: readonly Conductor[];
  /** One of them at least has begun. */
  readonly hasRun: boolean;
  close(): Promise<void>;
}

export function createStations({ source, remembered, software, conduct }: StationsOptions): Stations {
  const stations = source.stations.map((each, index) => conduct(each, source.stations.length === 1 ? 'roller' : `station ${index + 1}`));
  return {
    software,
    source: source.kind,
    stations,
    get hasRun() {
      return stations.some(({ hasRun }) => hasRun);
    },
    async scan() {
      const heard = source.listen === null ? [] : await source.listen();
      const present = stations.flatMap((conductor, index) => presentAt(conductor, index + 1));
      const held = new Set(present.flatMap(({ id, address }) => [id, address]));
      const others = heard.map((each) => inAir(each, remembered.all())).filter(({ id, address }) => !held.has(id ?? '') && !held.has(address ?? ''));
      return [...present, ...others];
    },
    meet: (roller, station) => stations[station - 1]!.meet(roller),
    close: async () => void (await Promise.all(stations.map((conductor) => conductor.close()))),
  };
}

type Aired = Omit<AirRoller, 'claimedBy'>;

function presentAt(conductor: Conductor, station: number): readonly Aired[] {
  const roller = conductor.roller();
  if (roller === null) return [];
  const { id, name, rssiDbm, batteryPct, protocolVersion } = roller;
  return [{ id, name, address: conductor.state.roller?.address ?? null, rssiDbm, batteryPct, protocolVersion, known: true, station }];
}

/** An advertisement has a name and an address; what else there is to tell is remembered of the roller it probably is. */
function inAir({ name, address, rssiDbm }: Heard, remembered: readonly RememberedRoller[]): Aired {
  const names = [name, address].filter((each) => each !== null).map((each) => each.toLowerCase());
  const { id = null, batteryPct = null, protocolVersion = null } = recall(remembered, names) ?? {};
  return { id, name, address, rssiDbm, batteryPct, protocolVersion, known: id !== null, station: null };
}
