import type { JSX } from 'preact';
import type { Units } from '../view/units.ts';
import { useSize, type Size } from '../view/use-size.ts';
import { tickText, weekText } from './format.ts';
import { linear, roundTicks } from './scale.ts';
import { lineAt, pointsOf, type Figure, type Line, type TrendMeasure } from './trend-measures.ts';

interface Row {
  /** One a week. */
  readonly figures: readonly Figure[];
  readonly line: Line | null;
}

interface Props {
  readonly measure: TrendMeasure;
  readonly units: Units;
  /** Their Mondays. */
  readonly weeks: readonly string[];
  readonly rows: readonly Row[];
}

/** All in heights of a letter. */
const HEIGHT = 11;
const MARGIN = { left: 2.8, right: 0.8, top: 0.8, bottom: 3 };
/** Room for a date under the axis, and for a count of sessions. */
const DATE = 4.4;
const COUNT = 1.9;
const RADIUS = { most: 0.36, least: 0.22 };

export function TrendPlot(props: Props): JSX.Element {
  const { element, size } = useSize<HTMLDivElement>();
  return <div class="trend-plot" ref={element}>{size !== null && <Drawing {...props} {...size} />}</div>;
}

/** Weeks as points, never joined; a line only where the data bear one. Under each week, of how many sessions it is. */
function Drawing({ measure, units, weeks, rows, width, em }: Props & Size): JSX.Element {
  const { title, shown, ends } = measure;
  const all = rows.flatMap(({ figures }) => pointsOf(figures).map(([, value]) => shown(value, units)));
  const range = [Math.min(ends[0], ...all), Math.max(ends[1], ...all.map((value) => value * 1.05))] as const;
  const height = HEIGHT * em;
  const [left, right, top, bottom] = [MARGIN.left * em, width - MARGIN.right * em, MARGIN.top * em, height - MARGIN.bottom * em];
  const inside = { x: left, y: top, width: right - left, height: bottom - top };
  const weekPx = (right - left) / weeks.length;
  const x = linear([-0.5, weeks.length - 0.5], [left, right]);
  const y = linear(range, [bottom, top]);
  const radius = Math.max(RADIUS.least * em, Math.min(RADIUS.most * em, weekPx / 2));
  /** Two rows stand beside each other. */
  const asideOf = (row: number): number => (rows.length > 1 ? (row - 0.5) * radius : 0);
  const every = Math.max(1, Math.ceil((DATE * em) / weekPx));
  return (
    <svg width={width} height={height} role="img" aria-label={`${title}, ${weeks.length} weeks; the numbers stand below`}>
      {roundTicks(range, 4).map((value) => (
        <g key={value}>
          <path class={value === 0 && ends[0] < 0 ? 'plot-border' : 'plot-grid'} d={`M${left} ${y(value)}H${right}`} />
          <text class="plot-end" x={left - em / 2} y={y(value)} dy="0.35em">{tickText(value)}</text>
        </g>
      ))}
      {weeks.map((from, week) => (weeks.length - 1 - week) % every === 0 && (
        <WeekLabel
          key={from}
          text={weekText(from)}
          x={x(week)}
          y={height - 0.3 * em}
          endAt={week === weeks.length - 1 ? right + em / 2 : null}
        />
      ))}
      {weekPx >= COUNT * em && weeks.map((from, week) => {
        const sessions = Math.max(...rows.map(({ figures }) => figures[week]?.sessions ?? 0));
        return sessions > 0 && <text key={from} class="plot-middle plot-count" x={x(week)} y={bottom + 1.2 * em}>n {sessions}</text>;
      })}
      {rows.map(({ figures, line }, row) => (
        <g key={row} class="trend-row" data-row={row}>
          {line !== null && (
            // A straight line may lead below zero, where nothing is.
            <svg {...inside} viewBox={`${left} ${top} ${inside.width} ${inside.height}`}>
              <TrendLine line={line} figures={figures} place={(week, value) => `${x(week)} ${y(shown(value, units))}`} />
            </svg>
          )}
          {pointsOf(figures).map(([week, value]) => (
            <circle key={week} cx={x(week) + asideOf(row)} cy={y(shown(value, units))} r={radius} />
          ))}
        </g>
      ))}
    </svg>
  );
}

interface WeekLabelProps {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** The last would stand out over the edge. */
  readonly endAt: number | null;
}

const WeekLabel = ({ text, x, y, endAt }: WeekLabelProps): JSX.Element => (
  <text class={endAt === null ? 'plot-middle' : 'plot-end'} x={endAt ?? x} y={y}>{text}</text>
);

interface LineProps {
  readonly line: Line;
  readonly figures: readonly Figure[];
  readonly place: (week: number, value: number) => string;
}

/** From the first to the last week with data, and no further. */
function TrendLine({ line, figures, place }: LineProps): JSX.Element {
  const points = pointsOf(figures);
  const at = lineAt(line, points);
  const [from, to] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  return <path class="trend-line" data-clear={line.isClear} d={`M${place(from, at(from))}L${place(to, at(to))}`} />;
}
