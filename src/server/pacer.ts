import type { Clock } from '../clock.ts';

/**
 * Runs `beat` at start + k * periodS for k = 1, 2, ... by absolute deadlines, because `setInterval` drifts (98 Hz
 * instead of 100 measured). A beat that comes late by a whole period or more swallows those it missed. Returns the stop.
 */
export function startPacer(periodS: number, clock: Clock, beat: () => void): () => void {
  const startS = clock.monotonicS();
  let beats = 0;
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    beats = Math.max(beats, Math.floor((clock.monotonicS() - startS) / periodS)) + 1;
    const waitS = startS + beats * periodS - clock.monotonicS();
    timer = setTimeout(() => {
      beat();
      wait();
    }, waitS * 1000);
  };
  wait();
  return () => clearTimeout(timer);
}
