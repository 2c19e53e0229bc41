import { presentLedger } from '../coaching/state.ts';
import type { PipelineState } from '../pipeline.ts';
import type { StationSource } from '../server/channel.ts';
import type { Audience } from '../server/hub.ts';

/** Tells the roller and the session of a station whenever they have changed, doses when a second has been added. */
export interface Teller {
  /** Anything may have changed. */
  look(): void;
  /** A frame has come: looks only where it has changed something that is told, which few do. */
  lookAfterFrame(state: PipelineState): void;
}

/** What changes all the time is told in snapshots. */
const UNTOLD = new Set(['rssiDbm', 'batteryPct']);
const withoutUntold = (key: string, value: unknown): unknown => (UNTOLD.has(key) ? undefined : value);
const wholeDoses = (key: string, value: unknown): unknown => (key === 'doseS' ? Math.floor(value as number) : value);

/** What frames can change of it: who the roller is, how the session stands, and the dose. */
function broughtByFrames({ info, coaching }: PipelineState): readonly unknown[] {
  const doseS = presentLedger(coaching)?.activeS ?? 0;
  return [info, coaching.session, doseS > 0, Math.floor(doseS)];
}

export function createTeller(station: Pick<StationSource, 'roller' | 'session'>, audience: Pick<Audience, 'hello' | 'session'>): Teller {
  let toldRoller = 'null';
  let toldSession = '';
  let brought: readonly unknown[] = [];

  function look(): void {
    const roller = JSON.stringify(station.roller(), withoutUntold);
    if (roller !== toldRoller) audience.hello();
    const session = JSON.stringify(station.session(), wholeDoses);
    if (session !== toldSession) audience.session();
    [toldRoller, toldSession] = [roller, session];
  }

  return {
    look,
    lookAfterFrame(state) {
      const before = brought;
      brought = broughtByFrames(state);
      if (brought.some((fact, index) => fact !== before[index])) look();
    },
  };
}
