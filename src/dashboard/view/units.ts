/** Metric, or the units of the inch and the pound. */
export type Units = 'cm' | 'in';

const CM_PER_IN = 2.54;
const KG_PER_LB = 0.45359237;

/** Speeds as a person set them to be read: 2.6 cm/s, 1.0 in/s. */
export const SPEED_UNIT: Readonly<Record<Units, string>> = { cm: 'cm/s', in: 'in/s' };
export const SPOKEN_SPEED_UNIT: Readonly<Record<Units, string>> = { cm: 'centimetres a second', in: 'inches a second' };
export const MASS_UNIT: Readonly<Record<Units, string>> = { cm: 'kg', in: 'lb' };

export const speedIn = (units: Units, cmS: number): number => (units === 'cm' ? cmS : cmS / CM_PER_IN);
export const massIn = (units: Units, kg: number): number => (units === 'cm' ? kg : kg / KG_PER_LB);
export const massFrom = (units: Units, mass: number): number => (units === 'cm' ? mass : mass * KG_PER_LB);

export const speedText = (units: Units, cmS: number): string => speedIn(units, cmS).toFixed(1);
/** A limit: whole where it can be. */
export const limitText = (units: Units, cmS: number): string => String(Number(speedIn(units, cmS).toFixed(1)));

/** Of a path: 31 cm, 12 in. */
export const lengthText = (units: Units, cm: number): string => `${Math.round(units === 'cm' ? cm : cm / CM_PER_IN)} ${units}`;

/** Of a radius: 7.06 cm, 2.78 in. */
export const preciseLengthText = (units: Units, cm: number): string => `${(units === 'cm' ? cm : cm / CM_PER_IN).toFixed(2)} ${units}`;

/** 0:42, 12:05, or 1:00:05 from an hour on. */
export function clockText(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60)];
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** How old a value is, in words for a person. */
export function ageText(ageMs: number): string {
  const seconds = ageMs / 1000;
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s ago`;
  return seconds < 3600 ? `${Math.round(seconds / 60)} min ago` : 'long ago';
}
