import type { Calibrations } from '../calibrations.ts';
import type { Rollers } from './rollers.ts';

/** The calibrations of a library's rollers. What a person changes of a roller elsewhere holds from the next time it is asked for. */
export const calibrationsIn = ({ findRoller, calibrateRoller }: Pick<Rollers, 'findRoller' | 'calibrateRoller'>): Calibrations => ({
  of(rollerId) {
    const roller = findRoller(rollerId);
    if (roller === null) return null;
    const { radiusCm, radiusUtcMs, forceScale, forceUtcMs, comfortLoad, comfortUtcMs } = roller;
    const utc = (utcMs: number | null): string | null => (utcMs === null ? null : new Date(utcMs).toISOString());
    const [distance, weight, comfort] = [utc(radiusUtcMs), utc(forceUtcMs), utc(comfortUtcMs)];
    if (radiusCm === null && forceScale === null && comfortLoad === null) return null;
    const since = { ...(weight !== null && { weight }), ...(distance !== null && { distance }), ...(comfort !== null && { comfort }) };
    return { radiusCm, forceScale, comfortLoad, since };
  },
  async keep(rollerId, calibration, utcMs) {
    calibrateRoller(rollerId, calibration, utcMs);
  },
});
