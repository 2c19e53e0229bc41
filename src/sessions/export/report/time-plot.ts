import { html, type Markup } from './markup.ts';
import { linear, roundTicks, timeTicks, type Scale } from './scale.ts';
import { across, down, label, mm, rect } from './svg.ts';
import { clock, shortened } from './words.ts';

/** A series over session time; null: nothing known, the line is broken. */
export type Point = readonly [tS: number, value: number | null];

/** A stretch of time: what it was of, its limit, and the band that is recommended. */
export interface PlottedStretch {
  readonly label: string;
  readonly startS: number;
  readonly endS: number;
  readonly limit: number | null;
  readonly band: readonly [number, number] | null;
}

export interface TimePlot {
  readonly title: string;
  /** What its lines and letters mean. */
  readonly legend: string;
  readonly unit: string;
  /** Of the whole drawing, mm. */
  readonly widthMm: number;
  readonly heightMm: number;
  readonly durationS: number;
  readonly points: readonly Point[];
  readonly stretches: readonly PlottedStretch[];
  /** Things that happened, each a letter. */
  readonly marks: readonly { readonly tS: number; readonly letter: string; readonly strong: boolean }[];
}

/** To the right half of the last time stands out. */
const MARGIN = { left: 9, right: 6, top: 9, bottom: 8 };
/** Letters are about so wide, mm: those that would stand on one another are put on two lines; where even that is too little, their line remains. */
const LETTER_MM = 2.6;
/** A character of a name, with room for fonts that run wide. */
const CHARACTER_MM = 1.7;

/** Drawn with lines that differ by their dashes, not by colour alone. */
export function timePlot(plot: TimePlot): Markup {
  const { title, legend, unit, widthMm, heightMm, durationS, points, stretches, marks } = plot;
  const { left, top } = MARGIN;
  const [right, bottom] = [widthMm - MARGIN.right, heightMm - MARGIN.bottom];
  const most = Math.max(...points.map(([, value]) => value ?? 0), ...stretches.map(({ limit }) => limit ?? 0), 1);
  const x = linear([0, Math.max(durationS, 1)], [left, right]);
  const y = linear([0, most * 1.08], [bottom, top]);
  return html`<svg class="plot" viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${title}">
${label(0, 2.8, title, 'title')}${label(widthMm - 0.8, 2.8, legend, 'end')}
${stretches.map(({ band, startS, endS }) => band && rect('band', x(startS), y(band[1]), x(endS) - x(startS), y(band[0]) - y(band[1])))}
${roundTicks(most, 5).map((value) => [across('grid', left, y(value), right), label(left - 1, y(value) + 0.9, value, 'end')])}
${label(left - 1, top - 1.6, unit, 'end')}
${timeTicks(durationS, 12).map((tS) => label(x(tS), bottom + 3.5, clock(tS), 'middle'))}
${stretches.map((stretch, index) => stretchOf(stretch, index === 0, x, y, bottom))}
<path class="line" d="${lineOf(points, x, y)}"/>
${lettersOf(marks, x, bottom)}
</svg>`;
}

/** Its limit as a dashed line, its name under the axis where there is room, and where it begins unless it is the first. */
function stretchOf({ label: name, startS, endS, limit }: PlottedStretch, isFirst: boolean, x: Scale, y: Scale, bottom: number): Markup {
  const [from, to] = [x(startS), x(endS)];
  const room = Math.floor((to - from) / CHARACTER_MM);
  return html`${limit === null ? null : across('limit', from, y(limit), to)}
${isFirst ? null : down('border', from, MARGIN.top, bottom + 7)}
${room < 3 ? null : label((from + to) / 2, bottom + 6.9, shortened(name, room), 'middle')}`;
}

function lineOf(points: readonly Point[], x: Scale, y: Scale): string {
  let pen = 'M';
  return points
    .map(([tS, value]) => {
      const step = value === null ? '' : `${pen}${mm(x(tS))} ${mm(y(value))}`;
      pen = value === null ? 'M' : 'L';
      return step;
    })
    .join('');
}

function lettersOf(marks: TimePlot['marks'], x: Scale, bottom: number): Markup[] {
  const rows = [-Infinity, -Infinity];
  return marks.map(({ tS, letter, strong }) => {
    const at = x(tS);
    const row = rows.findIndex((last) => at - last >= LETTER_MM);
    if (row >= 0) rows[row] = at;
    const foot = MARGIN.top - 0.6 - row * LETTER_MM;
    return html`${down('mark', at, MARGIN.top, bottom)}${row < 0 ? null : label(at, foot, letter, strong ? 'middle strong' : 'middle')}`;
  });
}
