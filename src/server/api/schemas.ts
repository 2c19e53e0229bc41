import { z } from 'zod';
import { EXPORT_FORMAT_NAMES } from '../../sessions/export/formats.ts';
import {
  keptCue, keptSession, librarySettings, libraryStats, newPerson, person, personPatch, roller, rollerPatch, series, sessionLine, sessionPatch,
  settingsPatch,
} from '../../sessions/library/records.ts';
import { trends } from '../../sessions/summary/trends.ts';

/** What the HTTP API takes and gives. What the library keeps is described where it is kept. */

export const errorBody = z.object({
  /** Stable: programs may go by it. */
  code: z.string(),
  message: z.string(),
  /** What to do about it. */
  hint: z.string(),
});

export const personPath = z.object({ personId: z.uuid() });
export const rollerPath = z.object({ rollerId: z.string().min(1).max(100) });
export const sessionPath = z.object({ sessionId: z.uuid() });

const between = {
  /** Started at or after, and before. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
};
export const sessionsQuery = z.object({
  personId: z.uuid().optional(),
  ...between,
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(60).optional(),
});
const timeZone = z.string().max(60).refine(isTimeZone, 'there is no such time zone');
export const trendsQuery = z.object({
  personId: z.uuid().optional(),
  /** How many weeks back, the present one among them. */
  weeks: z.coerce.number().int().min(1).max(260).default(8),
  /** Whose days and weeks, as `Europe/Berlin`. */
  timeZone: timeZone.default('UTC'),
});
export const seriesQuery = z.object({ maxPoints: z.coerce.number().int().min(2).max(36_000).default(1200) });
export const exportQuery = z.object({
  format: z.enum(EXPORT_FORMAT_NAMES),
  /** csv: without the derived columns. */
  raw: z.enum(['true', 'false']).default('false'),
});
export const importQuery = z.object({ personId: z.uuid().optional() });

export const peopleList = z.object({ people: z.array(person) });
export const rollersList = z.object({ rollers: z.array(roller) });
export const sessionsPage = z.object({ sessions: z.array(sessionLine), next: z.string().nullable() });
export const cuesList = z.object({ cues: z.array(keptCue) });
export const imported = z.object({ session: keptSession, isNew: z.boolean() });
export const removed = z.object({
  id: z.uuid(),
  file: z.string().nullable(),
  recording: z.enum(['removed', 'missing', 'none']),
  bytes: z.int().nonnegative(),
});
export const retentionLimits = z.strictObject({ maxAgeDays: z.number().positive().nullable(), maxBytes: z.int().positive().nullable() });
export const retained = z.object({ removed: z.array(removed.extend({ why: z.enum(['age', 'size']) })), freedBytes: z.int().nonnegative() });
export {
  keptSession, librarySettings, libraryStats, newPerson, person, personPatch, roller, rollerPatch, sessionPatch, series, settingsPatch, trends,
};

function isTimeZone(name: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export type ErrorBody = z.infer<typeof errorBody>;
export type Person = z.infer<typeof person>;
export type SessionLine = z.infer<typeof sessionLine>;
export type SessionsPage = z.infer<typeof sessionsPage>;
export type KeptSession = z.infer<typeof keptSession>;
export type KeptCue = z.infer<typeof keptCue>;
export type Series = z.infer<typeof series>;
export type Trends = z.infer<typeof trends>;
export type Imported = z.infer<typeof imported>;
export type Removed = z.infer<typeof removed>;
export type Retained = z.infer<typeof retained>;
export type LibrarySettings = z.infer<typeof librarySettings>;
export type LibraryStats = z.infer<typeof libraryStats>;
