import { CHARACTERISTICS, SERVICES, type CharacteristicName, type GattProperty } from '../../firmware-protocol/gatt.ts';
import { TYPE, uuidBytes } from './att.ts';
import { u16, u8 } from './hci.ts';

/** One row of an attribute table. */
export interface Attribute {
  readonly handle: number;
  /** UUID, text. */
  readonly type: string;
  /** Fixed content; null where it belongs to a characteristic and is asked of the roller. */
  readonly content: Buffer | null;
  /** The characteristic that a value or a configuration belongs to. */
  readonly owner: CharacteristicName | null;
  /** The last handle of a service. */
  groupEnd: number;
}

/** Bits of a characteristic's properties (Core Vol 3 Part G, 3.3.1.1). */
const PROPERTY_BITS: Readonly<Record<GattProperty, number>> = { read: 0x02, write: 0x08, notify: 0x10, indicate: 0x20 };

export const propertiesOf = (name: CharacteristicName): readonly GattProperty[] => CHARACTERISTICS[name].properties;

const isPushed = (name: CharacteristicName): boolean =>
  propertiesOf(name).some((property) => property === 'notify' || property === 'indicate');

/** The attribute table of a roller, in handle order from 1. */
export function createAttributes(): readonly Attribute[] {
  const table: Attribute[] = [];
  const add = (type: string, content: Buffer | null, owner: CharacteristicName | null = null): Attribute => {
    const attribute = { handle: table.length + 1, type, content, owner, groupEnd: table.length + 1 };
    table.push(attribute);
    return attribute;
  };
  for (const [service, uuid] of Object.entries(SERVICES)) {
    const head = add(TYPE.primaryService, uuidBytes(uuid));
    for (const name of Object.keys(CHARACTERISTICS) as CharacteristicName[]) {
      if (CHARACTERISTICS[name].service === service) addCharacteristic(add, table.length, name);
    }
    head.groupEnd = table.length;
  }
  return table;
}

function addCharacteristic(
  add: (type: string, content: Buffer | null, owner?: CharacteristicName) => Attribute, lastHandle: number, name: CharacteristicName,
): void {
  const uuid = CHARACTERISTICS[name].uuid;
  const bits = propertiesOf(name).reduce((sum, property) => sum | PROPERTY_BITS[property], 0);
  add(TYPE.characteristic, Buffer.concat([u8(bits), u16(lastHandle + 2), uuidBytes(uuid)]));
  add(uuid, null, name);
  if (isPushed(name)) add(TYPE.clientConfiguration, null, name);
}
