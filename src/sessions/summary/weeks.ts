const DAY_MS = 86_400_000;

/** A calendar: days since 1970-01-01 of the day that a moment, UTC ms, falls on. Throws RangeError for a time zone that there is not. */
export function daysIn(timeZone: string): (utcMs: number) => number {
  const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric', day: 'numeric' });
  return (utcMs) => {
    const parts = format.formatToParts(utcMs);
    const part = (type: string): number => Number(parts.find((each) => each.type === type)?.value);
    return Date.UTC(part('year'), part('month') - 1, part('day')) / DAY_MS;
  };
}

/** The Monday on or before a day; 1970-01-01 was a Thursday. */
export const mondayOf = (day: number): number => day - ((((day + 3) % 7) + 7) % 7);

/** 2025-01-06 */
export const dateText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
