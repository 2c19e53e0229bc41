import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, finishPipeline, stepPipeline, summarizePipeline } from '../../src/pipeline.ts';
import { readRecording } from '../../src/sessions/reader.ts';

/** The scenario too-fast, seed 3, 8 s, written by version 0.1.0 at commit 037bc3d: chunks not compressed, nothing derived beside. */
const FIRST = fileURLToPath(new URL('fixtures/format-1-037bc3d.mcap', import.meta.url));

describe('a recording by an older version', () => {
  it('is read whole', async () => {
    const { meta, events, truth, damage, messages } = await readRecording(FIRST);
    expect(damage).toBeNull();
    expect(meta).toMatchObject({ source: 'simulated', scenario: 'too-fast', seed: 3, software: 'smart-roller-companion 0.1.0', startUtcMs: Date.UTC(2025, 0, 1) });
    expect([events.length, truth.ticks.length, truth.cues.length, messages]).toEqual([413, 80, 1, 494]);
  });

  it('is analysed as it was then', async () => {
    const { events } = await readRecording(FIRST);
    const state = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
    const outputs = [...events.flatMap((event) => [...stepPipeline(state, event)]), ...finishPipeline(state)];
    const cues = outputs.flatMap((output) => (output.type === 'cue' && output.event.phase === 'start' ? [output.event] : []));
    expect(cues).toMatchObject([{ kind: 'too-fast', level: 1, group: 'hamstrings', side: 'left', limit: 12 }]);
    expect(cues[0]!.tS).toBeCloseTo(5.1, 0);
    const { durationS, quality, groups } = summarizePipeline(state);
    expect(durationS).toBe(8);
    expect(quality).toMatchObject({ frames: 400, lost: 0, gaps: 0, decodeFaults: 0 });
    expect(groups[0]!.activeS).toBeCloseTo(5.86, 0);
    expect(groups[0]!.speed.meanCmS).toBeCloseTo(18.9, 0);
    expect(groups[0]!.load!.meanN).toBeGreaterThan(200);
    expect(groups[0]!.load!.meanN).toBeLessThan(240);
  });
});
