import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { saveRecording } from '../../src/sessions/writer.ts';
import { inScratch } from '../sessions/scratch.ts';
import { runInputs } from '../support/run-inputs.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { start } from './companion.ts';

describe('a recording', () => {
  it('gives the cues that its frames give, at 16 times its speed, and then ends', { timeout: 20_000 }, async (test) => {
    await inScratch(async (folder) => {
      const file = path.join(folder, 'too-fast.mcap');
      const events = simulatedInputs('too-fast', { seed: 3, seconds: 29 });
      const made = { source: 'simulated', software: 'test 0', scenario: 'too-fast', seed: 3, importedFrom: null } as const;
      await saveRecording(file, { sessionId: 's', startUtcMs: 1_772_000_000_000, ...made }, events);
      const { cues: due } = runInputs(events);

      const { companion, connect, out } = await start(test, { source: 'replay', recording: file, rate: 16 });
      expect(out.join('')).toContain(`recording ${file} at 16 times its speed`);
      const probe = await connect();
      probe.say({ type: 'resume', afterSeq: 0 });
      const last = await probe.next('snapshot', ({ session }) => session === 'stopped');
      expect(last).toMatchObject({ source: 'replay', link: 'closed', linkReason: 'end of the recording', group: 'hamstrings' });
      expect(last.tS).toBeCloseTo(29, 0);
      // It may have missed the first ones: those come after the ones that are new.
      const told = probe.all('cue').toSorted((a, b) => a.seq - b.seq);
      const { roller } = last;
      expect(told.map(({ seq }) => seq)).toEqual(due.map((_event, index) => index + 1));
      expect(told).toEqual(due.map((event, index) => ({ type: 'cue', seq: index + 1, roller, ...event })));
      expect(due.length).toBeGreaterThan(1);
      expect((await fetch(`${companion.url}healthz`)).status).toBe(200);
    });
  });
});
