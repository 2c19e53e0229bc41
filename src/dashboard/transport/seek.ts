import { computed, effect, signal } from '@preact/signals';
import { placeS } from '../state/place.ts';
import { jumps, playback, say, snapshot, snapshotAtMs } from '../state/store.ts';
import { askedFromS, forgetFrom } from '../viewing.ts';

/** A held key asks thirty times a second; the service is asked no more often than this. */
const ASK_EVERY_MS = 120;
/** What is not there by then will not come: the place that is told counts again. */
const PATIENCE_MS = 5_000;
/** Nearer than this the place counts as reached, s. */
const NEAR_S = 1;

/** Where the person has asked to go, s, until it is there; null: nowhere. What is told meanwhile is of neither place. */
export const sought = signal<number | null>(null);

const durationS = computed(() => playback.value?.durationS ?? 0);
let askTimer: ReturnType<typeof setTimeout> | undefined;
let patience: ReturnType<typeof setTimeout> | undefined;
let askedS: number | null = null;

/** Where the recording is now, or is about to be. */
export function hereS(nowMs: number): number {
  const [state, now] = [playback.peek(), snapshot.peek()];
  if (state === null || now === null) return 0;
  return sought.peek() ?? placeS(state, now, Math.max(0, nowMs - snapshotAtMs.peek()));
}

export const seekBy = (seconds: number): void => seek(hereS(performance.now()) + seconds);

export function seek(toS: number): void {
  sought.value = Math.min(Math.max(0, toS), durationS.peek());
  clearTimeout(patience);
  patience = setTimeout(() => (sought.value = null), PATIENCE_MS);
  if (askTimer === undefined) ask();
}

function ask(): void {
  askTimer = undefined;
  if (sought.peek() === null || sought.peek() === askedS) {
    askedS = null;
    return;
  }
  askedS = sought.peek();
  say({ type: 'playback', seekS: askedS! });
  askTimer = setTimeout(ask, ASK_EVERY_MS);
}

/** Goes, once, where the page's address asks to begin. */
function goWhereAsked(): void {
  const fromS = askedFromS();
  if (fromS === null) return;
  const stop = effect(() => {
    if (playback.value === null || snapshot.value === null) return;
    seek(fromS);
    forgetFrom();
    queueMicrotask(() => stop());
  });
}

/** The search is over once the recording is told to be there. */
export function startSeeking(): void {
  goWhereAsked();
  effect(() => {
    void jumps.value;
    const [now, target] = [snapshot.value, sought.value];
    if (target === null || now === null || askTimer !== undefined) return;
    const rate = playback.peek()?.rate ?? 1;
    const reachS = NEAR_S * (rate === 'max' ? Number.POSITIVE_INFINITY : Math.max(1, rate));
    if (Math.abs(now.tS - target) > reachS) return;
    clearTimeout(patience);
    sought.value = null;
  });
}
