/** Numbers and dates as the person's own locale writes them; what is not known is a dash. */
export const UNKNOWN = '\u2013';

/** The browser's, unless a test says another. */
type Locale = string | undefined;

export const numberText = (value: number | null, digits = 0, locale?: Locale): string =>
  value === null ? UNKNOWN : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** Of a round number on an axis: as few digits as it has. */
export const tickText = (value: number, locale?: Locale): string => value.toLocaleString(locale, { maximumFractionDigits: 2 });

/** 42 %, spaced as every unit. */
export const percentText = (value: number | null, locale?: Locale): string =>
  value === null ? UNKNOWN : `${numberText(value, 0, locale)} %`;

/** 42 s, 4:05 min, 1:02:03 h */
export function spanText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (whole < 60) return `${whole} s`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours === 0 ? `${minutes}:${two(rest)} min` : `${hours}:${two(minutes)}:${two(rest)} h`;
}

const SIZES = [['gigabyte', 1e9], ['megabyte', 1e6], ['kilobyte', 1e3], ['byte', 1]] as const;

/** 3.2 MB */
export function bytesText(bytes: number, locale?: Locale): string {
  const [unit, size] = SIZES.find(([, least]) => bytes >= least) ?? ['byte', 1];
  return (bytes / size).toLocaleString(locale, { style: 'unit', unit, maximumFractionDigits: size > 1 && bytes < 10 * size ? 1 : 0 });
}

export const timeText = (utcMs: number, locale?: Locale): string =>
  new Date(utcMs).toLocaleTimeString(locale, { timeStyle: 'short' });

/** Friday, 2 January 2026 */
export const longDateText = (utcMs: number, locale?: Locale): string =>
  new Date(utcMs).toLocaleDateString(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** 2 Jan 2026 */
export const dateText = (utcMs: number, locale?: Locale): string =>
  new Date(utcMs).toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' });

/** 5 Jan, of a date as `2026-01-05`, which is the same day wherever it is read. */
export const weekText = (date: string, locale?: Locale): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Of things: 1 cue, 3 cues. */
export const countText = (count: number, one: string, many = `${one}s`, locale?: Locale): string =>
  `${numberText(count, 0, locale)} ${count === 1 ? one : many}`;
