import { sessionState, say } from '../state/store.ts';

/** What the floor's buttons and the keys do. */
export const start = (): void => say({ type: 'start' });
export const stop = (): void => say({ type: 'stop' });
export const pauseOrContinue = (): void => say({ type: sessionState.value === 'paused' ? 'continue' : 'pause' });

/** There is something to stop. */
export const isUnderWay = (): boolean => sessionState.value !== 'idle' && sessionState.value !== 'stopped';
