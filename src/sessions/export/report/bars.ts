import type { Balance, RolledGroup } from '../../summary/summary.ts';
import { html, type Markup } from './markup.ts';
import { underPatch } from './patch.ts';
import { linear, mm } from './scale.ts';
import { number, place } from './words.ts';

/** How far the time in contact came, before a frame from the least to the most that is recommended. */
export function doseBar(activeS: number, minS: number, maxS: number): Markup {
  const x = linear([0, Math.max(maxS * 1.35, activeS)], [0, 13]);
  const label = `${number(activeS)} s, recommended ${number(minS)} to ${number(maxS)} s`;
  return html`<svg width="13mm" height="3mm" viewBox="0 0 13 3" role="img" aria-label="${label}"><rect class="fill" x="0" y="0.9" width="${mm(x(activeS))}" height="1.2"/><rect class="frame" x="${mm(x(minS))}" y="0.2" width="${mm(x(maxS) - x(minS))}" height="2.6"/></svg>`;
}

/** Seconds that each centimetre of the path was under the roller, as a row of columns from one end to the other. */
export function pathStrip(path: RolledGroup['path']): Markup {
  const secondsPerCm = underPatch(path);
  const most = Math.max(...secondsPerCm, 0);
  const width = 18 / Math.max(secondsPerCm.length, 1);
  const label = `over ${secondsPerCm.length} cm, at most ${number(most, 1)} s under the roller`;
  return html`<svg width="18mm" height="4.4mm" viewBox="0 0 18 4.4" role="img" aria-label="${label}">${secondsPerCm.map((seconds, cm) => {
    const height = most === 0 ? 0 : (4.2 * seconds) / most;
    return html`<rect class="fill" x="${mm(cm * width)}" y="${mm(4.2 - height)}" width="${mm(width * 0.86)}" height="${mm(height)}"/>`;
  })}<path class="frame" d="M0 4.3H18"/></svg>`;
}

const MEASURES = [
  { name: 'time', digits: 0, of: ({ activeS }: Balance) => ({ ...activeS, unit: 's' }) },
  { name: 'speed', digits: 1, of: ({ medianCmS }: Balance) => ({ ...medianCmS, unit: 'cm/s' }) },
  { name: 'load', digits: 0, of: ({ meanLoad }: Balance) => meanLoad },
] as const;

/** Left against right of the groups that were rolled on both sides: bars from the middle, full to the left, hollow to the right. */
export function balanceBars(balance: readonly Balance[]): Markup {
  const rows = balance.flatMap((each) => MEASURES.map(({ name, digits, of }) => ({ group: each.group, name, digits, pair: of(each) })));
  const heightMm = rows.length * 3.6 + balance.length * 3.8;
  let y = 0;
  return html`<svg class="plot" viewBox="0 0 58 ${mm(Math.max(heightMm, 1))}" role="img" aria-label="left against right">${rows.map(({ group, name, digits, pair }) => {
    const heading = name === 'time' ? html`<text class="title" x="0" y="${mm((y += 3.8) - 0.6)}">${place(group, 'both')}</text>` : null;
    y += 3.6;
    return html`${heading}<text x="0" y="${mm(y - 0.9)}">${name}</text>${pair === null ? html`<text class="middle" x="29" y="${mm(y - 0.9)}">not known</text>` : bars(pair, digits, y)}`;
  })}</svg>`;
}

function bars({ left, right, flagged, differencePct, unit }: Balance['activeS'] & { readonly unit: string }, digits: number, y: number): Markup {
  const half = linear([0, Math.max(left, right) || 1], [0, 9]);
  const difference = `${differencePct > 0 ? 'left' : 'right'} +${Math.abs(differencePct).toFixed(0)} %`;
  return html`<text class="end" x="17" y="${mm(y - 0.9)}">${number(left, digits)}</text>
<rect class="fill" x="${mm(27 - half(left))}" y="${mm(y - 2.9)}" width="${mm(half(left))}" height="2"/><rect class="other" x="27" y="${mm(y - 2.9)}" width="${mm(half(right))}" height="2"/>
<text x="37" y="${mm(y - 0.9)}">${number(right, digits)} ${unit}</text>${flagged ? html`<text class="end strong" x="58" y="${mm(y - 0.9)}">${difference}</text>` : null}`;
}
