import { decodeStream } from '../../firmware-protocol/stream.ts';
import { simulate } from '../../simulators/offline.ts';
import { createTruth, type Gap, type Truth } from '../../simulators/roller/truth.ts';
import { personOf, type Scenario } from '../../simulators/scenarios/scenario.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import type { MotionTick } from '../../src/motion/tick.ts';
import { createPipeline, stepPipeline } from '../../src/pipeline.ts';
import type { Onset } from './match.ts';
import type { Judged } from './oracle.ts';
import { withPressures } from './pressures.ts';

/** What the production path made of one simulated session, and beside it the truth of what was delivered. */
export interface Played {
  /** Each rule's states, with their ends, and what the person was told. */
  readonly states: readonly Onset[];
  readonly cues: readonly Onset[];
  readonly ticks: readonly MotionTick[];
  readonly truth: readonly Judged[];
}

/** More than this without a sample is no contact. */
const BRIDGED_S = 0.5;

export const secondsOf = ({ segments }: Scenario): number => segments.reduce((sum, { seconds }) => sum + seconds, 0);

/** Runs a scenario through the very pipeline that serves a person, as fast as it goes. */
export function play(scenario: Scenario, seed: number): Played {
  const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  const seconds = secondsOf(scenario);
  const states: Writable<Onset>[] = [];
  const cues: Onset[] = [];
  const ticks: MotionTick[] = [];
  const deliveries = new Deliveries();
  const truth: Truth[] = [];

  for (const event of simulate({ scenario, seed, seconds })) {
    if (event.type === 'truth') truth.push(event);
    if (event.type === 'truth' || event.type === 'truth-cue') continue;
    if (scenario.link !== null && event.type === 'frame' && event.characteristic === 'stream') deliveries.take(event.bytes);
    for (const output of stepPipeline(pipeline, event)) {
      if (output.type === 'tick') ticks.push(output.tick);
      else if (output.type === 'cue' && output.event.phase === 'start') cues.push(onsetOf(output.event));
      else if (output.type === 'state') note(states, output.event);
    }
  }
  const { gaps } = deliveries;
  const delivered = rollsTrue(scenario) && gaps.length === 0 ? truth : truthOf(scenario, seed, seconds, gaps);
  return { states, cues, ticks, truth: withPressures(delivered, scenario, seed) };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const onsetOf = ({ kind, level, tS }: Onset): Onset => ({ kind, level, tS });

function note(states: Writable<Onset>[], event: Onset & { readonly phase: 'start' | 'end' }): void {
  if (event.phase === 'start') {
    states.push(onsetOf(event));
    return;
  }
  const ended = states.findLast(({ kind, level, endS }) => kind === event.kind && level === event.level && endS === undefined);
  if (ended !== undefined) ended.endS = event.tS;
}

/** The surface of the roller and the muscle move alike. */
const rollsTrue = ({ slip, roller }: Scenario): boolean => slip === 0 && roller.giveMmPerN === 0;

/** The motion along the muscle where the roller does not follow it; only a person's own muscle can tell what is too fast for it. */
function truthOf(scenario: Scenario, seed: number, seconds: number, gaps: readonly Gap[]): Truth[] {
  const next = createTruth(scenario, personOf(scenario, seed), seed, { of: 'muscle', gaps });
  return Array.from({ length: Math.floor(seconds * 10 + 1e-6) }, next);
}

const PERIOD_S = 0.01;

/**
 * For which times contact is not known because no frame arrived, by the sequence numbers: every frame has as many samples of 10 ms, and
 * the counter does not wrap within twenty minutes.
 */
class Deliveries {
  readonly gaps: Gap[] = [];
  private samples = 0;

  take(bytes: Uint8Array): void {
    const decoded = decodeStream(bytes);
    if (!decoded.ok) throw new Error(decoded.fault.detail);
    const { sequence, imuCount } = decoded.value;
    const first = sequence * imuCount;
    const [fromS, toS] = [(this.samples - 1) * PERIOD_S, first * PERIOD_S];
    if (this.samples > 0 && toS - fromS > BRIDGED_S + 1e-9) this.gaps.push({ fromS, toS });
    this.samples = first + imuCount;
  }
}
