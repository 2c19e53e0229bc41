import { SENSOR_FAULTS } from '../../../guide/calibration-words.ts';
import { cueWord } from '../../../guide/cue-marks.ts';
import type { SessionSummaryRecord } from '../../summary/summary.ts';
import { NOTICE } from '../json.ts';
import type { SessionRun } from '../session-run.ts';
import { balanceBars } from './bars.ts';
import { html, type Markup } from './markup.ts';
import { pathPlots } from './path-plots.ts';
import { loadPlot, speedPlot } from './plots.ts';
import { STYLE } from './style.ts';
import { groupTable } from './table.ts';
import { clock, dayAndTime, number, place, shortened } from './words.ts';

/** By the rows of the table: heights of the plots, mm, so that everything at its longest fits a sheet of Letter, the lower one. */
const LAYOUTS = [
  { rows: 3, speedMm: 62, loadMm: 40, withPaths: true, pairs: 1 },
  { rows: 6, speedMm: 42, loadMm: 28, withPaths: true, pairs: 3 },
  { rows: Infinity, speedMm: 48, loadMm: 32, withPaths: false, pairs: 2 },
] as const;
/** Characters that fit under "The data", and of what was marked under "What was said". */
const QUALITY_CHARS = 260;
const MARKED_CHARS = 120;

/**
 * A session on one sheet of A4 or Letter, for whoever treats or trains the person: an HTML document that needs nothing else and runs
 * nothing, in the order of the summary. It prints in black and white.
 */
export function reportOf(run: SessionRun): string {
  const { summary, zeroUtcMs } = run;
  const { speedMm, loadMm, withPaths, pairs } = LAYOUTS.find(({ rows }) => summary.groups.length <= rows)!;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Rolling session ${dayAndTime(zeroUtcMs)}</title>
<style>${{ markup: STYLE }}</style>
</head>
<body>
${header(run)}
<p class="done">${planText(summary)}</p>
${groupTable(summary)}
${speedPlot(run, speedMm)}
${loadPlot(run, loadMm)}
${withPaths ? pathPlots(summary.groups) : null}
<div class="columns">
<section><h2>Left and right</h2>${balanceText(summary, pairs)}</section>
<section><h2>What was said</h2>${cuesText(summary)}${markersText(run)}${painText(summary)}</section>
<section><h2>The data</h2>${qualityText(summary)}</section>
</div>
<footer><p>${NOTICE} Speed and load are as measured by the roller; which muscle and which side are as the person chose.</p>
<p class="one">${run.meta.software}, session ${run.meta.sessionId}</p></footer>
</body>
</html>
`;
  return page.markup;
}

function header({ summary: { origin }, zeroUtcMs }: SessionRun): Markup {
  const { source, person, massKg, roller, durationS, scenario, importedFrom } = origin;
  const who = [person?.name ?? person?.id ?? null, massKg === null ? null : `${number(massKg)} kg`];
  const what = roller === null ? 'unknown roller' : `${roller.name} (${roller.texture}, ${number(roller.radiusCm * 2)} cm)`;
  const from = importedFrom ?? (scenario === null ? null : `scenario ${scenario}`);
  const parts = [dayAndTime(zeroUtcMs), clock(durationS), ...who, what, from].filter((part) => part !== null);
  return html`<header><div><h1>Rolling session</h1>
<p class="one">${parts.map((part) => shortened(part, 60)).join(' \u00b7 ')}</p></div>
<p class="source">${source.toUpperCase()}</p></header>`;
}

function planText({ plan }: SessionSummaryRecord): string {
  const { sets, minS, goalS, maxS, items, itemsDone, activeS } = plan;
  const open = items.filter(({ dose }) => dose === 'none' || dose === 'under').map(({ group, side }) => place(group, side));
  const left = open.length === 0 ? '' : ` Not there yet: ${shortened(open.join('; '), 90)}.`;
  const each = `${sets === 1 ? '' : `${sets} sets of `}${number(minS)} to ${number(maxS)} s each, goal ${number(goalS)} s`;
  return `Done: ${itemsDone} of ${items.length} chosen (${each}); ${clock(activeS)} in contact.${left}`;
}

const balanceText = ({ balance }: SessionSummaryRecord, pairs: number): Markup =>
  balance.length === 0 ? html`<p>No muscle was rolled on both sides.</p>` : balanceBars(balance.slice(0, pairs));

function cuesText({ cues }: SessionSummaryRecord): Markup {
  if (cues.length === 0) return html`<p>Nothing: no cue was due.</p>`;
  return html`<p>${cues.map(({ kind, level, times }) => `${cueWord(kind)}${level === 2 ? ' (strong)' : ''} ${times}x`).join(', ')}</p>`;
}

const markersText = ({ markers }: SessionRun): Markup | null =>
  markers.length === 0 ? null : html`<p>Marked: ${shortened(markers.map(({ tS, text }) => `${clock(tS)} ${text}`).join('; '), MARKED_CHARS)}</p>`;

const painText = ({ pain }: SessionSummaryRecord): Markup =>
  pain.reports === 0
    ? html`<p>Pain: not reported.</p>`
    : html`<p>Pain, 0 to 10: before ${number(pain.beforeNrs)}, worst ${number(pain.worstNrs)}, after ${number(pain.afterNrs)}</p>`;

function qualityText({ quality }: SessionSummaryRecord): Markup {
  const { frames, lost, lostPct, gaps, decodeFaults, sensorFaults, contactAssumed, calibrated, damage } = quality;
  const known = [calibrated.radius ? 'radius' : null, calibrated.force ? 'force' : null].filter((word) => word !== null);
  const said = [
    `${frames} frames, ${lost} lost (${lostPct.toFixed(1)} %), ${gaps} gaps, ${decodeFaults} faulty.`,
    ...(contactAssumed ? ['No pressure cells: contact is assumed, load unknown.'] : []),
    ...sensorFaults.map(({ kind, cells }) => `${cells.length === 0 ? 'Force' : `Cell ${cells.join(', ')}`}: ${SENSOR_FAULTS[kind]}.`),
    ...(damage === null ? [] : [`Of the recording: ${damage}.`]),
    `Calibrated: ${known.join(' and ') || 'nothing'}.`,
  ];
  return html`<p>${shortened(said.join(' '), QUALITY_CHARS)}</p>`;
}
