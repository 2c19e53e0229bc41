import { effect } from '@preact/signals';
import { sessionState } from './state/store.ts';

/** Keeps the screen on while a session runs, where the browser can: it gives the lock back whenever the page is hidden. */
export function startWakeLock(): void {
  let lock: WakeLockSentinel | null = null;
  const follow = async (): Promise<void> => {
    const isWanted = (sessionState.value === 'running' || sessionState.value === 'ready') && document.visibilityState === 'visible';
    if (isWanted && (lock === null || lock.released)) lock = await navigator.wakeLock.request('screen');
    if (!isWanted) await lock?.release();
  };
  // Only a secure context has it, and a battery that runs low may refuse it: rolling goes on without.
  if (!('wakeLock' in navigator)) return;
  const tryFollow = (): void => void follow().catch(() => undefined);
  effect(() => {
    void sessionState.value;
    tryFollow();
  });
  document.addEventListener('visibilitychange', tryFollow);
}
