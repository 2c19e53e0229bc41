import { z } from 'zod';
import type { CueKind } from '../../coaching/events.ts';
import { SENSOR_FAULTS, type SensorFaultKind } from '../../guide/calibration-words.ts';
import { CUE_WORDS } from '../../guide/cue-words.ts';
import { MUSCLE_GROUPS, SIDES } from '../../guide/groups.ts';
import { PROFILES } from '../../guide/profiles.ts';

/**
 * The summary of a session, in the order in which a physiotherapist reads it: what was done of what was planned, how, what the person
 * felt, how good the data are, and what made them. Plain JSON; units in the names; null: not known, never zero. Keys may be added
 * within a version.
 */
export const SUMMARY_VERSION = 1;

const group = z.enum(MUSCLE_GROUPS);
const side = z.enum(SIDES);
const seconds = z.number().nonnegative();
const times = z.int().nonnegative();
export const painNrs = z.int().min(0).max(10).nullable();
const maybe = z.number().nullable();

/** Of one group and side that was chosen. */
const planned = z.object({
  group,
  side,
  /** Time in contact, s, and sets begun. */
  activeS: seconds,
  setsDone: times,
  /** Against the least and the most for the sets that were begun. */
  dose: z.enum(['none', 'under', 'in-range', 'over']),
  /** The goal of one set was reached. */
  goalReached: z.boolean(),
});

const plan = z.object({
  /** What was planned for each group and side, by the config in force. */
  sets: z.number(),
  minS: seconds,
  goalS: seconds,
  maxS: seconds,
  restS: seconds,
  profile: z.enum(PROFILES),
  items: z.array(planned),
  itemsDone: times,
  activeS: seconds,
});

const speed = z.object({
  /** Of |v| in contact. */
  meanCmS: z.number(),
  medianCmS: z.number(),
  p95CmS: z.number(),
  /** The limit, and the recommended band. */
  warnCmS: z.number(),
  greenCmS: z.tuple([z.number(), z.number()]),
  /** Part of the judged time with the 3 s mean in that band, %; null where holding is the technique, or none was judged. */
  greenPct: maybe,
  tooFastS: seconds,
  /** How often the rule found it too fast, told or not. */
  tooFastTimes: times,
});

/** Over the ticks in contact. N and % of body weight, or kPa; null: not known. */
const load = z.object({
  meanN: maybe,
  p95N: maybe,
  peakN: maybe,
  meanPctBw: maybe,
  p95PctBw: maybe,
  peakPctBw: maybe,
  meanKpa: maybe,
  p95Kpa: maybe,
  peakKpa: maybe,
  overS: seconds,
});

const strokes = z.object({
  count: times,
  /** Mean one way. */
  lengthCm: maybe,
  seconds: maybe,
  perMin: maybe,
});

/** As the person said, 0 to 10: the last before the first contact, the highest at any time, the last since the last contact. */
const pain = z.object({ beforeNrs: painNrs, worstNrs: painNrs, afterNrs: painNrs, reports: times });

const rolled = z.object({
  group,
  side,
  activeS: seconds,
  sets: times,
  strokes,
  speed,
  longestDwellS: seconds,
  load: load.nullable(),
  /** Part of the path, 0 to 1; null until both its ends were seen. */
  coverage: maybe,
  pathCm: maybe,
  uneven: z.boolean(),
  /** Seconds of contact on each centimetre of the path, from `fromCm` on. */
  path: z.object({ fromCm: z.number(), secondsPerCm: z.array(z.number()) }),
  pain,
});

/** A measure on both sides; `differencePct`: how much more the left has, of the larger of the two. */
const leftRight = z.object({ left: z.number(), right: z.number(), differencePct: z.number(), flagged: z.boolean() });

const balance = z.object({
  group,
  activeS: leftRight,
  medianCmS: leftRight,
  meanLoad: leftRight.extend({ unit: z.enum(['N', 'kPa']) }).nullable(),
});

const cue = z.object({
  kind: z.enum(Object.keys(CUE_WORDS) as CueKind[]),
  level: z.union([z.literal(1), z.literal(2)]),
  times,
});

const quality = z.object({
  frames: times,
  lost: times,
  lostPct: z.number(),
  /** Stretches without frames of over 0.5 s. */
  gaps: times,
  decodeFaults: times,
  sensorFaults: z.array(z.object({ kind: z.enum(Object.keys(SENSOR_FAULTS) as SensorFaultKind[]), cells: z.array(times) })),
  /** There are no cells: contact was taken for granted. */
  contactAssumed: z.boolean(),
  /** What a person calibrated of this roller; the rest is as the roller says. */
  calibrated: z.object({ radius: z.boolean(), force: z.boolean() }),
  /** What was lost of the recording, in words; null: nothing, or there was none. */
  damage: z.string().nullable(),
});

const roller = z.object({
  id: z.string(),
  name: z.string(),
  tool: z.enum(['roller', 'stick', 'ball']),
  texture: z.enum(['soft', 'firm', 'textured']),
  radiusCm: z.number(),
  hasPressure: z.boolean(),
  firmware: z.string().nullable(),
});

/** Who rolled, with what, and by which program and settings. */
const origin = z.object({
  sessionId: z.string(),
  startUtc: z.iso.datetime(),
  /** Covered by frames. */
  durationS: seconds,
  source: z.enum(['live', 'simulated', 'replay']),
  scenario: z.string().nullable(),
  importedFrom: z.string().nullable(),
  software: z.string(),
  person: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  massKg: maybe,
  roller: roller.nullable(),
  /** Every coaching threshold in force. */
  config: z.record(z.string(), z.number()),
});

export const sessionSummary = z.object({
  version: z.literal(SUMMARY_VERSION),
  plan,
  groups: z.array(rolled),
  balance: z.array(balance),
  cues: z.array(cue),
  pain,
  quality,
  origin,
});

export type SessionSummaryRecord = z.infer<typeof sessionSummary>;
export type RolledGroup = SessionSummaryRecord['groups'][number];
export type Balance = SessionSummaryRecord['balance'][number];
export type RollerDescription = NonNullable<SessionSummaryRecord['origin']['roller']>;
