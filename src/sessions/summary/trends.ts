import { z } from 'zod';
import { MUSCLE_GROUPS, type MuscleGroup } from '../../guide/groups.ts';
import { compare } from './balance.ts';
import { line, lineThrough } from './line.ts';
import type { RolledGroup, SessionSummaryRecord } from './summary.ts';
import { dateText, daysIn, mondayOf } from './weeks.ts';

/** A number of a week, and of how many sessions it is made; null: none said anything of it. */
const figure = z.object({ value: z.number(), sessions: z.int().positive() }).nullable();
export type Figure = z.infer<typeof figure>;

interface MeasureOf {
  /** Of everything that was rolled of a group in a week; null: nothing is known. */
  readonly of: (rolled: readonly RolledGroup[]) => number | null;
  /** Which of it says anything of the measure. */
  readonly tells: (rolled: RolledGroup) => boolean;
}

const always = (): boolean => true;

/** What is told of a group's week. Left and right of a group count as one. */
const MEASURES = {
  activeS: { tells: always, of: (rolled) => timeOf(rolled) },
  /** The sessions' medians, weighted by their time. */
  speedMedianCmS: { tells: always, of: (rolled) => weighted(rolled, ({ speed }) => speed.medianCmS) },
  greenPct: { tells: ({ speed }) => speed.greenPct !== null, of: (rolled) => weighted(rolled, ({ speed }) => speed.greenPct ?? 0) },
  tooFastPer10Min: { tells: always, of: (rolled) => (600 * sum(rolled.map(({ speed }) => speed.tooFastTimes))) / timeOf(rolled) },
  painBeforeNrs: { tells: ({ pain }) => pain.beforeNrs !== null, of: (rolled) => mean(rolled.map(({ pain }) => pain.beforeNrs ?? 0)) },
  painAfterNrs: { tells: ({ pain }) => pain.afterNrs !== null, of: (rolled) => mean(rolled.map(({ pain }) => pain.afterNrs ?? 0)) },
  /** How much more time the left had, % of the longer side; null unless both were rolled. */
  leftRightPct: { tells: ({ side }) => side !== 'both', of: leftRightOf },
} as const satisfies Readonly<Record<string, MeasureOf>>;

type Measure = keyof typeof MEASURES;
const NAMES = Object.keys(MEASURES) as Measure[];
const each = <S extends z.ZodType>(schema: S) => z.object(Object.fromEntries(NAMES.map((name) => [name, schema])) as Record<Measure, S>);

/** Weeks begin on Monday. */
const week = z.object({ from: z.iso.date(), sessions: z.int().nonnegative(), activeS: z.number() });

/** How rolling went from week to week; the last week is the present one and may not be over. */
export const trends = z.object({
  weeks: z.array(week),
  groups: z.array(
    z.object({
      group: z.enum(MUSCLE_GROUPS),
      sessions: z.int().positive(),
      /** One for each of `weeks`. */
      weeks: z.array(each(figure)),
      /** null: too few weeks have data to speak of a line. */
      lines: each(line.nullable()),
    }),
  ),
});
export type Trends = z.infer<typeof trends>;

export interface TrendOptions {
  /** How many weeks back, the present one among them. */
  readonly weeks: number;
  readonly nowUtcMs: number;
  /** Whose days and weeks, as `Europe/Berlin`; else UTC. Throws RangeError for one that there is not. */
  readonly timeZone?: string;
}

/** The trends of one person's sessions, in any order; those before the first week, from the future and, beside real ones, simulated ones are left out. */
export function trendsOf(summaries: readonly SessionSummaryRecord[], { weeks, nowUtcMs, timeZone = 'UTC' }: TrendOptions): Trends {
  const dayOf = daysIn(timeZone);
  const thisMonday = mondayOf(dayOf(nowUtcMs));
  const mondays = Array.from({ length: weeks }, (_, index) => thisMonday - 7 * (weeks - 1 - index));
  const byWeek = mondays.map((): SessionSummaryRecord[] => []);
  for (const summary of withoutTrials(summaries)) byWeek[mondays.indexOf(mondayOf(dayOf(Date.parse(summary.origin.startUtc))))]?.push(summary);
  const groups = MUSCLE_GROUPS.filter((group) => byWeek.flat().some((summary) => partsOf(summary, group).length > 0));
  return {
    weeks: byWeek.map((sessions, index) => ({
      from: dateText(mondays[index]!),
      sessions: sessions.length,
      activeS: sum(sessions.map(({ plan }) => plan.activeS)),
    })),
    groups: groups.map((group) => trendOf(group, byWeek)),
  };
}

/** Who only tries the simulator sees its trends; once somebody has rolled, it is no part of theirs. */
function withoutTrials(summaries: readonly SessionSummaryRecord[]): readonly SessionSummaryRecord[] {
  const rolled = summaries.filter(({ origin }) => origin.source !== 'simulated');
  return rolled.length > 0 ? rolled : summaries;
}

function trendOf(group: MuscleGroup, byWeek: readonly (readonly SessionSummaryRecord[])[]): Trends['groups'][number] {
  const sessions = byWeek.map((summaries) => summaries.map((summary) => partsOf(summary, group)).filter((parts) => parts.length > 0));
  const weeks = sessions.map(figuresOf);
  const pointsOf = (name: Measure) =>
    weeks.flatMap(({ [name]: known }, index) => (known === null ? [] : [[index, known.value] as const]));
  return { group, sessions: sessions.flat().length, weeks, lines: forEach((name) => lineThrough(pointsOf(name))) };
}

/** `sessions`: what each session of the week did with the group, on either side. */
const figuresOf = (sessions: readonly (readonly RolledGroup[])[]): Record<Measure, Figure> =>
  forEach((name) => {
    const { of, tells }: MeasureOf = MEASURES[name];
    const telling = sessions.map((parts) => parts.filter(tells)).filter((parts) => parts.length > 0);
    const value = telling.length === 0 ? null : of(telling.flat());
    return value === null ? null : { value, sessions: telling.length };
  });

const forEach = <T>(of: (name: Measure) => T): Record<Measure, T> =>
  Object.fromEntries(NAMES.map((name) => [name, of(name)])) as Record<Measure, T>;

const partsOf = ({ groups }: SessionSummaryRecord, group: MuscleGroup): readonly RolledGroup[] =>
  groups.filter((rolled) => rolled.group === group);

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const timeOf = (rolled: readonly RolledGroup[]): number => sum(rolled.map(({ activeS }) => activeS));

const mean = (values: readonly number[]): number => sum(values) / values.length;

const weighted = (rolled: readonly RolledGroup[], valueOf: (part: RolledGroup) => number): number =>
  sum(rolled.map((part) => valueOf(part) * part.activeS)) / timeOf(rolled);

function leftRightOf(rolled: readonly RolledGroup[]): number | null {
  const [left, right] = [timeOf(rolled.filter(({ side }) => side === 'left')), timeOf(rolled.filter(({ side }) => side === 'right'))];
  return left > 0 && right > 0 ? compare(left, right).differencePct : null;
}
