import { CHARACTERISTICS, SERVICES, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import type { BlenoClasses, CharacteristicOptions } from './bleno-port.ts';

/** What stands behind the attributes. */
export interface Attributes {
  read(name: CharacteristicName): Uint8Array;
  /** A procedure that may run now; its response is to be indicated. */
  control(request: Uint8Array): Uint8Array;
  /** Called once the response of a procedure is on its way. */
  answered(): void;
  /** Whether another notification may wait for the air. */
  hasRoom(): boolean;
}

export interface GattServer {
  readonly services: readonly object[];
  /** Notifies or indicates; false where nobody has asked for it, or there is no room. */
  push(name: CharacteristicName, value: Uint8Array): boolean;
  /** The client is gone. */
  reset(): void;
}

/** Errors of ATT (Core Vol 3 Part F, 3.4.1.1; Core Specification Supplement, Part B, 1.2). */
const SUCCESS = 0;
const READ_NOT_PERMITTED = 0x02;
const WRITE_NOT_PERMITTED = 0x03;
const INVALID_OFFSET = 0x07;
const CCCD_IMPROPERLY_CONFIGURED = 0xfd;
const PROCEDURE_ALREADY_IN_PROGRESS = 0xfe;

const NAMES = Object.keys(CHARACTERISTICS) as CharacteristicName[];
const SERVICE_NAMES = Object.keys(SERVICES) as (keyof typeof SERVICES)[];

const has = (name: CharacteristicName, property: string): boolean =>
  (CHARACTERISTICS[name].properties as readonly string[]).includes(property);

/** The roller's GATT table as services of bleno. What can be read but has no value, a roller does not offer. */
export function createGattServer({ Characteristic, PrimaryService }: BlenoClasses, attributes: Attributes): GattServer {
  const senders = new Map<CharacteristicName, (value: Buffer) => void>();
  let unconfirmed = false;

  function push(name: CharacteristicName, value: Uint8Array): boolean {
    const send = senders.get(name);
    // There is one indication under way at most: it finds room.
    const indicated = has(name, 'indicate');
    if (!send || (!indicated && !attributes.hasRoom())) return false;
    unconfirmed ||= indicated;
    send(Buffer.from(value));
    return true;
  }

  /** Why a write to the control point is refused now; 0 where it is not (SPEC.md, section 7). */
  function refusal(): number {
    if (!senders.has('control')) return CCCD_IMPROPERLY_CONFIGURED;
    return unconfirmed ? PROCEDURE_ALREADY_IN_PROGRESS : SUCCESS;
  }

  const optionsOf = (name: CharacteristicName): CharacteristicOptions => ({
    uuid: CHARACTERISTICS[name].uuid,
    properties: CHARACTERISTICS[name].properties,
    onReadRequest: (offset, done) => {
      if (!has(name, 'read')) return done(READ_NOT_PERMITTED, null);
      const value = Buffer.from(attributes.read(name));
      if (offset > value.length) done(INVALID_OFFSET, null);
      else done(SUCCESS, value.subarray(offset));
    },
    onWriteRequest: (request, _offset, _withoutResponse, done) => {
      if (name !== 'control') return done(WRITE_NOT_PERMITTED);
      const refused = refusal();
      done(refused);
      if (refused !== SUCCESS) return;
      push(name, attributes.control(request));
      attributes.answered();
    },
    onSubscribe: (_longest, send) => void senders.set(name, send),
    onUnsubscribe: () => void senders.delete(name),
    onIndicate: () => (unconfirmed = false),
  });

  const isOffered = (name: CharacteristicName): boolean => !has(name, 'read') || attributes.read(name).length > 0;
  const services = SERVICE_NAMES.flatMap((service) => {
    const names = NAMES.filter((name) => CHARACTERISTICS[name].service === service && isOffered(name));
    const characteristics = names.map((name) => new Characteristic(optionsOf(name)));
    return characteristics.length === 0 ? [] : [new PrimaryService({ uuid: SERVICES[service], characteristics })];
  });
  return {
    services,
    push,
    reset: () => {
      senders.clear();
      unconfirmed = false;
    },
  };
}
