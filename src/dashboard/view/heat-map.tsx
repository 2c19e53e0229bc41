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

/** Weights over a patch of contact, 5 cm long, which is heaviest in its middle. */
const PATCH = [1, 2, 3, 2, 1];

function smoothed(secondsPerCm: readonly number[]): number[] {
  return secondsPerCm.map((_, bin) => {
    let sum = 0;
    let weights = 0;
    PATCH.forEach((weight, index) => {
      const seconds = secondsPerCm[bin + index - 2];
      if (seconds === undefined) return;
      sum += weight * seconds;
      weights += weight;
    });
    return sum / weights;
  });
}

function paint(canvas: HTMLCanvasElement, secondsPerCm: readonly number[]): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  canvas.width = Math.max(1, secondsPerCm.length);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--ink');
  const smooth = smoothed(secondsPerCm);
  const mostS = Math.max(FULL_S, ...smooth);
  smooth.forEach((seconds, bin) => {
    context.globalAlpha = seconds === 0 ? 0 : FAINTEST + (BRIGHTEST - FAINTEST) * (seconds / mostS);
    context.fillRect(bin, 0, 1, 1);
  });
}
