import type { Series } from '../../server/api/schemas.ts';

/** What of the settings in force says how speed is averaged for judgement; their names and defaults are those of docs/coaching.md. */
export interface Judging {
  readonly windowS: number;
  readonly minContactS: number;
  readonly lostS: number;
}

export const judgingOf = (config: Readonly<Record<string, number>>): Judging => ({
  windowS: config['speedWindowS'] ?? 3,
  minContactS: config['speedMinContactS'] ?? 2,
  lostS: config['speedLostS'] ?? 1,
});

/** Speeds over time, cm/s without a sign; null out of contact. */
export type Speeds = readonly (number | null)[];

type Measured = Pick<Series, 'stepS' | 'speedCmS' | 'contact'>;

export const speedsOf = ({ speedCmS, contact }: Measured): Speeds =>
  speedCmS.map((speed, index) => (contact[index] === true ? Math.abs(speed) : null));

/**
 * The mean over the last seconds of contact, which is what the limit judges: a natural stroke peaks well above its mean and turns at
 * zero. null until there was contact for long enough, and again once it was lost for long.
 */
export function judgedSpeeds({ stepS, speedCmS, contact }: Measured, { windowS, minContactS, lostS }: Judging): Speeds {
  const [most, least] = [Math.round(windowS / stepS), Math.round(minContactS / stepS)];
  let window: number[] = [];
  let sum = 0;
  let lost = 0;
  return speedCmS.map((speed, index) => {
    if (contact[index] !== true) {
      lost += stepS;
      if (lost > lostS) [window, sum] = [[], 0];
      return null;
    }
    lost = 0;
    window.push(Math.abs(speed));
    sum += Math.abs(speed);
    if (window.length > Math.max(most, 1)) sum -= window.shift() ?? 0;
    return window.length < least ? null : Math.max(0, sum / window.length);
  });
}

/** The greatest of each of `count` stretches of the same length: as many as there are pixels to draw. */
export function peaksOf(values: Speeds, count: number): Speeds {
  const each = Math.max(1, Math.ceil(values.length / count));
  return Array.from({ length: Math.ceil(values.length / each) }, (_, index) => {
    const known = values.slice(index * each, (index + 1) * each).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  });
}
