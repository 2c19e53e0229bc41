import { html, type Markup } from './markup.ts';
import { linear, mm, roundTicks, timeTicks, type Scale } from './scale.ts';
import { clock, shortened } from './words.ts';

/** A series over session time; null: nothing known, the line is broken. */
export type Point = readonly [tS: number, value: number | null];

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
  /** Stretches of time: what each was of, its limit, and the band that is recommended. */
  readonly stretches: readonly { readonly label: string; readonly startS: number; readonly endS: number; readonly limit: number | null; readonly band: readonly [number, number] | null }[];
  /** Things that happened, each a letter. */
  readonly marks: readonly { readonly tS: number; readonly letter: string; readonly strong: boolean }[];
}

const MARGIN = { left: 9, right: 4, top: 9, bottom: 8 };
/** Letters are about so wide, mm: those that would stand on one another are put on two lines. */
const LETTER_MM = 2.6;

/** Drawn with lines that differ by their dashes, not by colour alone. */
export function timePlot(plot: TimePlot): Markup {
  const { title, legend, unit, widthMm, heightMm, durationS, points, stretches, marks } = plot;
  const bottom = heightMm - MARGIN.bottom;
  const most = Math.max(...points.map(([, value]) => value ?? 0), ...stretches.map(({ limit }) => limit ?? 0), 1);
  const x = linear([0, Math.max(durationS, 1)], [MARGIN.left, widthMm - MARGIN.right]);
  const y = linear([0, most * 1.08], [bottom, MARGIN.top]);
  return html`<svg class="plot" viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${title}">
<text class="title" x="0" y="2.8">${title}</text><text class="end" x="${widthMm - 0.8}" y="2.8">${legend}</text>
${stretches.map(({ band, startS, endS }) => band && html`<rect class="band" x="${mm(x(startS))}" y="${mm(y(band[1]))}" width="${mm(x(endS) - x(startS))}" height="${mm(y(band[0]) - y(band[1]))}"/>`)}
${roundTicks(most, 5).map((value) => html`<path class="grid" d="M${MARGIN.left} ${mm(y(value))}H${widthMm - MARGIN.right}"/><text class="end" x="${MARGIN.left - 1}" y="${mm(y(value) + 0.9)}">${value}</text>`)}
<text class="end" x="${MARGIN.left - 1}" y="${MARGIN.top - 1.6}">${unit}</text>
${timeTicks(durationS, 12).map((tS) => html`<text class="middle" x="${mm(x(tS))}" y="${bottom + 3}">${clock(tS)}</text>`)}
${stretches.map((stretch, index) => stretchOf(stretch, index, x, y, bottom))}
<path class="line" d="${lineOf(points, x, y)}"/>
${lettersOf(marks, x, bottom)}
</svg>`;
}

/** Its limit as a dashed line, its name under the axis where there is room, and where the next one begins. */
function stretchOf({ label, startS, endS, limit }: TimePlot['stretches'][number], index: number, x: Scale, y: Scale, bottom: number): Markup {
  const [from, to] = [mm(x(startS)), mm(x(endS))];
  const room = Math.floor((to - from) / 1.35);
  return html`${limit === null ? null : html`<path class="limit" d="M${from} ${mm(y(limit))}H${to}"/>`}
${index === 0 ? null : html`<path class="border" d="M${from} ${MARGIN.top}V${bottom + 7}"/>`}
${room < 3 ? null : html`<text class="middle" x="${mm((from + to) / 2)}" y="${bottom + 6.6}">${shortened(label, room)}</text>`}`;
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
    const at = mm(x(tS));
    const row = at - rows[0]! >= LETTER_MM ? 0 : 1;
    rows[row] = at;
    const up = MARGIN.top - 0.6 - row * 2.6;
    return html`<path class="mark" d="M${at} ${MARGIN.top}V${bottom}"/><text class="${strong ? 'middle strong' : 'middle'}" x="${at}" y="${mm(up)}">${letter}</text>`;
  });
}
