import { decodeStream } from '../../firmware-protocol/stream.ts';
import { simulate } from '../../simulators/offline.ts';
import { createTruth, type Gap, type Truth } from '../../simulators/roller/truth.ts';
import { personOf, type Scenario } from '../../simulators/scenarios/scenario.ts';
import type { StateEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createPipeline, stepPipeline } from '../../src/pipeline.ts';

/** A state as `analyze` lists it: `endS` is null while it lasts. */
export interface PlayedState {
  readonly kind: string;
  readonly level: number;
  readonly startS: number;
  endS: number | null;
}

/** What the production path made of one simulated session, and beside it the truth of what was delivered. */
export interface Played {
  readonly states: readonly PlayedState[];
  readonly cues: readonly { readonly kind: string; readonly level: number; readonly tS: number }[];
  readonly ticks: readonly MotionTick[];
  readonly truth: readonly Truth[];
  /** From the last sample before lost frames to the first one after them. */
  readonly missing: readonly Gap[];
}

/** More than this without a sample is no contact. */
const BRIDGED_S = 0.5;

export const secondsOf = ({ segments }: Scenario): number => segments.reduce((sum, { seconds }) => sum + seconds, 0);

/** Runs a scenario through the very pipeline that serves a person, as fast as it goes. */
export function play(scenario: Scenario, seed: number): Played {
  const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  const seconds = secondsOf(scenario);
  const states: PlayedState[] = [];
  const cues: { kind: string; level: number; tS: number }[] = [];
  const ticks: MotionTick[] = [];
  const deliveries = new Deliveries();
  const truth: Truth[] = [];

  for (const event of simulate({ scenario, seed, seconds })) {
    if (event.type === 'truth') truth.push(event);
    if (event.type === 'truth' || event.type === 'truth-cue') continue;
    if (scenario.link !== null && event.type === 'frame' && event.characteristic === 'stream') deliveries.take(event.bytes);
    for (const output of stepPipeline(pipeline, event)) {
      if (output.type === 'tick') ticks.push(output.tick);
      else if (output.type === 'state') noteState(states, output.event);
      else if (output.type === 'cue' && output.event.phase === 'start') cues.push(output.event);
    }
  }
  const { missing } = deliveries;
  const gaps = missing.filter(({ fromS, toS }) => toS - fromS > BRIDGED_S + 1e-9);
  return { states, cues, ticks, missing, truth: rollsTrue(scenario) && gaps.length === 0 ? truth : truthOf(scenario, seed, seconds, gaps) };
}

/** The surface of the roller and the muscle move alike. */
const rollsTrue = ({ slip, roller }: Scenario): boolean => slip === 0 && roller.giveMmPerN === 0;

/** The motion along the muscle where the roller does not follow it; only a person's own muscle can tell what is too fast for it. */
function truthOf(scenario: Scenario, seed: number, seconds: number, gaps: readonly Gap[]): Truth[] {
  const next = createTruth(scenario, personOf(scenario, seed), seed, { of: 'muscle', gaps });
  return Array.from({ length: Math.floor(seconds * 10 + 1e-6) }, next);
}

function noteState(states: PlayedState[], { kind, level, phase, tS }: StateEvent): void {
  if (phase === 'start') return void states.push({ kind, level, startS: tS, endS: null });
  const open = states.findLast((state) => state.kind === kind && state.level === level && state.endS === null);
  if (open) open.endS = tS;
}

const PERIOD_S = 0.01;

/** Which times the frames that arrived leave out, by their sequence numbers: every frame has as many samples of 10 ms. The counter does not wrap within twenty minutes. */
class Deliveries {
  readonly missing: Gap[] = [];
  private samples = 0;

  take(bytes: Uint8Array): void {
    const decoded = decodeStream(bytes);
    if (!decoded.ok) throw new Error(decoded.fault.detail);
    const { sequence, imuCount } = decoded.value;
    const first = sequence * imuCount;
    if (first > this.samples && this.samples > 0) this.missing.push({ fromS: (this.samples - 1) * PERIOD_S, toS: first * PERIOD_S });
    this.samples = first + imuCount;
  }
}
