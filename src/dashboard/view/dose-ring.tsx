import type { JSX } from 'preact';
import { calmSnapshot, isFresh } from '../state/store.ts';

const RADIUS = 40;

/** Seconds of contact on this muscle and side: a ring to the limit, with marks at the minimum and the goal. */
export function DoseRing(): JSX.Element | null {
  const shown = calmSnapshot.value;
  if (shown === null) return null;
  const { doseS, set, limits: { doseMinS, doseGoalS, doseMaxS } } = shown;
  const nextS = doseS < doseGoalS ? doseGoalS : doseMaxS;
  return (
    <section class="plate dose" aria-label="Time on this muscle" aria-live="off" data-old={!isFresh.value}>
      {set.of > 1 && <h2 class="ring-set">set {set.number} of {set.of}</h2>}
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <g fill="none" stroke-width="8" transform="rotate(-90 50 50)">
          <circle class="ring-track" cx="50" cy="50" r={RADIUS} />
          <circle
            class="ring-arc"
            cx="50"
            cy="50"
            r={RADIUS}
            pathLength={doseMaxS}
            stroke-dasharray={`${Math.min(doseS, doseMaxS)} ${doseMaxS}`}
            stroke-linecap={doseS > 0.5 ? 'round' : 'butt'}
          />
        </g>
        {[doseMinS, doseGoalS].map((atS) => {
          const turned = `rotate(${(360 * atS) / doseMaxS} 50 50)`;
          return <path class="ring-tick" key={atS} d="M50 3.5v13" transform={turned} data-passed={doseS >= atS} />;
        })}
      </svg>
      <p class="ring-digits">
        <b data-testid="dose">{Math.floor(doseS)}</b>
        <span>of {nextS}<i> s</i></span>
      </p>
    </section>
  );
}
