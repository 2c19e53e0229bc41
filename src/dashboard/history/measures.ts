import { GROUPS } from '../../guide/groups.ts';
import type { KeptSession } from '../../server/api/schemas.ts';
import { lengthText, speedIn, SPEED_UNIT, type Units } from '../view/units.ts';
import { numberText, percentText, spanText, UNKNOWN } from './format.ts';

export type Summary = KeptSession['summary'];
export type Rolled = Summary['groups'][number];

/** What is told of each muscle and side, in the order in which a physiotherapist asks. */
export interface Measure {
  readonly label: string;
  /** What it means, for whoever asks. */
  readonly means: string;
  readonly of: (rolled: Rolled, units: Units) => string;
  /** It deserves a second look. */
  readonly flags?: (rolled: Rolled) => boolean;
}

const speedText = (cmS: number, units: Units): string => numberText(speedIn(units, cmS), 1);

export const MEASURES: readonly Measure[] = [
  { label: 'Time in contact', means: 'with weight on the roller', of: ({ activeS }) => spanText(activeS) },
  { label: 'Sets', means: 'begun', of: ({ sets }) => numberText(sets) },
  {
    label: 'Speed',
    means: 'median, and 95 % were below the second',
    of: ({ speed }, units) => `${speedText(speed.medianCmS, units)} / ${speedText(speed.p95CmS, units)} ${SPEED_UNIT[units]}`,
  },
  {
    label: 'In the green band',
    means: 'part of the time at the recommended speed',
    of: ({ group, speed }) => (GROUPS[group].hold ? 'held' : percentText(speed.greenPct)),
  },
  {
    label: 'Too fast',
    means: 'how often, and for how long',
    of: ({ speed }) => (speed.tooFastTimes === 0 ? 'never' : `${numberText(speed.tooFastTimes)}\u00d7, ${spanText(speed.tooFastS)}`),
    flags: ({ speed }) => speed.tooFastTimes > 0,
  },
  { label: 'Longest on one area', means: 'within 5 cm', of: ({ longestDwellS }) => spanText(longestDwellS) },
  { label: 'Load', means: 'mean, and the most', of: ({ load }) => loadText(load), flags: ({ load }) => (load?.overS ?? 0) > 0 },
  { label: 'Covered', means: 'part of the path', of: ({ coverage }) => percentText(coverage === null ? null : 100 * coverage) },
  {
    label: 'Strokes',
    means: 'and their mean length, one way',
    of: ({ strokes: { count, lengthCm } }, units) => `${numberText(count)}${lengthCm === null ? '' : `, ${lengthText(units, lengthCm)}`}`,
  },
  { label: 'Pain', means: '0 to 10: before, worst, after', of: ({ pain }) => painText(pain) },
];

/** In % of body weight where the mass is known, else in newtons, else as the cells read. */
export function loadText(load: Rolled['load']): string {
  if (load === null) return UNKNOWN;
  if (load.meanPctBw !== null) return `${numberText(load.meanPctBw)} / ${numberText(load.peakPctBw)} % of weight`;
  if (load.meanN !== null) return `${numberText(load.meanN)} / ${numberText(load.peakN)} N`;
  return load.meanKpa === null ? UNKNOWN : `${numberText(load.meanKpa)} / ${numberText(load.peakKpa)} kPa`;
}

export const painText = ({ beforeNrs, worstNrs, afterNrs, reports }: Rolled['pain']): string =>
  reports === 0 ? 'not reported' : [beforeNrs, worstNrs, afterNrs].map((nrs) => numberText(nrs)).join(' / ');

/** What was done of what was planned, in a sentence or two. */
export function planWords({ plan }: Summary): string {
  const { sets, minS, maxS, goalS, items, itemsDone, activeS } = plan;
  if (items.length === 0) return 'No muscle was chosen, and nothing was rolled.';
  const many = sets === 1 ? '' : `${numberText(sets)} sets of `;
  const each = `${many}${numberText(minS)} to ${numberText(maxS)} s each, ${numberText(goalS)} s as the goal`;
  const over = items.filter(({ dose }) => dose === 'over').length;
  const done = `${numberText(itemsDone)} of ${numberText(items.length)} chosen got enough${over === 0 ? '' : `, ${numberText(over)} of them more`}`;
  return `${done} (${each}). ${spanText(activeS)} in contact in all.`;
}

export type Dose = Summary['plan']['items'][number]['dose'];
export const DOSE_WORDS: Readonly<Record<Dose, string>> = {
  none: 'not rolled',
  under: 'less than planned',
  'in-range': 'enough',
  over: 'more than planned',
};
