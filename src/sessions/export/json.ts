import { z } from 'zod';
import { MUSCLE_GROUPS, SIDES } from '../../guide/groups.ts';
import { sessionSummary } from '../summary/summary.ts';
import type { SessionRun } from './session-run.ts';

const where = { group: z.enum(MUSCLE_GROUPS), side: z.enum(SIDES) };

/** A session as one JSON document. Times are session time, seconds since the first frame; a number that is not known is null. */
export const sessionDocument = z.object({
  format: z.literal('smart-roller-session'),
  version: z.literal(1),
  meta: z.object({
    sessionId: z.string(),
    /** UTC of session time 0. */
    zeroUtc: z.iso.datetime(),
    source: z.enum(['live', 'simulated', 'replay']),
    software: z.string(),
    notice: z.string(),
  }),
  summary: sessionSummary,
  /** Ten a second. */
  series: z.array(
    z.object({
      tS: z.number(),
      speedCmS: z.number(),
      positionCm: z.number(),
      contact: z.boolean(),
      forceN: z.number().nullable(),
      pressureKpa: z.number().nullable(),
    }),
  ),
  /** What was told. */
  cues: z.array(
    z.object({
      tS: z.number(),
      kind: z.string(),
      level: z.int(),
      ...where,
      value: z.number(),
      limit: z.number(),
      unit: z.string().optional(),
    }),
  ),
  /** Moments that somebody marked. */
  markers: z.array(z.object({ tS: z.number(), text: z.string() })),
  /** What the rules found, before precedence and pacing. */
  states: z.array(z.object({ kind: z.string(), level: z.int(), ...where, startS: z.number(), endS: z.number() })),
});
export type SessionDocument = z.infer<typeof sessionDocument>;

export const NOTICE = 'A technique and comfort aid, not a medical device.';

export function documentOf({ meta, zeroUtcMs, summary, series, cues, markers, states }: SessionRun): SessionDocument {
  const { sessionId, source, software } = meta;
  return {
    format: 'smart-roller-session',
    version: 1,
    meta: { sessionId, zeroUtc: new Date(zeroUtcMs).toISOString(), source, software, notice: NOTICE },
    summary,
    series: [...series],
    cues: [...cues],
    markers: [...markers],
    states: [...states],
  };
}
