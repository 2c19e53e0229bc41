/** By what pace is judged: the speed, or the time of a stroke, with a metronome. */
export const PROFILES = ['release', 'rhythm'] as const;
export type Profile = (typeof PROFILES)[number];
