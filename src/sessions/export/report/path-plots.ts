import type { RolledGroup } from '../../summary/summary.ts';
import { html, type Markup } from './markup.ts';
import { underPatch } from './patch.ts';
import { linear, mm, roundTicks } from './scale.ts';
import { number, place } from './words.ts';

/** As many as stand beside one another. */
const MOST = 3;
const SIZE = { widthMm: 58, heightMm: 27 } as const;
const MARGIN = { left: 7, right: 1, top: 6, bottom: 4.5 };

/** Where the time went on the paths that were rolled longest: seconds that each centimetre was under the roller. */
export function pathPlots(groups: readonly RolledGroup[]): Markup {
  const longest = groups.toSorted((a, b) => b.activeS - a.activeS).slice(0, MOST);
  return html`<div class="columns">${longest.map(({ group, side, path, coverage }) =>
    pathPlot(`${place(group, side)}: time along the path`, path, coverage))}</div>`;
}

function pathPlot(title: string, path: RolledGroup['path'], coverage: number | null): Markup {
  const secondsPerCm = underPatch(path);
  const { widthMm, heightMm } = SIZE;
  const bottom = heightMm - MARGIN.bottom;
  const most = Math.max(...secondsPerCm, 0);
  const x = linear([0, Math.max(secondsPerCm.length, 1)], [MARGIN.left, widthMm - MARGIN.right]);
  const y = linear([0, most || 1], [bottom, MARGIN.top]);
  const column = mm((x(1) - x(0)) * 0.86);
  return html`<svg viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${title}"><text class="title" x="0" y="2.8">${title}</text>
<text class="end" x="${widthMm - MARGIN.right}" y="5.6">${coverage === null ? 'covered: not known' : `covered: ${number(100 * coverage)} %`}</text>
${roundTicks(most, 3).map((seconds) => html`<path class="grid" d="M${MARGIN.left} ${mm(y(seconds))}H${widthMm - MARGIN.right}"/><text class="end" x="${MARGIN.left - 0.8}" y="${mm(y(seconds) + 0.9)}">${seconds}</text>`)}
<text class="end" x="${MARGIN.left - 0.8}" y="${MARGIN.top - 0.4}">s</text>
${secondsPerCm.map((seconds, cm) => html`<rect class="fill" x="${mm(x(cm))}" y="${mm(y(seconds))}" width="${column}" height="${mm(bottom - y(seconds))}"/>`)}
${roundTicks(secondsPerCm.length, 6).map((cm) => html`<text class="middle" x="${mm(x(cm))}" y="${bottom + 3}">${cm}${cm === 0 ? ' cm' : null}</text>`)}</svg>`;
}
