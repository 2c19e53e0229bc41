import { EMPTY } from 'rxjs';
import type { PipelineConfig } from '../pipeline.ts';
import type { Log } from '../server/log.ts';
import { createConductor, type Conductor } from './conductor.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { KeeperStation } from './kept-session.ts';
import type { Memory } from './memory.ts';
import { massesOf } from './present.ts';
import type { Source } from './source.ts';

export interface ConductorsOptions {
  readonly memory: Memory;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  readonly software: string;
  readonly log: Log;
}

/** How the stations of a companion are run: what they know of rollers and people, and where their sessions are kept. */
export function conductorsWith({ memory, config, software, log }: ConductorsOptions): (source: Source, title: string) => Conductor {
  const { library, keepsSessions, person$, calibrations, rollerEdits$, remembered } = memory;
  const keep = (station: KeeperStation): Keeper => createKeeper({ folder: library.folder, library, person$, config, software }, station);
  return (source, title) => {
    // A recording knows who rolled then, and is kept already.
    const isReplay = source.kind === 'replay';
    return createConductor({
      source, title, config: source.judgedBy ?? config, log, calibrations, rollerEdits$, remembered,
      known$: isReplay ? EMPTY : massesOf(person$),
      keep: isReplay || !keepsSessions ? null : keep,
    });
  };
}
