/**
 * The GATT table of a roller that speaks protocol version 1 (SPEC.md, section 2).
 * UUIDs are written the way noble and most stacks compare them: lower case, no dashes, 16-bit ones as four digits.
 */

/** The version every frame starts with. */
export const PROTOCOL_VERSION = 1;

/** A notification never carries more than this: 247 bytes of MTU less the three of ATT. */
export const MAX_FRAME_BYTES = 244;

/** `start` is refused below this MTU (SPEC.md, section 3). */
export const MIN_MTU = 100;

/** Random base of the roller's own UUIDs; the second 16-bit group names the service or the characteristic. */
const own = (slot: string): string => `81bb${slot}c6dd42cb9747773742386231`;

export const SERVICES = {
  roller: own('0001'),
  battery: '180f',
  deviceInformation: '180a',
} as const;

export const CHARACTERISTICS = {
  info: { uuid: own('0002'), service: 'roller', properties: ['read'] },
  stream: { uuid: own('0003'), service: 'roller', properties: ['notify'] },
  status: { uuid: own('0004'), service: 'roller', properties: ['read', 'notify'] },
  control: { uuid: own('0005'), service: 'roller', properties: ['write', 'indicate'] },
  battery: { uuid: '2a19', service: 'battery', properties: ['read', 'notify'] },
  manufacturer: { uuid: '2a29', service: 'deviceInformation', properties: ['read'] },
  model: { uuid: '2a24', service: 'deviceInformation', properties: ['read'] },
  firmware: { uuid: '2a26', service: 'deviceInformation', properties: ['read'] },
} as const satisfies Record<string, { uuid: string; service: keyof typeof SERVICES; properties: readonly GattProperty[] }>;

export type GattProperty = 'read' | 'write' | 'notify' | 'indicate';
export type CharacteristicName = keyof typeof CHARACTERISTICS;
