import { createRandom } from '../random.ts';

/** How a link without a radio treats stream frames. */
export interface LinkFaults {
  /** Share of the frames that is lost. */
  readonly loss: number;
  /** How many are lost in a row, on the mean; 1: each for itself. */
  readonly burstFrames: number;
  /** Every so often nothing arrives for so long, and then all of it: a phone that has something else to do. */
  readonly stall: { readonly everyS: number; readonly lastS: number } | null;
}

interface Arriving {
  readonly type: string;
  readonly characteristic?: string;
  readonly arrivalS?: number;
}

/**
 * Drops stream frames, and holds events up, on their way from a roller. Losses follow Gilbert's chain of two states, good and bad:
 * in the bad one everything is lost. The first frame arrives: with it a session's time begins.
 */
export function* unreliable<E extends Arriving>(events: Iterable<E>, { loss, burstFrames, stall }: LinkFaults, seed: number): Generator<E> {
  const random = createRandom(seed, 'link-faults');
  const recovers = 1 / burstFrames;
  const fails = loss === 0 ? 0 : (recovers * loss) / (1 - loss);
  let isBad = false;
  let hasBegun = false;
  for (const event of events) {
    if (event.type === 'frame' && event.characteristic === 'stream') {
      isBad = hasBegun && random.next() < (isBad ? 1 - recovers : fails);
      hasBegun = true;
      if (isBad) continue;
    }
    yield stall === null || event.arrivalS === undefined ? event : { ...event, arrivalS: heldUp(event.arrivalS, stall) };
  }
}

/** What would arrive within a stall arrives at its end. */
function heldUp(arrivalS: number, { everyS, lastS }: NonNullable<LinkFaults['stall']>): number {
  const into = arrivalS % everyS;
  return into > everyS - lastS ? arrivalS - into + everyS : arrivalS;
}
