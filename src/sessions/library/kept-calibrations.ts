import type { RollerCalibration } from '../../motion/calibration-values.ts';
import type { Calibrations } from '../calibrations.ts';
import type { Rollers } from './rollers.ts';

/**
 * The calibrations of a library's rollers, for whoever is present: what is comfortable at most is each person's own, or else what was found
 * of nobody in particular. What a person changes of a roller elsewhere holds from the next time it is asked for.
 */
export const calibrationsIn = (rollers: Rollers, presentId: () => string | null): Calibrations => {
  const of: Calibrations['of'] = (rollerId) => {
    const roller = rollers.findRoller(rollerId);
    if (roller === null) return null;
    const { radiusCm, radiusUtcMs, forceScale, forceUtcMs, comforts } = roller;
    const own = comforts.find(({ personId }) => personId === presentId());
    const { load: comfortLoad, utcMs: comfortUtcMs } = own ?? { load: roller.comfortLoad, utcMs: roller.comfortUtcMs };
    const utc = (utcMs: number | null): string | null => (utcMs === null ? null : new Date(utcMs).toISOString());
    const [distance, weight, comfort] = [utc(radiusUtcMs), utc(forceUtcMs), utc(comfortUtcMs)];
    if (radiusCm === null && forceScale === null && comfortLoad === null) return null;
    const since = { ...(weight !== null && { weight }), ...(distance !== null && { distance }), ...(comfort !== null && { comfort }) };
    return { radiusCm, forceScale, comfortLoad, since };
  };
  return {
    get personId() {
      return presentId();
    },
    of,
    async keep(rollerId, calibration, utcMs) {
      // What holds for everybody is nobody's own for being in force.
      const isNews = calibration.comfortLoad !== of(rollerId)?.comfortLoad;
      keepCalibration(rollers, rollerId, { ...calibration, ...(!isNews && { comfortLoad: null }) }, { personId: presentId(), utcMs });
    },
  };
};

/** Keeps what was found of a roller while somebody was present; null: nobody in particular. */
export function keepCalibration(
  { calibrateRoller, keepComfort }: Rollers, rollerId: string, found: RollerCalibration,
  { personId, utcMs }: { readonly personId: string | null; readonly utcMs: number },
): void {
  const { comfortLoad: load = null } = found;
  calibrateRoller(rollerId, personId === null ? found : { ...found, comfortLoad: null }, utcMs);
  if (personId !== null && load !== null) keepComfort(rollerId, { personId, load }, utcMs);
}
