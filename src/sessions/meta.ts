import { z } from 'zod';
import { AppError } from '../errors.ts';
import { MUSCLE_GROUPS, SIDES } from '../guide/groups.ts';
import { FORMAT_VERSION, type RecordingMeta } from './recording.ts';

/** Name of the MCAP metadata record that makes a file a roller recording. */
export const META_NAME = 'smart-roller';

/** A value that is JSON in the file. One that is none is left out: nothing that is needed stands in such a key. */
const json = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> =>
  z.string().transform(parseJson).pipe(schema).optional().catch(undefined);

const start = z.enum(['first-frame', 'first-contact']);

/** What stands in it: strings all, as MCAP wants. Every key may be left out; keys that are not known are left alone. */
const metaRecord = z.object({
  formatVersion: z.coerce.number().int().positive().default(FORMAT_VERSION),
  sessionId: z.string().default('unknown'),
  startUtc: z.iso
    .datetime({ offset: true })
    .transform((iso) => Date.parse(iso))
    .optional()
    .catch(undefined),
  source: z.enum(['live', 'simulated', 'replay']).default('live'),
  software: z.string().default('unknown'),
  scenario: z.string().nullable().default(null),
  seed: z.coerce.number().nullable().default(null).catch(null),
  importedFrom: z.string().nullable().default(null),
  coaching: json(z.record(z.string(), z.number())),
  overrides: json(
    z.object({
      group: z.enum(MUSCLE_GROUPS).exactOptional(),
      side: z.enum(SIDES).exactOptional(),
      massKg: z.number().positive().exactOptional(),
    }),
  ),
  start: start.optional().catch(undefined),
  hubId: z.string().optional(),
  personId: z.string().optional().transform((id) => (id === '' ? undefined : id)),
  rollerId: z.string().optional(),
  screening: json(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  painBefore: z.coerce.number().optional().catch(undefined),
  painAfter: z.coerce.number().optional().catch(undefined),
  roller: json(z.object({ id: z.string(), name: z.string() })),
  recovered: z.string().optional(),
});

/** The metadata of a whole recording, or what more is known at its end. */
export function encodeMeta(meta: RecordingMeta): Map<string, string> {
  const { startUtcMs, ...rest } = meta;
  return new Map([...entriesOf({ formatVersion: FORMAT_VERSION, startUtc: new Date(startUtcMs).toISOString() }), ...entriesOf(rest)]);
}

export const encodeLateMeta = (late: Partial<RecordingMeta>): Map<string, string> => new Map(entriesOf(late));

/** Texts as they are, everything else as JSON; what is not known is left out. */
const entriesOf = (values: object): [string, string][] =>
  Object.entries(values).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    value === null || value === undefined ? [] : [[key, typeof value === 'string' ? value : JSON.stringify(value)]],
  );

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
  return { ...known(rest), startUtcMs: startUtc ?? firstMessageUtcMs };
}

/** Without the keys that are not there. */
const known = <T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [Key in keyof T]: Exclude<T[Key], undefined> };
