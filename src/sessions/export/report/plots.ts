import { CUE_LETTERS, cueWord } from '../../../guide/cue-marks.ts';
import { surfaceOf } from '../../../guide/tools.ts';
import type { SeriesTick, SessionRun, Stretch } from '../session-run.ts';
import { html, type Markup } from './markup.ts';
import { timePlot, type Point } from './time-plot.ts';
import { place } from './words.ts';

export const WIDTH_MM = 186;
/** More points than this no printer shows on the width of a page. */
const MOST_POINTS = 700;
/** The screen shows the mean over 0.7 s; the page does where there is room for it. */
const SHOWN_TICKS = 7;
/** Standard gravity, m/s^2. */
const GRAVITY = 9.81;

export function speedPlot(run: SessionRun, heightMm: number): Markup {
  const { config, durationS } = run.summary.origin;
  const kinds = [...new Set(run.cues.map(({ kind }) => kind))];
  return timePlot({
    title: 'Speed',
    legend: ['grey: recommended band', 'dashed: limit', ...kinds.map((kind) => `${CUE_LETTERS[kind]}: ${cueWord(kind)}`)].join(' \u00b7 '),
    unit: 'cm/s',
    widthMm: WIDTH_MM,
    heightMm,
    durationS,
    points: averaged(run.series, ({ speedCmS }) => Math.abs(speedCmS)),
    stretches: run.stretches.map((stretch) => ({
      ...stretch,
      label: place(stretch.group, stretch.side),
      limit: config[`${stretch.group}WarnCmS`] ?? null,
      band: [config['speedGreenMinCmS'] ?? 0, config['speedGreenMaxCmS'] ?? 0],
    })),
    marks: run.cues.map(({ tS, kind, level }) => ({ tS, letter: CUE_LETTERS[kind], strong: level === 2 })),
  });
}

/** In % of body weight where the mass is known, else in kPa: by what it is judged. Nothing where neither is known. */
export function loadPlot(run: SessionRun, heightMm: number): Markup {
  const { config, durationS, massKg, roller } = run.summary.origin;
  const points = averaged(run.series, ({ forceN, pressureKpa }) => {
    if (massKg === null) return pressureKpa;
    return forceN === null ? null : (100 * forceN) / (massKg * GRAVITY);
  });
  if (points.every(([, each]) => each === null)) return html`<p>Load: not known.</p>`;
  const kpaLimit = roller === null ? null : (config[`${surfaceOf(roller.tool, roller.texture)}PressureKpa`] ?? null);
  const limitOf = ({ group }: Stretch): number | null => (massKg === null ? kpaLimit : (config[`${group}ForcePctBw`] ?? null));
  return timePlot({
    title: massKg === null ? 'Mean pressure' : 'Force',
    legend: 'dashed: limit',
    unit: massKg === null ? 'kPa' : '% BW',
    widthMm: WIDTH_MM,
    heightMm,
    durationS,
    points,
    stretches: run.stretches.map((stretch) => ({
      ...stretch,
      label: place(stretch.group, stretch.side),
      limit: limitOf(stretch),
      band: null,
    })),
    marks: [],
  });
}

/** Means over a fixed number of ticks, of those in contact; null where there is none. */
function averaged(series: readonly SeriesTick[], value: (tick: SeriesTick) => number | null): Point[] {
  const ticks = Math.max(SHOWN_TICKS, Math.ceil(series.length / MOST_POINTS));
  const points: Point[] = [];
  for (let from = 0; from < series.length; from += ticks) {
    const known = series.slice(from, from + ticks).flatMap((tick) => (tick.contact ? [value(tick)] : [])).filter((each) => each !== null);
    const tS = series[Math.min(from + (ticks >> 1), series.length - 1)]!.tS;
    points.push([tS, known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length]);
  }
  return points;
}
