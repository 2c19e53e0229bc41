import type { LinkState } from '../port.ts';

/** From which state to which. A link that is closed stays closed. */
export const TRANSITIONS: Readonly<Record<LinkState, readonly LinkState[]>> = {
  idle: ['scanning', 'waiting', 'closed'],
  scanning: ['connecting', 'waiting', 'closed'],
  connecting: ['discovering', 'waiting', 'closed'],
  discovering: ['subscribing', 'waiting', 'closed'],
  subscribing: ['streaming', 'waiting', 'closed'],
  streaming: ['lost', 'closed'],
  lost: ['scanning', 'waiting', 'closed'],
  waiting: ['scanning', 'waiting', 'closed'],
  closed: [],
};

/** States in which the link asks a radio for something: each has to be through in time, ms. */
export const STEP_DEADLINE_MS = {
  /** Nobody is asked: a roller may be turned on tomorrow. The scan itself is begun anew now and then (scanner.ts). */
  scanning: null,
  connecting: 10_000,
  discovering: 10_000,
  /** Subscriptions, `start` and the first stream frame. */
  subscribing: 10_000,
} as const satisfies Partial<Record<LinkState, number | null>>;

export type Step = keyof typeof STEP_DEADLINE_MS;

export interface LinkStates {
  readonly current: LinkState;
  enter(state: LinkState, reason?: string | null): void;
}

/** Keeps the state and says it aloud. A transition that is not in the table is a bug. */
export function createLinkStates(changed: (state: LinkState, reason: string | null) => void): LinkStates {
  let current: LinkState = 'idle';
  return {
    get current() {
      return current;
    },
    enter: (state, reason = null) => {
      if (!TRANSITIONS[current].includes(state)) throw new Error(`a link cannot go from ${current} to ${state}`);
      current = state;
      changed(state, reason);
    },
  };
}
