import { z } from 'zod';
import { CUE_WORDS } from '../../guide/cue-words.ts';
import { MUSCLE_GROUPS, SIDES } from '../../guide/groups.ts';
import { UNITS, type Unit } from '../../guide/units.ts';
import { sessionSummary } from '../summary/summary.ts';

/** What the library keeps, as it is told to programs: plain JSON, units in the names, times in UTC; null: not known. */

const id = z.uuid();
const utcMs = z.int().nonnegative();
const group = z.enum(MUSCLE_GROUPS);
const side = z.enum(SIDES);

/** A text that a person wrote: trimmed, on one line or several, with nothing in it that cannot be seen. */
const written = (longest: number) =>
  z.string().trim().max(longest).regex(/^[^\p{Cc}\p{Cs}]*$/u, 'control characters cannot be kept');
const name = written(100).min(1);
/** Lines may be broken in it. */
const note = z.string().trim().max(4000).regex(/^(?:[^\p{Cc}\p{Cs}]|\n|\t)*$/u, 'control characters cannot be kept');

export const EXPERIENCES = ['new', 'some', 'experienced'] as const;

/** Someone who rolls: a local profile, no account. */
export const person = z.object({
  id,
  name,
  massKg: z.number().min(25).max(300).nullable(),
  experience: z.enum(EXPERIENCES),
  createdUtcMs: utcMs,
});
export type Person = z.infer<typeof person>;

/** What is said of a new person. */
export const newPerson = z.strictObject({
  name,
  massKg: person.shape.massKg.default(null),
  experience: person.shape.experience.default('new'),
});
export type NewPerson = z.infer<typeof newPerson>;

export const personPatch = z.strictObject({ name, massKg: person.shape.massKg, experience: person.shape.experience }).partial();
export type PersonPatch = z.infer<typeof personPatch>;

const measured = z.number().positive().nullable();

/** The most that a person finds comfortable on a roller, in the unit of its counts, and when that was found. */
export const comfort = z.object({ personId: id, load: z.number().positive(), utcMs });
export type Comfort = z.infer<typeof comfort>;

/** A roller that was met, and what was calibrated of it. */
export const roller = z.object({
  /** The device id of its info value. */
  id: z.string().min(1),
  name: z.string(),
  tool: z.enum(['roller', 'stick', 'ball']).nullable(),
  lastSeenUtcMs: utcMs.nullable(),
  /** Effective radius, and the factor on its force. */
  radiusCm: measured,
  forceScale: measured,
  /** The most that is comfortable on it, in the unit of its counts: of nobody in particular, and of whoever has none of their own. */
  comfortLoad: measured,
  /** When each of them was found. */
  radiusUtcMs: utcMs.nullable(),
  forceUtcMs: utcMs.nullable(),
  comfortUtcMs: utcMs.nullable(),
  /** And of those who have. */
  comforts: z.array(comfort),
});
export type Roller = z.infer<typeof roller>;

/** What can hold for any roller of the protocol (radius 0.5 to 30 cm); how far from its own value it may be is told when it is met. */
const radiusCm = z.number().min(0.35).max(36).nullable();
const forceScale = z.number().min(0.5).max(2).nullable();
const personsComfort = z.strictObject({ personId: id, load: measured });
export const rollerPatch = z
  .strictObject({ name, radiusCm, forceScale, comfortLoad: measured, comforts: z.array(personsComfort).max(100) })
  .partial();
export type RollerPatch = z.infer<typeof rollerPatch>;

/** A session as a list shows it. */
export const sessionLine = z.object({
  id,
  startedUtcMs: z.int(),
  personId: id.nullable(),
  rollerId: z.string().nullable(),
  source: z.enum(['live', 'simulated', 'replay']),
  durationS: z.number().nonnegative(),
  /** In contact. */
  activeS: z.number().nonnegative(),
  /** What was rolled, and for how long. */
  rolled: z.array(z.object({ group, side, activeS: z.number().nonnegative() })),
  cueCount: z.int().nonnegative(),
  starred: z.boolean(),
  name: z.string().nullable(),
  /** Of the recording, in the data folder; null: none was made. */
  file: z.string().nullable(),
  bytes: z.int().nonnegative(),
  software: z.string(),
  /** `recovered`: its recording was not closed by whoever wrote it. */
  state: z.enum(['whole', 'recovered']),
});
export type SessionLine = z.infer<typeof sessionLine>;

export const keptSession = sessionLine.extend({ note: z.string(), summary: sessionSummary });
export type KeptSession = z.infer<typeof keptSession>;

/** What a person may change of a session. */
export const sessionPatch = z.strictObject({ starred: z.boolean(), name: name.nullable(), note, personId: id.nullable() }).partial();
export type SessionPatch = z.infer<typeof sessionPatch>;

/** A cue that the person was given. */
export const keptCue = z.object({
  tS: z.number(),
  kind: z.enum(Object.keys(CUE_WORDS) as (keyof typeof CUE_WORDS)[]),
  level: z.union([z.literal(1), z.literal(2)]),
  group,
  side,
  value: z.number(),
  limit: z.number(),
  /** What both are in; null: of a session that was kept before this was. */
  unit: z.enum(UNITS).nullable(),
});
export type KeptCue = z.infer<typeof keptCue>;

/** What is kept of a cue that was told. */
export const keptCueOf = ({ unit = null, ...told }: Omit<KeptCue, 'unit'> & { readonly unit?: Unit | null }): KeptCue => keptCue.parse({ ...told, unit });

/**
 * The derived series of a session for a plot, column by column. Each point stands for `stepS` seconds up to its `tS`: the speed that was
 * fastest (signed), the last position, contact if there was any, the greatest force. `stretches`: what was chosen meanwhile, one after
 * the other from 0 to the end; `markers`: moments that somebody marked.
 */
export const series = z.object({
  stepS: z.number().positive(),
  tS: z.array(z.number()),
  speedCmS: z.array(z.number()),
  positionCm: z.array(z.number()),
  contact: z.array(z.boolean()),
  forceN: z.array(z.number().nullable()),
  stretches: z.array(z.object({ group, side, startS: z.number(), endS: z.number() })),
  markers: z.array(z.object({ tS: z.number(), text: z.string() })),
});
export type Series = z.infer<typeof series>;

/** What the library goes by; a setting that was never made is null. */
export const librarySettings = z.object({
  /** Who rolls, unless it is said otherwise. */
  presentPersonId: id.nullable(),
  /** Retention: sessions that are not starred go when they are older, or when all recordings together are larger. */
  keepDays: z.int().min(1).max(36_500).nullable(),
  keepBytes: z.int().min(1_000_000).nullable(),
});
export type LibrarySettings = z.infer<typeof librarySettings>;
export const settingsPatch = z.strictObject(librarySettings.shape).partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;

export const libraryStats = z.object({
  sessions: z.int(),
  starred: z.int(),
  people: z.int(),
  rollers: z.int(),
  /** Of the recordings. */
  bytes: z.int(),
  durationS: z.number(),
  activeS: z.number(),
  firstUtcMs: z.int().nullable(),
  lastUtcMs: z.int().nullable(),
});
export type LibraryStats = z.infer<typeof libraryStats>;
