import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, finishPipeline, stepPipeline, summarizePipeline } from '../../src/pipeline.ts';
import type { CueEvent } from '../../src/coaching/events.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { replayConfig } from '../../src/sessions/replay-config.ts';
import { runRecording, summaryOf } from '../../src/sessions/summary/summarize.ts';

/** The scenario too-fast, seed 3, 8 s, written by version 0.1.0 at commit 037bc3d: chunks not compressed, nothing derived beside. */
const FIRST = fileURLToPath(new URL('fixtures/format-1-037bc3d.mcap', import.meta.url));

/**
 * The same scenario, seed 5, as the recorder kept it live with commands of every lasting kind, its chunks packed, and with pain that was told after
 * the stop, by version 0.1.0 at commit 72ee3e2.
 */
const LIVE = fileURLToPath(new URL('fixtures/format-1-72ee3e2.mcap', import.meta.url));

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

  it('of a live session is read whole, with what was said after it', async () => {
    const { meta, events, damage, messages } = await readRecording(LIVE);
    expect(damage).toBeNull();
    expect(meta).toMatchObject({ start: 'first-contact', painBefore: 2, painAfter: 4, coaching: { quadricepsWarnCmS: 11 }, startUtcMs: Date.UTC(2026, 10, 22, 20) });
    expect([events.length, messages]).toEqual([397, 473]);
    expect(events.flatMap((event) => (event.type === 'command' ? [event.command.type] : []))).toEqual([
      'mass', 'select', 'pain', 'calibration', 'profile', 'profile', 'marker', 'pause', 'continue', 'stop', 'pain',
    ]);
  });

  it('of a live session says what was said then', async () => {
    const recording = await readRecording(LIVE);
    const config = replayConfig(recording.meta, { coaching: defaultCoachingConfig, overrides: {} });
    const cues: CueEvent[] = [];
    const state = runRecording(recording, config, (output) => void (output.type === 'cue' && cues.push(output.event)));
    expect(cues).toMatchObject([
      { kind: 'too-fast', level: 1, phase: 'start', group: 'quadriceps', side: 'right', limit: 11 },
      { kind: 'too-fast', level: 1, phase: 'end' },
    ]);
    expect(cues[0]!.tS).toBeCloseTo(5.1, 0);
    expect(cues[1]!.tS).toBeCloseTo(6.52, 2);
    expect(summaryOf(state, recording.meta)).toMatchObject({
      pain: { beforeNrs: 2, worstNrs: 4, afterNrs: 4, reports: 2 },
      quality: { calibrated: { radius: true, force: true } },
      origin: { massKg: 70, roller: { radiusCm: 7.2 } },
    });
  });
});
