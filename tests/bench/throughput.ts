import { decodeStream } from '../../firmware-protocol/stream.ts';
import { defaultCoachingConfig } from '../../src/coaching/parameters.ts';
import { createRollerDecoder, decodeEvent } from '../../src/link/drivers/roller-v1.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import { createPipeline, runPipeline, stepPipeline, type PipelineConfig } from '../../src/pipeline.ts';
import { from, lastValueFrom } from 'rxjs';
import { simulatedInputs } from '../support/simulated-inputs.ts';

/** A way through part of the path, and what it takes for each stream frame. */
export interface Throughput {
  readonly what: string;
  readonly usPerFrame: number;
  /** Against the bare decoding of the bytes, in the same run. */
  readonly ratio: number;
}

const ROUNDS = 5;
const CONFIG: PipelineConfig = { coaching: defaultCoachingConfig, overrides: {}, start: 'first-frame' };

/** The tour's frames through more and more of the path; the best of a few rounds each, taken in turn. */
export async function measureThroughput(): Promise<readonly Throughput[]> {
  const inputs = simulatedInputs('tour', { seconds: 120 });
  const frames = inputs.filter((event): event is Extract<LinkEvent, { type: 'frame' }> => event.type === 'frame');
  const streams = frames.filter(({ characteristic }) => characteristic === 'stream');

  const ways: Readonly<Record<string, () => unknown>> = {
    'decode the bytes': () => streams.map(({ bytes }) => decodeStream(bytes).ok),
    'decode to blocks in units': () => {
      const decoder = createRollerDecoder();
      return frames.map((frame) => decodeEvent(decoder, frame));
    },
    'the whole pipeline, bytes to cues': () => {
      const pipeline = createPipeline(CONFIG);
      for (const input of inputs) stepPipeline(pipeline, input);
    },
    'the whole pipeline as an RxJS operator': () => lastValueFrom(from(inputs).pipe(runPipeline(CONFIG))),
  };
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [what, run] of Object.entries(ways)) {
      const startMs = performance.now();
      await run();
      best.set(what, Math.min(best.get(what) ?? Infinity, performance.now() - startMs));
    }
  }
  const [base] = best.values();
  return [...best].map(([what, ms]) => ({ what, usPerFrame: (1000 * ms) / streams.length, ratio: ms / (base as number) }));
}
