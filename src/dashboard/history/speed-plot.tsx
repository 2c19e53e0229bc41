import type { JSX } from 'preact';
import { clockText } from '../view/units.ts';
import { useSize, type Size } from '../view/use-size.ts';
import { tickText } from './format.ts';
import { clockTicks, linear, lineOf, roundTicks, type Scale } from './scale.ts';
import { peaksOf, type Speeds } from './speed-series.ts';
import { StretchNames } from './stretch-names.tsx';
import type { PlottedStretch } from './stretches.ts';

interface Mark {
  readonly tS: number;
  readonly letter: string;
  readonly isStrong: boolean;
}

interface Props {
  readonly speeds: Speeds;
  /** What the limit judges; null where it cannot be told. */
  readonly judged: Speeds | null;
  readonly unit: string;
  readonly endS: number;
  readonly stretches: readonly PlottedStretch[];
  readonly marks: readonly Mark[];
  /** The moment that is read, and where another one is pointed at. */
  readonly atS: number | null;
  readonly onPoint: (tS: number) => void;
}

/** All in heights of a letter; the handle below the plot (history.css) goes by the same margins. */
const HEIGHT = 21;
const MARGIN = { left: 2.8, right: 2, top: 3.6, bottom: 4.4 };
/** Faint peaks may leave the picture above this many limits: a jerk must not flatten the rest. */
const MOST_LIMITS = 2.5;
const LETTER = 1.25;
const TIME = 4.6;

export function SpeedPlot(props: Props): JSX.Element {
  const { element, size } = useSize<HTMLDivElement>();
  return (
    <div class="speed-plot" ref={element}>
      {size !== null && <Drawing {...props} {...size} />}
    </div>
  );
}

function Drawing({ speeds, judged, unit, endS, stretches, marks, atS, onPoint, width, em }: Props & Size): JSX.Element {
  const height = HEIGHT * em;
  const [left, right, top, bottom] = [MARGIN.left * em, width - MARGIN.right * em, MARGIN.top * em, height - MARGIN.bottom * em];
  const most = topOf(speeds, judged, stretches);
  const x = linear([0, Math.max(endS, 1)], [left, right]);
  const y = linear([0, most], [bottom, top]);
  const axes: Axes = { x, top, bottom, em };
  const pathOf = (values: Speeds): string => {
    const peaks = peaksOf(values, width);
    const timeOf = (index: number): number => ((index + 0.5) / peaks.length) * endS;
    return lineOf(peaks.map((value, index) => [x(timeOf(index)), value === null ? null : y(Math.min(value, most))]));
  };
  const timeAt = linear([left, right], [0, endS]);
  const point = ({ currentTarget, clientX }: JSX.TargetedMouseEvent<SVGSVGElement>): void =>
    onPoint(Math.min(endS, Math.max(0, timeAt(clientX - currentTarget.getBoundingClientRect().left))));
  return (
    <svg width={width} height={height} role="img" aria-label={`Speed over ${clockText(endS)}, with ${marks.length} cues`} onClick={point}>
      {stretches.map(({ band, startS, endS: toS }) => band !== null && (
        <path key={startS} class="plot-band" d={`M${x(startS)} ${y(band[1])}H${x(toS)}V${y(band[0])}H${x(startS)}Z`} />
      ))}
      {roundTicks([0, most], 5).map((value) => (
        <g key={value}>
          <path class="plot-grid" d={`M${left} ${y(value)}H${right}`} />
          <text class="plot-end" x={left - em / 2} y={y(value)} dy="0.35em">{tickText(value)}</text>
        </g>
      ))}
      <text x={0} y={em}>{unit}</text>
      {clockTicks(endS, Math.floor((right - left) / (TIME * em))).map((tS) => (
        <text key={tS} class="plot-middle" x={x(tS)} y={bottom + 1.3 * em}>{clockText(tS)}</text>
      ))}
      <path class={judged === null ? 'plot-line plot-only' : 'plot-faint'} d={pathOf(speeds)} />
      {judged !== null && <path class="plot-line" d={pathOf(judged)} />}
      {stretches.map((stretch, index) => <Stretch key={stretch.startS} {...stretch} {...axes} isFirst={index === 0} y={y} />)}
      <StretchNames stretches={stretches} x={x} bottom={bottom} em={em} />
      <Marks marks={marks} {...axes} />
      {atS !== null && <path class="plot-at" d={`M${x(atS)} ${top}V${bottom}`} />}
    </svg>
  );
}

function topOf(speeds: Speeds, judged: Speeds | null, stretches: readonly PlottedStretch[]): number {
  const highest = (values: Speeds): number => values.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);
  const limits = stretches.map(({ limit }) => limit ?? 0);
  const limit = Math.max(...limits, 0);
  const peak = limit > 0 ? Math.min(highest(speeds), limit * MOST_LIMITS) : highest(speeds);
  return 1.08 * Math.max(limit * 1.15, peak, judged === null ? 0 : highest(judged), 1);
}

interface Axes {
  readonly x: Scale;
  readonly top: number;
  readonly bottom: number;
  readonly em: number;
}

interface StretchProps extends PlottedStretch, Axes {
  readonly isFirst: boolean;
  readonly y: Scale;
}

/** Its limit, and where it begins unless it is the first. */
function Stretch({ startS, endS, limit, isFirst, x, y, top, bottom }: StretchProps): JSX.Element {
  return (
    <g>
      {limit !== null && <path class="plot-limit" d={`M${x(startS)} ${y(limit)}H${x(endS)}`} />}
      {!isFirst && <path class="plot-border" d={`M${x(startS)} ${top}V${bottom}`} />}
    </g>
  );
}

/** Letters that would stand on one another are put on two lines; where even that is too little room, the line down remains. */
function Marks({ marks, x, top, bottom, em }: Axes & { readonly marks: readonly Mark[] }): JSX.Element {
  const rows = [-Infinity, -Infinity];
  return (
    <>
      {marks.map(({ tS, letter, isStrong }) => {
        const at = x(tS);
        const row = rows.findIndex((last) => at - last >= LETTER * em);
        if (row >= 0) rows[row] = at;
        const foot = top - (0.5 + 1.3 * Math.max(0, row)) * em;
        return (
          <g key={`${tS} ${letter}`}>
            <path class="plot-mark" d={`M${at} ${foot + em / 3}V${bottom}`} />
            {row >= 0 && <text class={isStrong ? 'plot-letter plot-strong' : 'plot-letter'} x={at} y={foot}>{letter}</text>}
          </g>
        );
      })}
    </>
  );
}
