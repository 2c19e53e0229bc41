import { openCalibrations } from '../calibrations.ts';
import type { Inheritance } from './migrations.ts';

/** What a data folder keeps from before it had a library; the files stay as they are. Rejects with E_FILE_READ, E_FILE_WRITE. */
export async function readInheritance(folder: string | null, utcMs: number): Promise<Inheritance & { readonly damage: string | null }> {
  if (folder === null) return { calibrations: [], damage: null };
  const { of, rollerIds, damage } = await openCalibrations(folder, utcMs);
  const calibrations = rollerIds.flatMap((rollerId) => {
    const kept = of(rollerId);
    if (kept === null) return [];
    const { radiusCm, forceScale, comfortLoad = null, since } = kept;
    const at = (utc: string | undefined): number | null => (utc === undefined ? null : Date.parse(utc));
    const foundUtcMs = { radius: at(since.distance), force: at(since.weight), comfort: at(since.comfort) };
    return [{ rollerId, radiusCm, forceScale, comfortLoad, utcMs: foundUtcMs }];
  });
  return { calibrations, damage };
}
