import type { JSX } from 'preact';
import { beat } from '../sound/metronome.ts';
import { calmSnapshot } from '../state/store.ts';

/** The metronome for the eye: a dot for each beat of a stroke. */
export function Beats(): JSX.Element | null {
  const rhythm = calmSnapshot.value?.rhythm ?? null;
  if (rhythm === null) return null;
  return (
    <span class="beats" role="img" aria-label={`${rhythm.beatsPerStroke} beats a stroke, ${rhythm.beatsPerMin} a minute`}>
      {Array.from({ length: rhythm.beatsPerStroke }, (_, index) => <i key={index} data-on={beat.value === index} />)}
    </span>
  );
}
