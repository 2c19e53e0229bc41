import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { settings } from '../state/settings.ts';
import { calmSnapshot, isFresh, jumps, snapshot } from '../state/store.ts';
import { prefersStillness, useFrames } from './frames.ts';
import { aim, createGlide, valueAt } from './glide.ts';
import { HeatMap } from './heat-map.tsx';
import { shareOfWindow, windowOf, type PathWindow } from './path-window.ts';
import { lengthText, type Units } from './units.ts';

/** The strip follows its stretch of path with this time constant, s. */
const SETTLE_S = 0.2;

/**
 * The muscle as a spindle, the same both ways: which end is the knee is not known. Brightness is time spent, the dotted
 * capsule what counts as one area, the dot the roller.
 */
export function PathStrip(): JSX.Element | null {
  const shown = calmSnapshot.value;
  if (shown === null) return null;
  const { units } = settings.value;
  const { coverage, lengthCm } = shown.path;
  return (
    <section class="path" aria-label="Where you have been" data-old={!isFresh.value}>
      <Strip />
      <div class="path-labels" aria-live="off">
        <span>where you have been</span>
        {coverage !== null && <span>{coverageText(units, coverage, lengthCm)}</span>}
      </div>
    </section>
  );
}

/** Of the person's own path, once its length is known. */
function coverageText(units: Units, coverage: number, lengthCm: number | null): string {
  const percent = `${Math.round(100 * coverage)} %`;
  return lengthCm === null ? `coverage ${percent}` : `${percent} of ${lengthText(units, lengthCm)}`;
}

function Strip(): JSX.Element {
  const heat = useRef<HTMLDivElement>(null);
  const roller = useRef<HTMLDivElement>(null);
  const capsule = useRef<HTMLDivElement>(null);
  const glide = useRef(createGlide());
  const window = useRef<{ shown: PathWindow; atMs: number; jump: number } | null>(null);

  useFrames((nowMs) => {
    const now = snapshot.peek();
    if (now === null || heat.current === null || roller.current === null || capsule.current === null) return;
    const target = windowOf(now);
    const jump = jumps.peek();
    // After a jump the strip is of another place: it stands there at once.
    const hasJumped = window.current !== null && window.current.jump !== jump;
    if (hasJumped) glide.current = createGlide();
    const before = prefersStillness() || hasJumped ? null : window.current;
    const shown = before === null ? target : settle(before.shown, target, nowMs - before.atMs);
    window.current = { shown, atMs: nowMs, jump };
    aim(glide.current, now.positionCm, nowMs);
    const positionCm = prefersStillness() ? now.positionCm : valueAt(glide.current, nowMs);
    const spanCm = shown.toCm - shown.fromCm;
    heat.current.style.left = `${100 * shareOfWindow(shown, now.path.fromCm)}%`;
    heat.current.style.width = `${(100 * now.path.secondsPerCm.length) / spanCm}%`;
    // Who rolls on while nothing counts may leave the stretch that is shown.
    const share = Math.min(1, Math.max(0, shareOfWindow(shown, positionCm)));
    roller.current.style.transform = `translateX(${100 * share}%)`;
    capsule.current.style.width = `${(100 * now.limits.areaWindowCm) / spanCm}%`;
  });

  const { contact = false, direction = 0 } = calmSnapshot.value ?? {};
  return (
    <div class="strip">
      <div class="muscle">
        <div class="heat" ref={heat}><HeatMap /></div>
      </div>
      <Outline />
      <div class="strip-rail" ref={roller} data-lifted={!contact}>
        <div class="capsule" ref={capsule} />
        <div class="dot">
          <svg viewBox="0 0 24 24" aria-hidden="true" data-direction={direction}>
            <path d="M5 12h14m-6-6 6 6-6 6" />
          </svg>
        </div>
      </div>
    </div>
  );
}

const MUSCLE = 'M0 .5C0 .34 .03 .29 .08 .24C.2 .1 .34 0 .5 0S.8 .1 .92 .24C.97 .29 1 .34 1 .5S.97 .71 .92 .76C.8 .9 .66 1 .5 1S.2 .9 .08 .76C.03 .71 0 .66 0 .5Z';

function Outline(): JSX.Element {
  return (
    <svg class="muscle-outline" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
      <clipPath id="muscle" clipPathUnits="objectBoundingBox"><path d={MUSCLE} /></clipPath>
      <path d={MUSCLE} fill="none" stroke="currentColor" stroke-width="1.5" vector-effect="non-scaling-stroke" />
    </svg>
  );
}

function settle(from: PathWindow, to: PathWindow, elapsedMs: number): PathWindow {
  const share = 1 - Math.exp(-elapsedMs / 1000 / SETTLE_S);
  return { fromCm: from.fromCm + share * (to.fromCm - from.fromCm), toCm: from.toCm + share * (to.toCm - from.toCm) };
}
