import { z } from 'zod';
import { AppError } from '../errors.ts';
import { FORMAT_VERSION, type RecordingMeta } from './recording.ts';

/** Name of the MCAP metadata record that makes a file a roller recording. */
export const META_NAME = 'smart-roller';

/** What stands in it: strings all, as MCAP wants. Every key may be left out; keys that are not known are left alone. */
const metaRecord = z.object({
  formatVersion: z.coerce.number().int().positive().default(FORMAT_VERSION),
  sessionId: z.string().default('unknown'),
  startUtc: z.iso
    .datetime()
    .transform((iso) => Date.parse(iso))
    .optional(),
  source: z.enum(['live', 'simulated', 'replay']).default('live'),
  software: z.string().default('unknown'),
  scenario: z.string().nullable().default(null),
  seed: z.coerce.number().nullable().default(null),
  importedFrom: z.string().nullable().default(null),
});

export function encodeMeta(meta: RecordingMeta): Map<string, string> {
  const { startUtcMs, ...rest } = meta;
  const values = { formatVersion: FORMAT_VERSION, startUtc: new Date(startUtcMs).toISOString(), ...rest };
  return new Map(Object.entries(values).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)] as const])));
}

/**
 * Reads the metadata record; a recording that does not say when it started did so at its first message.
 * Throws E_NOT_A_RECORDING where it cannot be one of ours, or is of a later format.
 */
export function decodeMeta(entries: ReadonlyMap<string, string>, firstMessageUtcMs: number, file: string): RecordingMeta {
  const read = metaRecord.safeParse(Object.fromEntries(entries));
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new AppError(
      'E_NOT_A_RECORDING',
      `${file} is not a roller recording: ${issue?.path.join('.')} of its metadata: ${issue?.message}`,
      'see docs/recording-format.md',
    );
  }
  const { formatVersion, startUtc, ...rest } = read.data;
  if (formatVersion > FORMAT_VERSION) {
    throw new AppError(
      'E_NOT_A_RECORDING',
      `${file} is of format ${formatVersion}, this software reads up to ${FORMAT_VERSION}`,
      'update smart-roller',
    );
  }
  return { ...rest, startUtcMs: startUtc ?? firstMessageUtcMs };
}
