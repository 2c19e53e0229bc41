import { z } from 'zod';
import { CUE_KINDS, SESSION_STATES } from '../coaching/events.ts';
import {
  CALIBRATION_REFUSALS, CALIBRATION_STEPS, SENSOR_FAULTS, type CalibrationRefusal, type CalibrationStep, type SensorFaultKind,
} from '../guide/calibration-words.ts';
import { MUSCLE_GROUPS, SIDES } from '../guide/groups.ts';
import { PROFILES } from '../guide/profiles.ts';
import { UNITS } from '../guide/units.ts';
import { LINK_STATES } from '../link/port.ts';

/** The messages of `/ws`: JSON, one object each, told apart by `type`. Units are in the names. */
export const WIRE_PROTOCOL = 1;

const group = z.enum(MUSCLE_GROUPS);
const side = z.enum(SIDES);
const source = z.enum(['live', 'simulated', 'replay']);
const calibrationStep = z.enum(Object.keys(CALIBRATION_STEPS) as CalibrationStep[]);
const calibrationRefusal = z.enum(Object.keys(CALIBRATION_REFUSALS) as CalibrationRefusal[]);
const sensorFault = z.enum(Object.keys(SENSOR_FAULTS) as SensorFaultKind[]);
const activation = z.object({
  kind: z.enum(CUE_KINDS),
  level: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  sinceS: z.number(),
  value: z.number(),
  limit: z.number(),
  unit: z.enum(UNITS).optional(),
});

/** What was found by a step of calibrating, and when. */
const calibrated = z.object({ value: z.number(), sinceUtc: z.string() });

const rollerView = z.object({
  id: z.string(),
  name: z.string(),
  tool: z.enum(['roller', 'stick', 'ball']),
  texture: z.enum(['soft', 'firm', 'textured']),
  /** In force: as calibrated, or as the roller says itself. */
  radiusCm: z.number(),
  /** As the roller says itself. */
  nominalRadiusCm: z.number().optional(),
  /** What is kept of it, by the step that gave it. */
  calibrated: z.partialRecord(calibrationStep, calibrated).optional(),
  hasPressure: z.boolean(),
  firmware: z.string().nullable(),
  /** Its place on the hub, from 1. */
  station: z.int().positive(),
  rssiDbm: z.number().nullable(),
  batteryPct: z.number().nullable(),
  /** Of the roller protocol; null: a sensor that speaks another. */
  protocolVersion: z.int().nullable(),
  link: z.enum(LINK_STATES),
  session: z.enum(SESSION_STATES),
  /** Label of the client that has it to itself, or null. */
  claimedBy: z.string().nullable(),
});

/** First message on every connection. */
const hello = z.object({
  type: z.literal('hello'),
  protocol: z.literal(WIRE_PROTOCOL),
  software: z.string(),
  source,
  rollers: z.array(rollerView),
  /** The station this connection is told of; `lastCueSeq` counts its cues. */
  station: z.int().positive(),
  /** This connection holds the claim of it. */
  holdsClaim: z.boolean(),
  lastCueSeq: z.int().nonnegative(),
});

/** Twenty a second; only the latest matters. */
const snapshot = z.object({
  type: z.literal('snapshot'),
  tS: z.number(),
  source,
  roller: z.string().nullable(),
  link: z.enum(LINK_STATES),
  linkReason: z.string().nullable(),
  /** Age of the last frame, ms; null before the first one. */
  ageMs: z.number().nullable(),
  batteryPct: z.number().nullable(),
  rssiDbm: z.number().nullable(),
  session: z.enum(SESSION_STATES),
  group,
  side,
  /** 0.7 s mean of |v|; null until known. */
  speedCmS: z.number().nullable(),
  /** 1 or -1: the way it rolls now; 0 at rest. The sign has no anatomical meaning. */
  direction: z.number(),
  positionCm: z.number(),
  contact: z.boolean(),
  contactAssumed: z.boolean(),
  forceN: z.number().nullable(),
  forcePctBw: z.number().nullable(),
  pressureKpa: z.number().nullable(),
  /** Of cells in counts: % of what the person finds comfortable at most. */
  loadPctComfort: z.number().nullable().optional(),
  balance: z.number().nullable(),
  /** What is wrong with the measuring of pressure now, and in which cells; none for the force of all. */
  sensorFaults: z.array(z.object({ kind: sensorFault, cells: z.array(z.int()) })).optional(),
  dwellS: z.number(),
  /** Of the present set of this group and side. */
  doseS: z.number(),
  /** `restLeftS` counts down between two sets; null in a set, and where none is to follow. */
  set: z.object({ number: z.int().positive(), of: z.int().positive(), restLeftS: z.number().nullable() }),
  /** The person holds still on purpose; `isSettled`: they have come to rest. */
  hold: z.object({ targetS: z.number(), isSettled: z.boolean() }).nullable(),
  /** The metronome of a person who rolls by rhythm; null: pace is judged by speed. */
  rhythm: z.object({ beatsPerMin: z.number(), beatsPerStroke: z.int().positive() }).nullable(),
  strokes: z.int().nonnegative(),
  /** Seconds of contact in each centimetre of the path visited: `fromCm` is the lower edge of the first bin. `lengthCm`: of the person's own path. */
  path: z.object({ fromCm: z.number(), secondsPerCm: z.array(z.number()), coverage: z.number().nullable(), lengthCm: z.number().nullable() }),
  limits: z.object({
    greenCmS: z.tuple([z.number(), z.number()]),
    warnCmS: z.number(),
    strongCmS: z.number(),
    areaWindowCm: z.number(),
    dwellHintS: z.number().nullable(),
    dwellWarnS: z.number().nullable(),
    doseMinS: z.number(),
    doseGoalS: z.number(),
    doseMaxS: z.number(),
    forcePctBw: z.number().nullable(),
    pressureKpa: z.number().nullable(),
    loadPctComfort: z.number().nullable().optional(),
  }),
  active: z.array(activation),
  /** The cue on screen now, or null. */
  cue: z.object({ kind: z.enum(CUE_KINDS), level: z.union([z.literal(1), z.literal(2)]), seq: z.int() }).nullable(),
  /** The person has done what the cue asked for, though its state has not yet ended. */
  relieved: z.boolean(),
  /** When a correction was last praised, `tS`; null before the first. */
  praisedS: z.number().nullable(),
});

/** Numbered from 1 without gaps, each station by itself; `end` takes the cue off the screen. */
const cue = z.object({
  type: z.literal('cue'),
  seq: z.int().positive(),
  /** Device id of the roller it is about; null before one is known. */
  roller: z.string().nullable(),
  tS: z.number(),
  kind: z.enum(CUE_KINDS),
  level: z.union([z.literal(1), z.literal(2)]),
  phase: z.enum(['start', 'end']),
  group,
  side,
  value: z.number(),
  limit: z.number(),
  /** What both are in. */
  unit: z.enum(UNITS).optional(),
  repeat: z.int().positive(),
  audible: z.boolean(),
});

/** Sent after hello and whenever one of these changes. */
const session = z.object({
  type: z.literal('session'),
  id: z.string(),
  /** Device id of its roller; null before one is known. */
  roller: z.string().nullable(),
  state: z.enum(SESSION_STATES),
  group,
  side,
  massKg: z.number().nullable(),
  startedUtcMs: z.number().nullable(),
  /** Active seconds so far by group and side; `uneven`: one place had far more than its share, told once it is over. */
  doses: z.array(z.object({ group, side, doseS: z.number(), uneven: z.boolean().optional() })),
  /** Whether it is being recorded; `failed`: it was, until the disk refused. */
  recording: z.enum(['off', 'on', 'failed']).optional(),
});

/** How calibrating goes on; to everyone. */
const calibration = z.object({
  type: z.literal('calibration'),
  step: calibrationStep,
  phase: z.enum(['measuring', 'done', 'refused', 'cancelled']),
  /** 0 to 1. */
  progress: z.number(),
  /** What was found: factor on the force, effective radius in cm, or the load of `comfort` in the roller's own unit. */
  value: z.number().nullable(),
  /** Possible, but not what most find: worth doing again. */
  unusual: z.boolean(),
  reason: calibrationRefusal.nullable(),
});

/** A roller that is in the air or has a station. What only a connection tells is as remembered, or null. */
const airRoller = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  address: z.string().nullable(),
  rssiDbm: z.number().nullable(),
  batteryPct: z.number().nullable(),
  protocolVersion: z.int().nullable(),
  /** It has been met before. */
  known: z.boolean(),
  /** The station that has it, or null. */
  station: z.int().positive().nullable(),
  claimedBy: z.string().nullable(),
});

/** The answer to `scan`, to the one who asked. */
const air = z.object({ type: z.literal('air'), rollers: z.array(airRoller) });

/** The player of a recording; after hello, and whenever one of these but the time changes. Never of a roller that is there. */
const playback = z.object({
  type: z.literal('playback'),
  file: z.string(),
  /** Place of the file in the playlist, from 0. */
  number: z.int().nonnegative(),
  files: z.int().positive(),
  playing: z.boolean(),
  /** Recorded seconds a second, or as fast as possible. */
  rate: z.union([z.number(), z.literal('max')]),
  loop: z.boolean(),
  ended: z.boolean(),
  /** Recorded time it was at, s, by the clock of the recording. */
  atS: z.number(),
  durationS: z.number(),
  /** Up to here the timeline is known. */
  indexedS: z.number(),
  trouble: z.string().nullable(),
});

/** What a person was told, and what somebody marked, in the recording that is played: the marks of its timeline. After `playback`, and whenever there are more. */
const timeline = z.object({
  type: z.literal('timeline'),
  durationS: z.number(),
  cues: z.array(z.object({ tS: z.number(), kind: z.enum(CUE_KINDS), level: z.union([z.literal(1), z.literal(2)]), group, side })),
  markers: z.array(z.object({ tS: z.number(), text: z.string() })),
});

const error = z.object({ type: z.literal('error'), code: z.string(), message: z.string() });

export const serverMessage = z.discriminatedUnion('type', [hello, snapshot, cue, session, calibration, air, playback, timeline, error]);
export type ServerMessage = z.infer<typeof serverMessage>;
export type HelloMessage = z.infer<typeof hello>;
export type SnapshotMessage = z.infer<typeof snapshot>;
export type CueMessage = z.infer<typeof cue>;
export type SessionMessage = z.infer<typeof session>;
export type CalibrationMessage = z.infer<typeof calibration>;
export type AirRoller = z.infer<typeof airRoller>;
export type PlaybackMessage = z.infer<typeof playback>;
export type TimelineMessage = z.infer<typeof timeline>;

/** What somebody writes at a moment: on one line, with nothing in it that cannot be seen. */
const markerText = z.string().trim().min(1).max(200).refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'control characters cannot be kept');

/** How a client names a roller: as `rollers` or `air` do. */
const rollerName = z.string().min(1).max(64);

/** What a client may say; anything else is answered with an `error`. */
export const clientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('resume'), afterSeq: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('watch'), roller: rollerName }),
  z.strictObject({ type: z.literal('claim'), label: z.string().trim().min(1).max(40) }),
  z.strictObject({ type: z.literal('release') }),
  z.strictObject({ type: z.literal('scan') }),
  z.strictObject({ type: z.literal('meet'), roller: rollerName }),
  z.strictObject({ type: z.literal('select'), group, side }),
  z.strictObject({ type: z.literal('mass'), massKg: z.number().min(25).max(300).nullable() }),
  z.strictObject({ type: z.literal('marker'), text: markerText }),
  z.strictObject({ type: z.literal('start') }),
  z.strictObject({ type: z.literal('pause') }),
  z.strictObject({ type: z.literal('continue') }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('pain'), nrs: z.int().min(0).max(10) }),
  z.strictObject({ type: z.literal('confirm') }),
  z.strictObject({ type: z.literal('hold'), on: z.boolean() }),
  z.strictObject({ type: z.literal('profile'), profile: z.enum(PROFILES) }),
  z.strictObject({ type: z.literal('identify') }),
  z.strictObject({
    type: z.literal('playback'),
    playing: z.boolean().optional(),
    rate: z.union([z.number().min(0.25).max(16), z.literal('max')]).optional(),
    loop: z.boolean().optional(),
    number: z.int().nonnegative().optional(),
    /** Session time to go to, s. */
    seekS: z.number().nonnegative().optional(),
  }),
  z.strictObject({ type: z.literal('calibrate'), step: calibrationStep.nullable() }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

export type RollerView = z.infer<typeof rollerView>;
