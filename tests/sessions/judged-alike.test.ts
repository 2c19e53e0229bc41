import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { cli } from '../cli/run-cli.ts';
import { openLibrary } from '../../src/sessions/library/library.ts';
import { servicesOf } from '../../src/sessions/library/services.ts';
import { openTransport } from '../../src/sessions/transport.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { inScratch } from './scratch.ts';
import { simulated } from './simulated.ts';

type Told = readonly { readonly tS: number; readonly kind: string; readonly group: string }[];

/** A recording that was judged by a limit of its own, with a flag for a muscle that the person then changed. */
const recorded = simulated('too-fast', 30, {
  meta: {
    coaching: { ...defaultCoachingConfig, hamstringsWarnCmS: 21 },
    overrides: { group: 'lats' },
    start: 'first-frame',
    sessionId: '0198c0de-0000-7000-8000-000000000001',
  },
  commands: [
    { tS: 0.5, command: { type: 'select', group: 'quadriceps', side: 'left' } },
    { tS: 6, command: { type: 'select', group: 'hamstrings', side: 'left' } },
  ],
});

const brief = (cues: Told): Told => cues.map(({ tS, kind, group }) => ({ tS: Math.round(tS * 1000) / 1000, kind, group }));

describe('a recording', () => {
  it('is judged alike by analyze, export, library and replay: as it was, but for what is set now', () =>
    inScratch(async (folder) => {
      const file = path.join(folder, 'one.mcap');
      await saveRecording(file, recorded.meta, recorded.events);
      const judgedBy = async (set: Partial<typeof defaultCoachingConfig>, flags: readonly string[]): Promise<Told[]> => {
        const coaching = { ...defaultCoachingConfig, ...set };
        const analysis = JSON.parse((await cli(['analyze', file, '--json', ...flags])).out) as { cues: Told };
        const out = path.join(folder, 'one.json');
        expect((await cli(['export', file, '--format', 'json', '--out', out, ...flags])).code).toBe(0);
        const library = await openLibrary(folder, { clock: systemClock, coaching });
        const { id } = await library.keepRecording('one.mcap');
        const served = await servicesOf(library, coaching).exportOf(file, { format: 'json', raw: false });
        const kept = library.cuesOf(id);
        library.close();
        const transport = await openTransport({
          playlist: [file], clock: systemClock, paused: true, configOf: (meta) => replayConfig(meta, { coaching, overrides: {} }),
        });
        await transport.seek(1e6);
        const played = transport.timeline().cues.filter(({ phase }) => phase === 'start');
        transport.close();
        const exported = JSON.parse(Buffer.from(served.bytes).toString()) as { cues: Told };
        return [analysis.cues, exported.cues, kept, played].map(brief);
      };
      const asThen = await judgedBy({}, []);
      expect(asThen[0]!.length).toBeGreaterThan(0);
      for (const cues of asThen) expect(cues).toEqual(asThen[0]);
      const asNow = await judgedBy({ hamstringsWarnCmS: 11 }, ['--coaching-hamstrings-warn-cm-s', '11']);
      for (const cues of asNow) expect(cues).toEqual(asNow[0]);
      expect(asNow[0]).not.toEqual(asThen[0]);
    }));
});
