import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SnapshotMessage } from '../../server/wire.ts';
import { calmSnapshot, isFresh } from '../state/store.ts';
import { speedHistory, SPAN_S, type SpeedHistory } from '../state/speed-history.ts';
import { currentMessage } from './current-message.ts';
import { fullScaleCmS } from './speed-scale.ts';

/** The last 30 s of speed, only where there is room: the band, the limit, the line. */
export function Trace(): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const shown = calmSnapshot.value;
  const { tone } = currentMessage.value; // the ink changes with it
  useEffect(() => {
    if (shown !== null && canvas.current !== null && canvas.current.clientHeight > 0) paint(canvas.current, shown, speedHistory);
  }, [shown, tone]);
  return (
    <section class="plate trace" aria-label="Speed over the last 30 seconds" data-old={!isFresh.value}>
      <h2>last {SPAN_S} s</h2>
      <canvas ref={canvas} aria-hidden="true" />
    </section>
  );
}

/** Where a time and a speed lie on the canvas. */
interface Scale {
  readonly width: number;
  readonly lineWidth: number;
  readonly x: (atS: number) => number;
  readonly y: (cmS: number) => number;
}

function paint(canvas: HTMLCanvasElement, { tS, limits, rhythm }: SnapshotMessage, history: SpeedHistory): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const style = getComputedStyle(canvas);
  const lineWidth = Math.max(1.5, height / 45);
  canvas.width = width * devicePixelRatio;
  canvas.height = height * devicePixelRatio;
  context.scale(devicePixelRatio, devicePixelRatio);

  const full = fullScaleCmS(limits);
  const scale: Scale = {
    width,
    lineWidth,
    x: (atS) => width * (1 - (tS - atS) / SPAN_S),
    y: (cmS) => (height - lineWidth) * (1 - Math.min(1, cmS / full)) + lineWidth / 2,
  };
  // By rhythm it is the stroke that is judged, not the speed.
  if (rhythm === null) paintLimits(context, style, scale, limits);
  paintLine(context, style, scale, history);
}

function paintLimits(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, { width, lineWidth, y }: Scale, limits: SnapshotMessage['limits']): void {
  context.fillStyle = style.getPropertyValue('--line');
  context.fillRect(0, y(limits.greenCmS[1]), width, y(limits.greenCmS[0]) - y(limits.greenCmS[1]));
  context.strokeStyle = style.getPropertyValue('--ink-soft');
  context.lineWidth = lineWidth / 2;
  context.setLineDash([4 * lineWidth, 3 * lineWidth]);
  context.beginPath();
  context.moveTo(0, y(limits.warnCmS));
  context.lineTo(width, y(limits.warnCmS));
  context.stroke();
  context.setLineDash([]);
}

function paintLine(context: CanvasRenderingContext2D, style: CSSStyleDeclaration, { lineWidth, x, y }: Scale, { points }: SpeedHistory): void {
  context.strokeStyle = style.getPropertyValue('--ink');
  context.lineWidth = lineWidth;
  context.lineJoin = 'round';
  context.beginPath();
  let lastS = Number.NEGATIVE_INFINITY;
  for (const { atS, cmS } of points) {
    if (atS - lastS > 0.5) context.moveTo(x(atS), y(cmS));
    else context.lineTo(x(atS), y(cmS));
    lastS = atS;
  }
  context.stroke();
}
