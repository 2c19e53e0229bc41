import { simulate } from '../../simulators/offline.ts';
import type { Scenario } from '../../simulators/scenarios/scenario.ts';
import type { CueEvent, StateEvent } from '../../src/coaching/events.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createPipeline, stepPipeline, summarizePipeline } from '../../src/pipeline.ts';

/** A state as `analyze` lists it: `endS` is null while it lasts. */
export interface PlayedState {
  readonly kind: string;
  readonly level: number;
  readonly startS: number;
  endS: number | null;
}

/** What the production path made of one simulated session, and how far its motion was from the truth. */
export interface Played {
  readonly states: readonly PlayedState[];
  readonly cues: readonly { readonly kind: string; readonly level: number; readonly tS: number }[];
  /** Root mean squares from 5 s on; NaN where there was no contact. */
  readonly speedRmsCmS: number;
  readonly positionRmsCm: number;
  readonly lostFrames: number;
  readonly durationS: number;
}

/** Errors count from here on: the estimator has had a moment to settle. */
const SETTLED_S = 5;

/** Runs a scenario through the very pipeline that serves a person, as fast as it goes. */
export function play(scenario: Scenario, seed: number, seconds: number): Played {
  const pipeline = createPipeline({ coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' });
  const states: PlayedState[] = [];
  const cues: CueEvent[] = [];
  const truth = new Map<number, { speedCmS: number; positionCm: number; contact: boolean }>();
  const ticks: { tS: number; speedCmS: number; positionCm: number }[] = [];

  for (const event of simulate({ scenario, seed, seconds })) {
    if (event.type === 'truth') truth.set(Math.round(event.tS * 10), event);
    if (event.type === 'truth' || event.type === 'truth-cue') continue;
    for (const output of stepPipeline(pipeline, event)) {
      if (output.type === 'tick') ticks.push(output.tick);
      else if (output.type === 'state') noteState(states, output.event);
      else if (output.type === 'cue' && output.event.phase === 'start') cues.push(output.event);
    }
  }

  const speed = new Rms();
  const position = new Rms();
  for (const tick of ticks) {
    const true_ = truth.get(Math.round(tick.tS * 10));
    if (true_ === undefined || tick.tS < SETTLED_S || !true_.contact) continue;
    speed.add(tick.speedCmS - true_.speedCmS);
    position.add(tick.positionCm - true_.positionCm);
  }
  const summary = summarizePipeline(pipeline);
  return { states, cues, speedRmsCmS: speed.value, positionRmsCm: position.value, lostFrames: summary.quality.lost, durationS: summary.durationS };
}

function noteState(states: PlayedState[], { kind, level, phase, tS }: StateEvent): void {
  if (phase === 'start') return void states.push({ kind, level, startS: tS, endS: null });
  const open = states.findLast((state) => state.kind === kind && state.level === level && state.endS === null);
  if (open) open.endS = tS;
}

class Rms {
  private sum = 0;
  private count = 0;
  add(error: number): void {
    this.sum += error * error;
    this.count++;
  }
  get value(): number {
    return Math.sqrt(this.sum / this.count);
  }
}
