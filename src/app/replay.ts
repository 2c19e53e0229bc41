import { stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { PipelineConfig } from '../pipeline.ts';
import { readError } from '../sessions/file-errors.ts';
import { recordingsIn } from '../sessions/library/folder.ts';
import { replayConfig } from '../sessions/replay-config.ts';
import { openTransport, type Rate } from '../sessions/transport.ts';
import type { SourceSet } from './source.ts';

export interface ReplayOptions {
  /** A recording, or a folder of them, which are played one after the other. */
  readonly recording: string;
  readonly rate: Rate;
  readonly loop: boolean;
  readonly config: Pick<PipelineConfig, 'coaching' | 'overrides'>;
  readonly clock: Clock;
  readonly report: (line: string) => void;
}

/** A roller that plays recordings. Rejects with E_USAGE, and with what reading the first one rejects with. */
export async function openReplay({ recording, rate, loop, config, clock, report }: ReplayOptions): Promise<SourceSet> {
  const playlist = await playlistOf(recording);
  const transport = await openTransport({ playlist, clock, rate, loop, configOf: (meta) => replayConfig(meta, config) });
  let told: string | null = null;
  const troubles = transport.state$.subscribe(({ trouble }) => {
    if (trouble !== null && trouble !== told) report(trouble);
    told = trouble;
  });
  return {
    kind: 'replay',
    title: `recording ${recording}${rate === 1 ? '' : rate === 'max' ? ' as fast as possible' : ` at ${rate} times its speed`}`,
    stations: [{
      kind: 'replay',
      scenario: null,
      seed: null,
      inputs$: transport.inputs$,
      request: ({ procedure }) =>
        Promise.reject(new AppError('E_REFUSED', `a recording cannot be asked to ${procedure}`, 'connect a roller, or start the simulator')),
      clock: transport.clock,
      script: null,
      start: 'first-frame',
      meet: null,
      transport,
    }],
    listen: null,
    close: () => {
      troubles.unsubscribe();
      transport.close();
      return Promise.resolve();
    },
  };
}

async function playlistOf(recording: string): Promise<readonly string[]> {
  const found = await stat(recording).catch((error: unknown) => Promise.reject(readError(recording, error)));
  if (!found.isDirectory()) return [recording];
  const names = await recordingsIn(recording);
  if (names.length === 0) throw new AppError('E_USAGE', `there is no recording in ${recording}`, 'name a recording, or a folder that has some');
  return names.toSorted().map((name) => path.join(recording, name));
}
