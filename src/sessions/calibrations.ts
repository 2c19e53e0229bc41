import { z } from 'zod';
import type { CalibrationStep } from '../guide/calibration-words.ts';
import type { RollerCalibration } from '../motion/calibration-values.ts';
import { openKeptJson } from './kept-json.ts';

const found = z.number().positive();
const utc = z.iso.datetime();

/**
 * What has been calibrated of each roller, by its device id: `calibratedUtc` is the last time. What a person finds comfortable on it is kept
 * by person.
 */
const keptRoller = z.object({
  radiusCm: found.nullable(),
  forceScale: found.nullable(),
  calibratedUtc: utc,
  radiusUtc: utc.optional(),
  forceUtc: utc.optional(),
  comfort: z.record(z.string(), z.object({ load: found, calibratedUtc: utc })).optional(),
});
type KeptRoller = z.infer<typeof keptRoller>;
const calibrationsFile = z.object({ version: z.literal(1), rollers: z.record(z.string(), keptRoller) });

/** Until people are told apart, all are this one. */
const ANYONE = 'anyone';

/** What is kept of a roller, and since when, by the step that gave it. */
export interface KeptCalibration extends RollerCalibration {
  readonly since: Partial<Readonly<Record<CalibrationStep, string>>>;
}

/** The calibrations of a data folder. */
export interface Calibrations {
  /** Whose they are, as far as they are somebody's own; null: nobody's in particular. */
  readonly personId: string | null;
  of(rollerId: string): KeptCalibration | null;
  /** In force at once; resolves when it is on the disk. Rejects with E_FILE_WRITE. */
  keep(rollerId: string, calibration: RollerCalibration, utcMs: number): Promise<void>;
}

/** The calibrations of a file; `rollerIds`: of whom something was kept when it was opened, `damage`: what was wrong with it, in a sentence. */
export interface CalibrationsFile extends Calibrations {
  readonly rollerIds: readonly string[];
  readonly damage: string | null;
}

/**
 * Opens the calibrations of a folder; without a folder they last as long as the program. A file that cannot be understood is set
 * aside under another name and told. Rejects with E_FILE_READ or E_FILE_WRITE.
 */
export async function openCalibrations(folder: string | null, utcMs: number): Promise<CalibrationsFile> {
  const { content, damage, write } = await openKeptJson({
    folder, utcMs, name: 'calibrations.json', schema: calibrationsFile, empty: { version: 1, rollers: {} }, consequence: 'rollers count as not calibrated',
  });
  const rollers = new Map(Object.entries(content.rollers));
  return {
    damage,
    personId: null,
    rollerIds: [...rollers.keys()],
    of: (rollerId) => calibrationOf(rollers.get(rollerId)),
    keep(rollerId, calibration, atUtcMs) {
      rollers.set(rollerId, updated(rollers.get(rollerId), calibration, new Date(atUtcMs).toISOString()));
      return write({ version: 1, rollers: Object.fromEntries(rollers) });
    },
  };
}

function calibrationOf(kept: KeptRoller | undefined): KeptCalibration | null {
  if (kept === undefined) return null;
  const { radiusCm, forceScale, calibratedUtc, radiusUtc = calibratedUtc, forceUtc = calibratedUtc, comfort } = kept;
  const own = comfort?.[ANYONE];
  return {
    radiusCm,
    forceScale,
    comfortLoad: own?.load ?? null,
    since: { ...(forceScale !== null && { weight: forceUtc }), ...(radiusCm !== null && { distance: radiusUtc }), ...(own && { comfort: own.calibratedUtc }) },
  };
}

/** Each value keeps the time at which it was found. */
function updated(before: KeptRoller | undefined, { radiusCm, forceScale, comfortLoad = null }: RollerCalibration, nowUtc: string): KeptRoller {
  const since = calibrationOf(before)?.since;
  const { [ANYONE]: own, ...others } = before?.comfort ?? {};
  const isSame = own?.load === comfortLoad;
  return {
    radiusCm,
    forceScale,
    calibratedUtc: nowUtc,
    ...(radiusCm !== null && { radiusUtc: (before?.radiusCm === radiusCm && since?.distance) || nowUtc }),
    ...(forceScale !== null && { forceUtc: (before?.forceScale === forceScale && since?.weight) || nowUtc }),
    comfort: { ...others, ...(comfortLoad !== null && { [ANYONE]: isSame ? own : { load: comfortLoad, calibratedUtc: nowUtc } }) },
  };
}
