import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { settings } from '../state/settings.ts';
import { calmSnapshot, isFresh, snapshot } from '../state/store.ts';
import { Age } from './age.tsx';
import { Beats } from './beats.tsx';
import { prefersStillness, useFrames } from './frames.ts';
import { aim, createGlide, valueAt } from './glide.ts';
import { fullScaleCmS, shareOfScale } from './speed-scale.ts';
import { limitText, SPEED_UNIT, speedText } from './units.ts';

/** Speed as a place: the band to be in, the limit, and a marker that moves as smoothly as the roller. */
export function SpeedBar(): JSX.Element | null {
  const shown = calmSnapshot.value;
  if (shown === null) return null;
  const { units } = settings.value;
  const { rhythm, limits: { greenCmS, warnCmS } } = shown;
  const full = fullScaleCmS(shown.limits);
  const percent = (speedCmS: number): string => `${100 * shareOfScale(speedCmS, full)}%`;
  return (
    <section class="speed" aria-label="Speed" aria-live="off" data-old={!isFresh.value}>
      <p class="speed-digits">
        <b data-testid="speed">{shown.speedCmS === null ? '–' : speedText(units, shown.speedCmS)}</b> <span>{SPEED_UNIT[units]}</span>
        <Beats />
        <Age />
      </p>
      <div class="bar">
        {rhythm === null && <div class="bar-band" style={{ left: percent(greenCmS[0]), width: percent(greenCmS[1] - greenCmS[0]) }} />}
        {rhythm === null && <div class="bar-limit" style={{ left: percent(warnCmS) }} />}
        <Marker />
      </div>
      <div class="bar-labels" aria-hidden="true">
        {rhythm === null ? (
          <>
            <span style={{ left: percent((greenCmS[0] + greenCmS[1]) / 2) }}>
              good {limitText(units, greenCmS[0])}–{limitText(units, greenCmS[1])}
            </span>
            <span style={{ left: percent(warnCmS) }}>limit {limitText(units, warnCmS)}</span>
          </>
        ) : (
          <span style={{ left: '50%' }}>{rhythm.beatsPerStroke} beats to a stroke</span>
        )}
      </div>
    </section>
  );
}

function Marker(): JSX.Element {
  const rail = useRef<HTMLDivElement>(null);
  const glide = useRef(createGlide());
  useFrames((nowMs) => {
    const now = snapshot.peek();
    if (now === null || rail.current === null) return;
    if (now.speedCmS !== null) aim(glide.current, shareOfScale(now.speedCmS, fullScaleCmS(now.limits)), nowMs);
    const share = prefersStillness() ? glide.current.toValue : valueAt(glide.current, nowMs);
    rail.current.hidden = Number.isNaN(share) || now.speedCmS === null;
    rail.current.style.transform = `translateX(${100 * (share || 0)}%)`;
  });
  return (
    <div class="bar-rail" ref={rail} hidden>
      <svg class="bar-marker" viewBox="0 0 24 30" aria-hidden="true">
        <path d="M12 28 3.4 11.4a9.7 9.7 0 1 1 17.2 0Z" />
      </svg>
    </div>
  );
}
