import type { Random } from '../random.ts';
import type { Hold } from './levers.ts';

/** How the value of a fault is written, and where it may lie. */
export interface FaultValue {
  readonly unit: '%' | 'ms' | 'dB' | '';
  /** In the unit. */
  readonly usual: number;
  readonly min: number;
  readonly max: number;
}

export interface FaultStage {
  /** Pulls a lever until the returned function is called. */
  readonly hold: Hold;
  /** Runs something later, unless the faults are closed before. */
  readonly later: (ms: number, work: () => void) => void;
  readonly random: Random;
}

export interface FaultKind {
  readonly doc: string;
  readonly value: FaultValue | null;
  /** How long it lasts if nothing is said, s; null: to the end; 0: it is over at once, and `for` means nothing. */
  readonly usualForS: number | null;
  /** On the air or at the adapter, and so for every roller. */
  readonly everywhere?: true;
  /** Begins it, and gives what ends it. `forMs` is Infinity where it lasts to the end. */
  readonly begin: (stage: FaultStage, value: number, forMs: number) => () => void;
}

/** Mean length of a burst, ms: a body that turns between the radios (an estimate). */
const BURST_MS = 300;
const FADE_STEP_MS = 250;
const nothing = (): void => undefined;

/** Refuses requests with an ATT error code, 14 (unlikely error) if nothing is said. */
const refusing = (what: string, levers: readonly Parameters<Hold>[0][]): FaultKind => ({
  doc: `${what} with this ATT error code`,
  value: { unit: '', usual: 14, min: 1, max: 255 },
  usualForS: 5,
  begin: ({ hold }, code) => {
    const releases = levers.map((lever) => hold(lever, code));
    return () => releases.forEach((release) => release());
  },
});

/** Everything that can be made to go wrong between a roller and its link. */
export const FAULT_KINDS = {
  loss: {
    doc: 'share of the radio events that are not heard; the link layer repeats them',
    value: { unit: '%', usual: 10, min: 0, max: 100 },
    usualForS: null,
    everywhere: true,
    begin: ({ hold }, percent) => hold('loss', percent / 100),
  },
  bursts: {
    doc: 'share of the time in which nothing is heard, in bursts of 0.3 s on the mean',
    value: { unit: '%', usual: 20, min: 1, max: 90 },
    usualForS: null,
    everywhere: true,
    begin: burst,
  },
  blackout: {
    doc: 'the roller is not heard and hears nothing, and keeps its memory',
    value: null,
    usualForS: 3,
    begin: ({ hold }) => hold('unheard', 1),
  },
  vanish: {
    doc: 'the radio of the roller falls silent without a goodbye, and comes back',
    value: null,
    usualForS: 10,
    begin: ({ hold }) => hold('rollerOff', 1),
  },
  reset: {
    doc: 'the battery is out and in again: the clock and the numbers of the roller start anew',
    value: null,
    usualForS: 1,
    begin: ({ hold }) => {
      const powerOn = hold('rollerOff', 1);
      return () => {
        hold('reboot', 1)();
        powerOn();
      };
    },
  },
  drop: {
    doc: 'the roller ends the connection',
    value: null,
    usualForS: 0,
    begin: ({ hold }) => hold('hangUp', 1),
  },
  'adapter-off': {
    doc: 'the adapter of this machine is off, then on again',
    value: null,
    usualForS: 5,
    everywhere: true,
    begin: ({ hold }) => hold('adapterOff', 1),
  },
  'att-error': refusing('whatever is asked, the MTU aside, is refused', ['refuseDiscovery', 'refuseReads', 'refuseSubscriptions', 'refuseWrites']),
  'discovery-error': refusing('the search for services and characteristics is refused', ['refuseDiscovery']),
  'read-error': refusing('reading a value is refused', ['refuseReads']),
  'subscribe-error': refusing('turning notifications on is refused', ['refuseSubscriptions']),
  'write-error': refusing('writes to the control point are refused', ['refuseWrites']),
  mtu: {
    doc: 'the largest MTU the roller offers, from the next connection on',
    value: { unit: '', usual: 23, min: 23, max: 517 },
    usualForS: null,
    begin: ({ hold }, bytes) => hold('mtu', bytes),
  },
  slow: {
    doc: 'what the roller takes to answer each request',
    value: { unit: 'ms', usual: 200, min: 1, max: 60_000 },
    usualForS: null,
    begin: ({ hold }, ms) => hold('answerDelay', ms),
  },
  stale: {
    doc: 'each stream begins with copies of so many of the last frames of the one before, in disorder',
    value: { unit: '', usual: 8, min: 1, max: 64 },
    usualForS: null,
    begin: ({ hold }, frames) => hold('staleFrames', frames),
  },
  cells: {
    doc: 'so many pressure cells break, and the roller says so',
    value: { unit: '', usual: 1, min: 1, max: 32 },
    usualForS: 10,
    begin: ({ hold }, count) => hold('brokenCells', count),
  },
  fade: {
    doc: 'the signal gets weaker by this much up to the middle of the time, then strong again',
    value: { unit: 'dB', usual: 40, min: 1, max: 80 },
    usualForS: 10,
    begin: fade,
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof FAULT_KINDS;
export const FAULT_NAMES = Object.keys(FAULT_KINDS) as readonly FaultName[];
export const isFaultName = (name: string): name is FaultName => Object.hasOwn(FAULT_KINDS, name);

/** Gilbert's chain of two states, good and bad, in time: each lasts as long as chance has it, exponentially. */
function burst({ hold, later, random }: FaultStage, percent: number): () => void {
  const clearMs = (BURST_MS * (100 - percent)) / percent;
  const drawn = (meanMs: number): number => -meanMs * Math.log(1 - random.next());
  let recover = nothing;
  let over = false;
  const turn = (isBad: boolean): void => {
    if (over) return;
    recover();
    recover = isBad ? hold('loss', 1) : nothing;
    later(drawn(isBad ? BURST_MS : clearMs), () => turn(!isBad));
  };
  turn(false);
  return () => {
    over = true;
    recover();
  };
}

/** In steps, a triangle in dB; one without an end stays as weak as it starts. */
function fade({ hold, later }: FaultStage, db: number, forMs: number): () => void {
  let release = nothing;
  let over = false;
  const step = (atMs: number): void => {
    if (over) return;
    release();
    release = hold('fade', forMs === Infinity ? db : db * (1 - Math.abs((2 * atMs) / forMs - 1)));
    later(FADE_STEP_MS, () => step(atMs + FADE_STEP_MS));
  };
  step(0);
  return () => {
    over = true;
    release();
  };
}
