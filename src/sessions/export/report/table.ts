import { GROUPS } from '../../../guide/groups.ts';
import type { RolledGroup, SessionSummaryRecord } from '../../summary/summary.ts';
import { doseBar, pathStrip } from './bars.ts';
import { html, type Markup } from './markup.ts';
import { number, place, UNKNOWN } from './words.ts';

/** Beyond this the page would not hold them; those rolled least are summed up. */
const MOST_ROWS = 12;

const HEADINGS = [
  'Muscle and side',
  'Time in contact, s',
  'Sets',
  'Strokes, mean length',
  'Speed, cm/s median / 95 %',
  'Speed in the band',
  'Too fast',
  'Longest on one area, s',
  'Load, mean / most',
  'Pain, before / worst / after',
  'Time along the path',
];

/** What was done with each group and side, a row each. */
export function groupTable({ plan, groups }: SessionSummaryRecord): Markup {
  if (groups.length === 0) return html`<p class="done">No contact: nothing was rolled.</p>`;
  const kept = new Set(groups.toSorted((a, b) => b.activeS - a.activeS).slice(0, MOST_ROWS));
  const rest = groups.filter((group) => !kept.has(group));
  const restS = rest.reduce((sum, { activeS }) => sum + activeS, 0);
  return html`<table>
<thead><tr>${HEADINGS.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>${groups.filter((group) => kept.has(group)).map((group) => row(group, plan))}</tbody>
</table>
${rest.length === 0 ? null : html`<p>And ${rest.length} more with ${number(restS)} s in all.</p>`}`;
}

function row(rolled: RolledGroup, { minS, maxS }: SessionSummaryRecord['plan']): Markup {
  const { group, side, activeS, sets, strokes, speed, longestDwellS, load, pain, path, coverage } = rolled;
  const tooFast = speed.tooFastTimes === 0 ? 'never' : `${speed.tooFastTimes}x, ${number(speed.tooFastS)} s`;
  const nrs = [pain.beforeNrs, pain.worstNrs, pain.afterNrs].map((value) => number(value)).join(' / ');
  return html`<tr><th scope="row">${place(group, side)}</th>
<td>${doseBar(activeS, minS * Math.max(1, sets), maxS * Math.max(1, sets))} ${number(activeS)}</td><td>${sets}</td>
<td>${strokes.count}${strokes.lengthCm === null ? null : `, ${number(strokes.lengthCm)} cm`}</td>
<td>${number(speed.medianCmS, 1)} / ${number(speed.p95CmS, 1)}</td>
<td>${GROUPS[group].hold ? 'held' : percent(speed.greenPct)}</td>
<td class="${speed.tooFastTimes > 0 ? 'flag' : ''}">${tooFast}</td>
<td>${number(longestDwellS)}</td><td>${loadText(load)}</td><td>${pain.reports === 0 ? UNKNOWN : nrs}</td>
<td>${pathStrip(path)} ${coverage === null ? UNKNOWN : percent(coverage * 100)}</td></tr>`;
}

const percent = (value: number | null): string => (value === null ? UNKNOWN : `${value.toFixed(0)} %`);

/** In % of body weight where the mass is known, else in newtons. */
export function loadText(load: RolledGroup['load']): string {
  if (load === null) return UNKNOWN;
  if (load.meanPctBw !== null) return `${number(load.meanPctBw)} / ${number(load.peakPctBw)} % BW`;
  if (load.meanN !== null) return `${number(load.meanN)} / ${number(load.peakN)} N`;
  return `${number(load.meanKpa)} / ${number(load.peakKpa)} kPa`;
}
