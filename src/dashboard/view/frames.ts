import { useEffect, useRef } from 'preact/hooks';

type Draw = (nowMs: number) => void;

const draws = new Set<Draw>();
let requested = 0;

/** Calls `draw` before every repaint while the component is on screen; all share one request. */
export function useFrames(draw: Draw): void {
  const latest = useRef(draw);
  latest.current = draw;
  useEffect(() => {
    const run: Draw = (nowMs) => latest.current(nowMs);
    draws.add(run);
    if (draws.size === 1) requested = requestAnimationFrame(step);
    return () => {
      draws.delete(run);
      if (draws.size === 0) cancelAnimationFrame(requested);
    };
  }, []);
}

function step(nowMs: number): void {
  for (const draw of draws) draw(nowMs);
  requested = requestAnimationFrame(step);
}

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
/** The person asked for less motion: markers step instead of gliding. */
export const prefersStillness = (): boolean => stillness.matches;
