import { longDateText } from './format.ts';

const DAY_MS = 24 * 3600 * 1000;

/** Local midnight. */
const startOfDay = (utcMs: number): number => new Date(utcMs).setHours(0, 0, 0, 0);

/** Today, Yesterday, or the date; days are those of the person's own clock. */
export function dayTitle(utcMs: number, nowUtcMs: number, locale?: string): string {
  const daysAgo = Math.round((startOfDay(nowUtcMs) - startOfDay(utcMs)) / DAY_MS);
  if (daysAgo !== 0 && daysAgo !== 1) return longDateText(utcMs, locale);
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-daysAgo, 'day');
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
}

export interface Day<S> {
  /** Its midnight. */
  readonly dayMs: number;
  readonly sessions: S[];
}

/** Sessions under the day on which they began; their order is kept. */
export function byDay<S extends { readonly startedUtcMs: number }>(sessions: readonly S[]): Day<S>[] {
  const days: Day<S>[] = [];
  for (const session of sessions) {
    const dayMs = startOfDay(session.startedUtcMs);
    if (days.at(-1)?.dayMs !== dayMs) days.push({ dayMs, sessions: [] });
    days.at(-1)?.sessions.push(session);
  }
  return days;
}
