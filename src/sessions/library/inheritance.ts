import { z } from 'zod';
import { openKeptJson } from '../kept-json.ts';
import type { Inheritance } from './migrations.ts';

const found = z.number().positive();
const utcMs = z.iso.datetime().transform((utc) => Date.parse(utc));

/** What was calibrated of a roller: at first all had the time of the last, `calibratedUtc`; later each had its own, and comfort was by person. */
const keptRoller = z.object({
  radiusCm: found.nullable(),
  forceScale: found.nullable(),
  calibratedUtc: utcMs,
  radiusUtc: utcMs.optional(),
  forceUtc: utcMs.optional(),
  comfort: z.record(z.string(), z.object({ load: found, calibratedUtc: utcMs })).optional(),
});
const calibrationsFile = z.object({ version: z.literal(1), rollers: z.record(z.string(), keptRoller) });

/** The only person there was. */
const ANYONE = 'anyone';

/**
 * What a data folder keeps from before it had a library, which stays as it is. `damage`: what was wrong with it, in a sentence; what cannot
 * be understood is set aside. Rejects with E_FILE_READ, E_FILE_WRITE.
 */
export async function readInheritance(folder: string | null, nowUtcMs: number): Promise<Inheritance & { readonly damage: string | null }> {
  const { content, damage } = await openKeptJson({
    folder, utcMs: nowUtcMs, name: 'calibrations.json', schema: calibrationsFile, empty: { version: 1, rollers: {} },
    consequence: 'rollers count as not calibrated',
  });
  return { calibrations: Object.entries(content.rollers).map(([rollerId, kept]) => ({ rollerId, ...calibrationOf(kept) })), damage };
}

function calibrationOf(kept: z.infer<typeof keptRoller>): Omit<Inheritance['calibrations'][number], 'rollerId'> {
  const { radiusCm, forceScale, calibratedUtc, radiusUtc = calibratedUtc, forceUtc = calibratedUtc, comfort } = kept;
  const { load: comfortLoad, calibratedUtc: comfortUtc } = comfort?.[ANYONE] ?? { load: null, calibratedUtc: null };
  const foundUtcMs = { radius: radiusCm === null ? null : radiusUtc, force: forceScale === null ? null : forceUtc, comfort: comfortUtc };
  return { radiusCm, forceScale, comfortLoad, utcMs: foundUtcMs };
}
