import { isReplay, sessionState, say, snapshot } from '../state/store.ts';

/** What the floor's buttons and the keys do. */
export const start = (): void => say({ type: 'start' });
export const stop = (): void => say({ type: 'stop' });
export const pauseOrContinue = (): void => say({ type: sessionState.value === 'paused' ? 'continue' : 'pause' });

export const holdOrRelease = (): void => say({ type: 'hold', on: snapshot.value?.hold == null });

/** Holding can be planned: a session runs, and time on one area is judged at all. */
export const canHold = (): boolean => !isReplay.value && sessionState.value === 'running' && (snapshot.value?.limits.dwellWarnS ?? null) !== null;

/** There is something to stop: of a recording there is not. */
export const isUnderWay = (): boolean => !isReplay.value && sessionState.value !== 'idle' && sessionState.value !== 'stopped';
