import { z } from 'zod';
import { CHARACTERISTICS, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { MUSCLE_GROUPS, SIDES } from '../guide/groups.ts';
import { PROFILES } from '../guide/profiles.ts';
import { UNITS } from '../guide/units.ts';
import { LINK_STATES, type FrameSource } from '../link/port.ts';

/** Encoding of the messages that are a characteristic's very bytes. */
export const RAW_ENCODING = 'x-roller-v1';
/** And of those that are the notifications of a sensor with a protocol of its own, which the driver in `/link` reads. */
export const SENSOR_ENCODING = 'x-sensor';

const text = z.string().nullable();

export const linkMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: z.enum(LINK_STATES), reason: text }),
  z.object({
    type: z.literal('info'),
    id: z.string(),
    name: z.string(),
    address: text,
    rssiDbm: z.number().nullable(),
    manufacturer: text,
    model: text,
    firmware: text,
    driver: z.string(),
  }),
]);

const group = z.enum(MUSCLE_GROUPS);

export const commandMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('select'), group, side: z.enum(SIDES) }),
  z.object({ type: z.literal('mass'), massKg: z.number().positive().nullable() }),
  z.object({ type: z.literal('start') }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('continue') }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('pain'), nrs: z.int().min(0).max(10) }),
  z.object({ type: z.literal('confirm') }),
  z.object({
    type: z.literal('calibration'),
    rollerId: z.string(),
    radiusCm: z.number().positive().nullable(),
    forceScale: z.number().positive().nullable(),
    comfortLoad: z.number().positive().nullable().default(null),
  }),
  z.object({ type: z.literal('hold'), on: z.boolean() }),
  z.object({ type: z.literal('profile'), profile: z.enum(PROFILES) }),
  z.object({ type: z.literal('marker'), text: z.string() }),
]);

/** True motion at a multiple of 0.1 s of session time. */
export const truthTick = z.object({
  tS: z.number(),
  speedCmS: z.number(),
  positionCm: z.number(),
  contact: z.boolean(),
  forceN: z.number().nullable(),
});
export type TruthTick = Readonly<z.infer<typeof truthTick>>;

/** A cue that is due, with the time it is due at. */
export const truthCue = z.object({ tS: z.number(), kind: z.string(), level: z.int(), group });
export type TruthCue = Readonly<z.infer<typeof truthCue>>;

/** What was made of the frames when they came, for other tools: of a recording everything is computed again. Rounded. */
export type MotionMessage = TruthTick;

/** What the person was told, and when it was taken back. */
export const cueMessage = z.object({
  tS: z.number(),
  kind: z.string(),
  level: z.int(),
  phase: z.enum(['start', 'end']),
  group,
  side: z.enum(SIDES),
  value: z.number(),
  limit: z.number(),
  /** What both are in. */
  unit: z.enum(UNITS).optional(),
  repeat: z.int(),
  audible: z.boolean(),
});
export type CueMessage = Readonly<z.infer<typeof cueMessage>>;

/** The channels that carry JSON, by topic. */
export const JSON_CHANNELS = {
  '/link': linkMessage,
  '/commands': commandMessage,
  '/truth': truthTick,
  '/truth/cues': truthCue,
  '/motion': truthTick,
  '/cues': cueMessage,
} as const;
export type JsonTopic = keyof typeof JSON_CHANNELS;
export const isJsonTopic = (topic: string): topic is JsonTopic => Object.hasOwn(JSON_CHANNELS, topic);

export type RawTopic = `/roller/${FrameSource}`;
export const topicOf = (characteristic: FrameSource): RawTopic => `/roller/${characteristic}`;

const SOURCES: readonly FrameSource[] = [...(Object.keys(CHARACTERISTICS) as CharacteristicName[]), 'sensor'];
const RAW_TOPICS = new Map<string, FrameSource>(SOURCES.map((name) => [topicOf(name), name]));

export const encodingOf = (topic: RawTopic | JsonTopic): string =>
  isJsonTopic(topic) ? 'json' : topic === topicOf('sensor') ? SENSOR_ENCODING : RAW_ENCODING;

/** The characteristic whose bytes a topic carries, or undefined where it carries something else. */
export const characteristicOf = (topic: string): FrameSource | undefined => RAW_TOPICS.get(topic);

export type Topic = RawTopic | JsonTopic;

/** Every topic this software writes, in the order of their channel ids. */
export const TOPICS: readonly Topic[] = [
  ...(RAW_TOPICS.keys() as Iterable<RawTopic>),
  ...(Object.keys(JSON_CHANNELS) as JsonTopic[]),
];
