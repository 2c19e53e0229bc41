import { TYPE, uuidBytes } from './att.ts';
import { u16, u8 } from './hci.ts';
import { isPushed, type GattProfile, type ProfileCharacteristic, type RadioProperty } from './profile.ts';

/** One row of an attribute table. */
export interface Attribute {
  readonly handle: number;
  /** UUID, text. */
  readonly type: string;
  /** Fixed content; null where it belongs to a characteristic and is asked of the firmware. */
  readonly content: Buffer | null;
  /** The characteristic that a value or a configuration belongs to. */
  readonly owner: string | null;
  /** The last handle of a service. */
  groupEnd: number;
}

/** Bits of a characteristic's properties (Core Vol 3 Part G, 3.3.1.1). */
const PROPERTY_BITS: Readonly<Record<RadioProperty, number>> = { read: 0x02, writeWithoutResponse: 0x04, write: 0x08, notify: 0x10, indicate: 0x20 };

/** The attribute table of a profile, in handle order from 1. */
export function createAttributes({ services, characteristics }: GattProfile): readonly Attribute[] {
  const table: Attribute[] = [];
  const add = (type: string, content: Buffer | null, owner: string | null = null): Attribute => {
    const attribute = { handle: table.length + 1, type, content, owner, groupEnd: table.length + 1 };
    table.push(attribute);
    return attribute;
  };
  for (const [service, uuid] of Object.entries(services)) {
    const head = add(TYPE.primaryService, uuidBytes(uuid));
    for (const [name, characteristic] of Object.entries(characteristics)) {
      if (characteristic.service === service) addCharacteristic(add, table.length, name, characteristic);
    }
    head.groupEnd = table.length;
  }
  return table;
}

function addCharacteristic(
  add: (type: string, content: Buffer | null, owner?: string) => Attribute, lastHandle: number, name: string, characteristic: ProfileCharacteristic,
): void {
  const { uuid, properties } = characteristic;
  const bits = properties.reduce((sum, property) => sum | PROPERTY_BITS[property], 0);
  add(TYPE.characteristic, Buffer.concat([u8(bits), u16(lastHandle + 2), uuidBytes(uuid)]));
  add(uuid, null, name);
  if (isPushed(characteristic)) add(TYPE.clientConfiguration, null, name);
}
