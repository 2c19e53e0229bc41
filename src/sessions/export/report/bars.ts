import type { Balance, RolledGroup } from '../../summary/summary.ts';
import { html, type Markup } from './markup.ts';
import { underPatch } from './patch.ts';
import { linear } from './scale.ts';
import { across, label, mm, rect } from './svg.ts';
import { number, place } from './words.ts';

/** A drawing of this size, mm, in a cell of the table. */
const inCell = (width: number, height: number, name: string, parts: readonly Markup[]): Markup =>
  html`<svg width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}" role="img" aria-label="${name}">${parts}</svg>`;

/** How far the time in contact came, before a frame from the least to the most that is recommended. */
export function doseBar(activeS: number, minS: number, maxS: number): Markup {
  const x = linear([0, Math.max(maxS * 1.35, activeS)], [0, 13]);
  const name = `${number(activeS)} s, recommended ${number(minS)} to ${number(maxS)} s`;
  return inCell(13, 3, name, [rect('fill', 0, 0.9, x(activeS), 1.2), rect('frame', x(minS), 0.2, x(maxS) - x(minS), 2.6)]);
}

const STRIP = { widthMm: 18, heightMm: 4.4, floorMm: 4.2 } as const;

/** Seconds that each centimetre of the path was under the roller, as a row of columns from one end to the other. */
export function pathStrip(path: RolledGroup['path']): Markup {
  const secondsPerCm = underPatch(path);
  const most = Math.max(...secondsPerCm, 0);
  const { widthMm, heightMm, floorMm } = STRIP;
  const x = linear([0, Math.max(secondsPerCm.length, 1)], [0, widthMm]);
  const height = linear([0, most || 1], [0, floorMm]);
  return inCell(widthMm, heightMm, `over ${secondsPerCm.length} cm, at most ${number(most, 1)} s under the roller`, [
    ...secondsPerCm.map((seconds, cm) => rect('fill', x(cm), floorMm - height(seconds), 0.86 * x(1), height(seconds))),
    across('frame', 0, floorMm + 0.1, widthMm),
  ]);
}

const MEASURES = [
  { name: 'time', digits: 0, of: ({ activeS }: Balance) => ({ ...activeS, unit: 's' }) },
  { name: 'speed', digits: 1, of: ({ medianCmS }: Balance) => ({ ...medianCmS, unit: 'cm/s' }) },
  { name: 'load', digits: 0, of: ({ meanLoad }: Balance) => meanLoad },
] as const;

const ROW_MM = 3.6;
const HEADING_MM = 3.8;
const BLOCK_MM = HEADING_MM + MEASURES.length * ROW_MM;
/** Where the bars meet, and how long the longer one is. */
const MIDDLE_MM = 24;
const BAR_MM = 7.5;
const WIDTH_MM = 58;

/** Left against right of the groups that were rolled on both sides: bars from the middle, full to the left, hollow to the right. */
export function balanceBars(balance: readonly Balance[]): Markup {
  const blocks = balance.flatMap((each, index) => [
    label(0, index * BLOCK_MM + HEADING_MM - 0.6, place(each.group, 'both'), 'title'),
    ...MEASURES.map(({ name, digits, of }, row) => bars(name, of(each), digits, index * BLOCK_MM + HEADING_MM + (row + 1) * ROW_MM - 0.9)),
  ]);
  const heightMm = mm(balance.length * BLOCK_MM);
  return html`<svg class="plot" viewBox="0 0 ${WIDTH_MM} ${heightMm}" role="img" aria-label="left against right">${blocks}</svg>`;
}

type Pair = Balance['activeS'] & { readonly unit: string };

/** A row, its text standing on `y`. */
function bars(name: string, pair: Pair | null, digits: number, y: number): Markup {
  if (pair === null) return html`${label(0, y, name)}${label(MIDDLE_MM, y, 'not known', 'middle')}`;
  const { left, right, flagged, differencePct, unit } = pair;
  const length = linear([0, Math.max(left, right) || 1], [0, BAR_MM]);
  const difference = `${differencePct > 0 ? 'left' : 'right'} +${Math.abs(differencePct).toFixed(0)} %`;
  return html`${label(0, y, name)}${label(MIDDLE_MM - BAR_MM - 1, y, number(left, digits), 'end')}
${rect('fill', MIDDLE_MM - length(left), y - 2, length(left), 2)}${rect('other', MIDDLE_MM, y - 2, length(right), 2)}
${label(MIDDLE_MM + BAR_MM + 1, y, `${number(right, digits)} ${unit}`)}${flagged ? label(WIDTH_MM, y, difference, 'end strong') : null}`;
}
