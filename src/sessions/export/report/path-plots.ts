import type { RolledGroup } from '../../summary/summary.ts';
import { html, type Markup } from './markup.ts';
import { underPatch } from './patch.ts';
import { linear, roundTicks } from './scale.ts';
import { across, label, rect } from './svg.ts';
import { number, place } from './words.ts';

/** As many as stand beside one another. */
const MOST = 3;
const SIZE = { widthMm: 58, heightMm: 27 } as const;
const MARGIN = { left: 7, right: 2.5, top: 7, bottom: 4.5 };

/** Where the time went on the paths that were rolled longest: seconds that each centimetre was under the roller. */
export function pathPlots(groups: readonly RolledGroup[]): Markup {
  const longest = groups.toSorted((a, b) => b.activeS - a.activeS).slice(0, MOST);
  return html`<div class="columns">${longest.map(pathPlot)}</div>`;
}

function pathPlot({ group, side, path, coverage }: RolledGroup): Markup {
  const secondsPerCm = underPatch(path);
  const { widthMm, heightMm } = SIZE;
  const { left, top } = MARGIN;
  const [right, bottom] = [widthMm - MARGIN.right, heightMm - MARGIN.bottom];
  const most = Math.max(...secondsPerCm, 0);
  const x = linear([0, Math.max(secondsPerCm.length, 1)], [left, right]);
  const y = linear([0, most || 1], [bottom, top]);
  const covered = coverage === null ? 'cover not known' : `${number(100 * coverage)} % covered`;
  const column = 0.86 * (x(1) - x(0));
  return html`<svg viewBox="0 0 ${widthMm} ${heightMm}" role="img" aria-label="${place(group, side)}: time along the path">
${label(0, 2.8, place(group, side), 'title')}${label(widthMm, 6, `time along the path, ${covered}`, 'end')}
${roundTicks(most, 3).map((seconds) => [across('grid', left, y(seconds), right), label(left - 0.8, y(seconds) + 0.9, seconds, 'end')])}
${label(left - 0.8, top - 1.6, 's', 'end')}
${secondsPerCm.map((seconds, cm) => rect('fill', x(cm), y(seconds), column, bottom - y(seconds)))}
${roundTicks(secondsPerCm.length, 6).map((cm) => label(x(cm), bottom + 3.4, cm === 0 ? '0 cm' : cm, 'middle'))}</svg>`;
}
