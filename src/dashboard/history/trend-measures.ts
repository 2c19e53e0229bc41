import type { Trends } from '../../server/api/schemas.ts';
import { speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText } from './format.ts';

type Group = Trends['groups'][number];
export type MeasureName = keyof Group['lines'];
export type Figure = Group['weeks'][number][MeasureName];
export type Line = NonNullable<Group['lines'][MeasureName]>;

export interface TrendMeasure {
  readonly title: string;
  /** One, or two that are looked at together. */
  readonly names: readonly MeasureName[];
  readonly labels?: readonly string[];
  readonly unit: (units: Units) => string;
  /** As it is shown. */
  readonly shown: (value: number, units: Units) => number;
  readonly digits: number;
  /** Ends of the scale that it has whatever the data are. */
  readonly ends: readonly [number, number];
  readonly note?: string;
}

const same = (value: number): number => value;

export const TREND_MEASURES: readonly TrendMeasure[] = [
  { title: 'Time in contact', names: ['activeS'], unit: () => 'min', shown: (seconds) => seconds / 60, digits: 1, ends: [0, 1] },
  {
    title: 'Speed, median',
    names: ['speedMedianCmS'],
    unit: (units) => SPEED_UNIT[units],
    shown: (cmS, units) => speedIn(units, cmS),
    digits: 1,
    ends: [0, 2],
  },
  { title: 'In the green band', names: ['greenPct'], unit: () => '%', shown: same, digits: 0, ends: [0, 100] },
  { title: 'Too fast', names: ['tooFastPer10Min'], unit: () => 'times per 10 min', shown: same, digits: 1, ends: [0, 2] },
  {
    title: 'Pain',
    names: ['painBeforeNrs', 'painAfterNrs'],
    labels: ['before', 'after'],
    unit: () => 'of 10',
    shown: same,
    digits: 1,
    ends: [0, 10],
  },
  {
    title: 'Left against right',
    names: ['leftRightPct'],
    unit: () => '%',
    shown: same,
    digits: 0,
    ends: [-50, 50],
    note: 'above 0: more time on the left',
  },
];

/** What may be said of a direction, and no more: fewer than four weeks have none, and one that does not stand out is no change. */
export function lineWords(line: Line | null, weeksWithData: number, { unit, shown, digits }: TrendMeasure, units: Units): string {
  if (weeksWithData === 0) return 'nothing known yet';
  if (line === null) return `${weeksWithData === 1 ? '1 week' : `${weeksWithData} weeks`} with data: too few for a trend`;
  const change = shown(line.perWeek, units);
  const text = numberText(Math.abs(change), digits + 1);
  if (!line.isClear || Number(Math.abs(change).toFixed(digits + 1)) === 0) return `no clear change over ${line.points} weeks`;
  return `${change > 0 ? 'up' : 'down'} ${text} ${unit(units)} a week over ${line.points} weeks`;
}

/** Where the line of a slope lies: so that half of the points are above it, half below. */
export function lineAt(line: Line, points: readonly (readonly [week: number, value: number])[]): (week: number) => number {
  const rests = points.map(([week, value]) => value - line.perWeek * week).toSorted((a, b) => a - b);
  const middle = ((rests[(rests.length - 1) >> 1] ?? 0) + (rests[rests.length >> 1] ?? 0)) / 2;
  return (week) => middle + line.perWeek * week;
}

/** The weeks in which something is known of it. */
export const pointsOf = (figures: readonly Figure[]): (readonly [week: number, value: number])[] =>
  figures.flatMap((figure, week) => (figure === null ? [] : [[week, figure.value] as const]));
