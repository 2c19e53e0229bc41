import { encodeRequest } from '../../firmware-protocol/control.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { CueEvent, StateEvent } from '../../src/coaching/events.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createPipeline, stepPipeline, viewPipeline, type PipelineState } from '../../src/pipeline.ts';

const START_S = 1;
const LATENCY_S = 0.005;
const STEP_S = 0.02;
export const PATTERN = { procedure: 'haptic', pulses: 3, pulseMs: 200, gapMs: 100, strengthPct: 100 } as const;
/** From the start of the first pulse to the end of the last. */
export const PATTERN_S = 0.8;
/** How long the sensors ring after it (SPEC.md, section 5). */
export const RINGING_S = 0.15;

export interface HapticRun {
  readonly ticks: readonly MotionTick[];
  /** The speed that is shown at each tick. */
  readonly shownCmS: readonly (number | null)[];
  readonly states: readonly StateEvent[];
  readonly cues: readonly CueEvent[];
  /** Session times of the frames that bear the flag. */
  readonly flaggedS: readonly number[];
  readonly pipeline: PipelineState;
}

export interface HapticRunOptions {
  readonly scenario: Scenario;
  readonly seconds: number;
  /** When the motor plays, s. */
  readonly burstsS: readonly number[];
  /** A firmware that forgets the flag. */
  readonly unflagged?: boolean;
}

/** A virtual roller into the pipeline, its motor told to play; without it everything that is drawn by chance is the same. */
export function runHaptic({ scenario, seconds, burstsS, unflagged = false }: HapticRunOptions): HapticRun {
  const firmware = createVirtualRoller({ scenario, seed: 1 });
  const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: { group: scenario.group, side: 'left', massKg: 75 }, start: 'first-frame' });
  const run = { ticks: [] as MotionTick[], shownCmS: [] as (number | null)[], states: [] as StateEvent[], cues: [] as CueEvent[], flaggedS: [] as number[], pipeline };
  const bursts = [...burstsS];
  const take = (characteristic: 'info' | 'stream', bytes: Uint8Array, arrivalS: number): void => {
    for (const output of stepPipeline(pipeline, { type: 'frame', characteristic, bytes, arrivalS })) {
      if (output.type === 'tick') {
        run.ticks.push(output.tick);
        run.shownCmS.push(viewPipeline(pipeline).motion?.speedMeanCmS ?? null);
      }
      if (output.type === 'state') run.states.push(output.event);
      if (output.type === 'cue') run.cues.push(output.event);
    }
  };
  take('info', firmware.read('info'), START_S);
  firmware.control(encodeRequest({ procedure: 'start' }), 247, START_S);
  for (let step = 1; step <= Math.round(seconds / STEP_S); step++) {
    const tS = step * STEP_S;
    for (const { characteristic, bytes, dueS } of firmware.advance(START_S + tS)) {
      if (characteristic !== 'stream') continue;
      const frame = decodeStream(bytes);
      if (!frame.ok) throw new Error(frame.fault.detail);
      if (frame.value.flags.hapticActive) run.flaggedS.push(dueS - START_S);
      take('stream', unflagged ? bytes.map((byte, index) => (index === 1 ? 0 : byte)) : bytes, dueS + LATENCY_S);
    }
    if (bursts[0] !== undefined && tS >= bursts[0]) {
      firmware.control(encodeRequest(PATTERN), 247, START_S + tS);
      bursts.shift();
    }
  }
  return run;
}
