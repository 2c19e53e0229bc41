import { computed, effect, signal } from '@preact/signals';
import { isFresh, sessionState, snapshot } from '../state/store.ts';
import { click } from './sound.ts';

/** Which beat of the stroke it is, from 0; null while none is beaten. */
export const beat = signal<number | null>(null);

const beatsPerStroke = computed(() => snapshot.value?.rhythm?.beatsPerStroke ?? 1);
const periodMs = computed(() => {
  const rhythm = snapshot.value?.rhythm ?? null;
  return rhythm !== null && sessionState.value === 'running' && isFresh.value ? 60_000 / rhythm.beatsPerMin : null;
});

/** Beats while a person rolls by rhythm. Each beat is aimed at from the first one, so that late timers do not add up. */
export function startMetronome(): void {
  effect(() => {
    const [everyMs, beats] = [periodMs.value, beatsPerStroke.value];
    if (everyMs === null) return undefined;
    const startMs = performance.now();
    let count = 0;
    let timer: ReturnType<typeof setTimeout>;
    const strike = (): void => {
      beat.value = count % beats;
      click(count % beats === 0);
      count++;
      timer = setTimeout(strike, startMs + count * everyMs - performance.now());
    };
    timer = setTimeout(strike, 0);
    return () => {
      clearTimeout(timer);
      beat.value = null;
    };
  });
}
