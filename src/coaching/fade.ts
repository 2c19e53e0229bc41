import type { ConfigOf } from './rules/rule.ts';

export const FADE_PARAMETERS = {
  cleanSessions: { default: 0, min: 0, max: 1000, unit: '', doc: 'Sessions in a row in which this person needed no cue on technique' },
  fadeAfterSessions: { default: 3, min: 1, max: 10, unit: '', doc: 'After so many clean sessions cues on technique become rarer' },
  fadeBandPct: { default: 10, min: 0, max: 25, unit: '%', doc: 'Then a cue comes only so far beyond its limit' },
  fadeCooldownS: { default: 20, min: 12, max: 20, unit: 's', doc: 'Then this is the time from one cue to the next of the same kind and level' },
} as const;

export type FadeConfig = ConfigOf<typeof FADE_PARAMETERS>;

/**
 * A person who has learned it is left a band around the limit in which nothing is said (bandwidth feedback), so that they come to
 * feel the limit themselves; what is beyond the band is told, more rarely.
 */
export const isFaded = ({ cleanSessions, fadeAfterSessions }: FadeConfig): boolean => cleanSessions >= fadeAfterSessions;

export const isWithinBand = ({ value, limit }: { readonly value: number; readonly limit: number }, { fadeBandPct }: FadeConfig): boolean =>
  value < (1 + fadeBandPct / 100) * limit;
