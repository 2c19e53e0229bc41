/** What the value and the limit of a state or a cue may be in: speed, pace, time, share of body weight, pressure, share of what is comfortable, pain. */
export const UNITS = ['cm/s', 'strokes/min', 's', '% BW', 'kPa', '% comfort', 'NRS'] as const;
export type Unit = (typeof UNITS)[number];
