import type { JSX } from 'preact';
import { fitted, fittedSide } from './fitted.ts';
import type { Scale } from './scale.ts';
import { musclesOf, type PlottedStretch } from './stretches.ts';

interface Props {
  readonly stretches: readonly PlottedStretch[];
  readonly x: Scale;
  /** Where the plot ends, and the height of a letter, px. */
  readonly bottom: number;
  readonly em: number;
}

/** Widths of a letter, in its heights. */
const CHARACTER = 0.6;
/** Lines below the times of the axis, in heights of a letter. */
const MUSCLE_LINE = 2.85;
const SIDE_LINE = 4.15;

/** Under the axis: each muscle, and under it its sides. */
export function StretchNames({ stretches, x, bottom, em }: Props): JSX.Element {
  const middle = (startS: number, endS: number): number => (x(startS) + x(endS)) / 2;
  const charactersIn = (startS: number, endS: number): number => Math.floor((x(endS) - x(startS)) / (CHARACTER * em));
  return (
    <>
      {musclesOf(stretches).map(({ muscle, startS, endS }) => (
        <text key={startS} class="plot-middle plot-name" x={middle(startS, endS)} y={bottom + MUSCLE_LINE * em}>
          {fitted(muscle, charactersIn(startS, endS))}
        </text>
      ))}
      {stretches.map(({ side, startS, endS }) => (
        <text key={startS} class="plot-middle" x={middle(startS, endS)} y={bottom + SIDE_LINE * em}>
          {fittedSide(side, charactersIn(startS, endS))}
        </text>
      ))}
    </>
  );
}
