import { computed, effect, signal } from '@preact/signals';
import { isFresh, playback, sessionState, snapshot } from '../state/store.ts';
import { click } from './sound.ts';

/** Which beat of the stroke it is, from 0; null while none is beaten. */
export const beat = signal<number | null>(null);

const beatsPerStroke = computed(() => snapshot.value?.rhythm?.beatsPerStroke ?? 1);
const periodMs = computed(() => {
  const rhythm = snapshot.value?.rhythm ?? null;
  const rate = beatRate();
  return rhythm !== null && rate !== null && sessionState.value === 'running' && isFresh.value ? 60_000 / rhythm.beatsPerMin / rate : null;
});

/** Of a recording as fast as it is played, as long as beats can be told apart. */
function beatRate(): number | null {
  const { playing = true, rate = 1 } = playback.value ?? {};
  return playing && rate !== 'max' && rate <= FASTEST_BEAT_RATE ? rate : null;
}
const FASTEST_BEAT_RATE = 4;

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
