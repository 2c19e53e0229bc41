import { GROUPS, type MuscleGroup, type Side } from '../../../guide/groups.ts';

/** What stands where a number is not known. */
export const UNKNOWN = '\u2013';

export const number = (value: number | null, digits = 0): string => (value === null ? UNKNOWN : value.toFixed(digits));

/** 1:05, or 1:02:03 from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** 2025-01-02 03:04 UTC */
export const dayAndTime = (utcMs: number): string => `${new Date(utcMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const place = (group: MuscleGroup, side: Side): string => (side === 'both' ? GROUPS[group].name : `${GROUPS[group].name}, ${side}`);

export const shortened = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}\u2026`);
