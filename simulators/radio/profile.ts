import { CHARACTERISTICS, SERVICES, type GattProperty } from '../../firmware-protocol/gatt.ts';

export type RadioProperty = GattProperty | 'writeWithoutResponse';

export interface ProfileCharacteristic {
  readonly uuid: string;
  /** By its name in `services`. */
  readonly service: string;
  readonly properties: readonly RadioProperty[];
}

/** What a peripheral offers, and which of its services it advertises. UUIDs as in firmware-protocol/gatt.ts. */
export interface GattProfile {
  readonly services: Readonly<Record<string, string>>;
  readonly characteristics: Readonly<Record<string, ProfileCharacteristic>>;
  readonly advertised: string;
}

export const ROLLER_PROFILE: GattProfile = { services: SERVICES, characteristics: CHARACTERISTICS, advertised: SERVICES.roller };

export const isPushed = ({ properties }: ProfileCharacteristic): boolean => properties.includes('notify') || properties.includes('indicate');
