import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CalibrationStep } from '../guide/calibration-words.ts';
import type { RollerCalibration } from '../motion/calibration-values.ts';
import { readError, writeError } from './file-errors.ts';

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
type CalibrationsFile = z.infer<typeof calibrationsFile>;

/** Until people are told apart, all are this one. */
const ANYONE = 'anyone';

/** What is kept of a roller, and since when, by the step that gave it. */
export interface KeptCalibration extends RollerCalibration {
  readonly since: Partial<Readonly<Record<CalibrationStep, string>>>;
}

/** The calibrations of a data folder. */
export interface Calibrations {
  /** What was wrong with the file that was there, in a sentence; null: nothing. */
  readonly damage: string | null;
  of(rollerId: string): KeptCalibration | null;
  /** In force at once; resolves when it is on the disk. Rejects with E_FILE_WRITE. */
  keep(rollerId: string, calibration: RollerCalibration, utcMs: number): Promise<void>;
}

const FILE = 'calibrations.json';

/**
 * Opens the calibrations of a folder; without a folder they last as long as the program. A file that cannot be understood is set
 * aside under another name and told. Rejects with E_FILE_READ or E_FILE_WRITE.
 */
export async function openCalibrations(folder: string | null, utcMs: number): Promise<Calibrations> {
  const { content, damage } = folder === null ? EMPTY : await read(path.join(folder, FILE), utcMs);
  const rollers = new Map(Object.entries(content.rollers));
  let written: Promise<unknown> = Promise.resolve();
  return {
    damage,
    of: (rollerId) => calibrationOf(rollers.get(rollerId)),
    keep(rollerId, calibration, atUtcMs) {
      rollers.set(rollerId, updated(rollers.get(rollerId), calibration, new Date(atUtcMs).toISOString()));
      if (folder === null) return Promise.resolve();
      const text = `${JSON.stringify({ version: 1, rollers: Object.fromEntries(rollers) } satisfies CalibrationsFile, null, 2)}\n`;
      const turn = written.then(() => writeWhole(folder, text));
      written = turn.catch(() => undefined);
      return turn;
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

interface Found {
  readonly content: CalibrationsFile;
  readonly damage: string | null;
}
const EMPTY: Found = { content: { version: 1, rollers: {} }, damage: null };

async function read(file: string, utcMs: number): Promise<Found> {
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY;
    throw readError(file, error);
  }
  const parsed = calibrationsFile.safeParse(parseJson(text));
  if (parsed.success) return { content: parsed.data, damage: null };
  const aside = file.replace(/\.json$/, `.broken-${new Date(utcMs).toISOString().slice(0, 19).replaceAll(':', '-')}.json`);
  await rename(file, aside).catch((error: unknown) => Promise.reject(writeError(aside, error)));
  return { ...EMPTY, damage: `${file} cannot be understood and is now ${aside}; rollers count as not calibrated` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The old file or the new one, never half of one: a new file takes the place of the old when it is whole. */
async function writeWhole(folder: string, text: string): Promise<void> {
  const file = path.join(folder, FILE);
  const part = `${file}.part`;
  try {
    await mkdir(folder, { recursive: true });
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (error) {
    throw writeError(file, error);
  }
}
