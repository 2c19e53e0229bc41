import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import {
  createPipeline, stepPipeline, summarizePipeline, type CalibrationCommand, type PipelineInput, type PipelineOutput,
} from '../../src/pipeline.ts';
import { readRecording } from '../../src/sessions/reader.ts';
import { saveRecording } from '../../src/sessions/writer.ts';
import { simulatedInputs } from '../support/simulated-inputs.ts';
import { META } from './samples.ts';
import { inScratch } from './scratch.ts';

const SEED = 3;
const link = simulatedInputs('good-rolling', { seed: SEED, seconds: 12 });
const rollerId = link.flatMap((event) => (event.type === 'info' ? [event.roller.id] : []))[0]!;
const calibration = (command: Partial<CalibrationCommand>, atS: number): PipelineInput => ({
  type: 'command', arrivalS: atS, command: { type: 'calibration', rollerId, radiusCm: null, forceScale: null, ...command },
});
const withCommand = (input: PipelineInput): PipelineInput[] => [...link, input].toSorted((a, b) => a.arrivalS - b.arrivalS);

const run = (inputs: readonly PipelineInput[]): PipelineOutput[] => {
  const state = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  return inputs.flatMap((input) => [...stepPipeline(state, input)]);
};
const ticksOf = (outputs: readonly PipelineOutput[]): MotionTick[] => outputs.flatMap((output) => (output.type === 'tick' ? [output.tick] : []));
const rolling = (inputs: readonly PipelineInput[]): MotionTick =>
  ticksOf(run(inputs)).find(({ tS, speedCmS }) => tS > 8 && Math.abs(speedCmS) > 2)!;

describe('a calibration as a command', () => {
  const plain = rolling(link);

  it('gives radius and force, whether it comes before the roller has said what it is or while it rolls', () => {
    for (const atS of [0, 4]) {
      const tick = rolling(withCommand(calibration({ radiusCm: 7, forceScale: 1.2 }, atS)));
      expect(tick.tS).toBe(plain.tS);
      expect(tick.speedCmS).toBeCloseTo((plain.speedCmS * 7) / 7.5, 2);
      expect(tick.forceN).toBeCloseTo(plain.forceN! * 1.2, 0);
    }
  });

  it('is for its own roller, and for nothing where it makes no sense', () => {
    expect(rolling(withCommand(calibration({ rollerId: 'another', radiusCm: 7 }, 0)))).toEqual(plain);
    expect(rolling(withCommand(calibration({ radiusCm: 75, forceScale: 20 }, 0)))).toEqual(plain);
  });

  it('does not move the position', () => {
    const positions = ticksOf(run(withCommand(calibration({ radiusCm: 6.5 }, 6)))).map(({ positionCm }) => positionCm);
    for (const [i, position] of positions.entries()) expect(Math.abs(position - (positions[i - 1] ?? 0))).toBeLessThan(1.5);
  });

  it('is in the recording, so that analysis gives the same', () =>
    inScratch(async (folder) => {
      const inputs = withCommand(calibration({ radiusCm: 7.06, forceScale: 1.1 }, 2));
      const path = join(folder, 'a.mcap');
      await saveRecording(path, META, inputs);
      const recording = await readRecording(path);
      expect(recording.damage).toBeNull();
      expect(recording.events.map(({ type }) => type)).toEqual(inputs.map(({ type }) => type));
      expect(ticksOf(run(recording.events))).toEqual(ticksOf(run(inputs)));
    }));

  it('leaves the pipeline a state that can be cloned', () => {
    const state = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
    const inputs = withCommand(calibration({ radiusCm: 7 }, 2));
    for (const input of inputs.slice(0, 300)) stepPipeline(state, input);
    const copy = structuredClone(state);
    for (const input of inputs.slice(300)) expect(stepPipeline(copy, input)).toEqual(stepPipeline(state, input));
    expect(summarizePipeline(copy)).toEqual(summarizePipeline(state));
    expect(summarizePipeline(state).quality.sensorFaults).toEqual([]);
  });
});
