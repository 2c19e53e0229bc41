import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { calmSnapshot } from '../state/store.ts';
import { currentMessage } from './current-message.ts';

/** A centimetre counts as fully lit from here on at the latest, s; before, against the longest. */
const FULL_S = 8;
const FAINTEST = 0.1;
const BRIGHTEST = 0.85;

/** One pixel a centimetre; the browser's own smoothing makes it a heat map. */
export function HeatMap(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const secondsPerCm = calmSnapshot.value?.path.secondsPerCm ?? [];
  const { tone } = currentMessage.value; // the ink changes with it
  useEffect(() => {
    if (canvas.current !== null) paint(canvas.current, secondsPerCm);
  }, [secondsPerCm, tone]);
  return <canvas ref={canvas} height={1} aria-hidden="true" />;
}

function paint(canvas: HTMLCanvasElement, secondsPerCm: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (context === null || secondsPerCm.length === 0) return;
  canvas.width = secondsPerCm.length;
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--ink');
  const mostS = Math.max(FULL_S, ...secondsPerCm);
  secondsPerCm.forEach((seconds, bin) => {
    context.globalAlpha = seconds === 0 ? 0 : FAINTEST + (BRIGHTEST - FAINTEST) * (seconds / mostS);
    context.fillRect(bin, 0, 1, 1);
  });
}
