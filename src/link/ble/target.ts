import { isHeldByAnother, type Claim, type Claims } from './claims.ts';
import type { NoblePeripheral } from './noble-port.ts';

/** Which roller is meant. */
export interface Target {
  /** Whether an advertisement may be its, and no other link holds it. */
  accepts(peripheral: NoblePeripheral): boolean;
  /** Whether it is worth taking at once: there is no better one to wait a moment for. */
  prefers(peripheral: NoblePeripheral): boolean;
  /** Holds a peripheral: no other link goes for it until this one takes another. */
  takes(peripheral: NoblePeripheral): void;
  /** Whether the device id that was read is its; the link then stays with that roller, and holds it. */
  confirms(peripheral: NoblePeripheral, deviceId: string): boolean;
  /** Holds nothing any more. */
  release(): void;
}

/** What is remembered of rollers that were met before. */
export interface RollerMemory {
  /** Their device ids. */
  readonly ids: readonly string[];
  /** Which of them goes by one of these names and addresses, in lower case; a guess until its device id has been read. */
  idOf(names: readonly string[]): string | null;
}

export interface TargetOptions {
  readonly claims?: Claims | undefined;
  readonly memory?: RollerMemory | undefined;
}

/** A device id is only in the info value, so a roller has to be asked for it. */
const DEVICE_ID = /^[0-9a-f]{16}$/;
/** Others that were asked and are not meant. */
const STRANGERS_LIMIT = 64;
const NOTHING: RollerMemory = { ids: [], idOf: () => null };

/**
 * `device` is a name (in any case), a radio address, noble's id or a device id; null takes the first roller that is heard, one that is
 * remembered rather than a stranger. Once connected, it is that roller alone: found again by its address, or by its name where the address
 * changes, and known by its device id.
 */
export function createTarget(device: string | null, { claims = new Set(), memory = NOTHING }: TargetOptions = {}): Target {
  const wanted = device?.trim().toLowerCase() ?? null;
  const strangers = new Set<string>();
  const own: Claim = { wished: wanted, radioId: null, deviceId: null };
  let known: { peripheralId: string; name: string | undefined } | null = null;
  claims.add(own);

  const isHeld = (key: keyof Claim, id: string): boolean => isHeldByAnother(claims, own, key, id);
  const isFree = (deviceId: string): boolean => !isHeld('deviceId', deviceId);
  const isMeant = (peripheral: NoblePeripheral): boolean => {
    const names = namesOf(peripheral);
    if (wanted === null) return !names.some((name) => isHeld('wished', name));
    return DEVICE_ID.test(wanted) || names.includes(wanted);
  };
  const isWished = (peripheral: NoblePeripheral, deviceId: string): boolean =>
    wanted === null ? !isHeld('wished', deviceId) : deviceId === wanted || namesOf(peripheral).includes(wanted);

  const refuse = (peripheral: NoblePeripheral): false => {
    if (strangers.size >= STRANGERS_LIMIT) strangers.clear();
    strangers.add(peripheral.id);
    own.radioId = known?.peripheralId ?? null;
    return false;
  };

  return {
    accepts: (peripheral) => {
      if (peripheral.connectable === false || isHeld('radioId', peripheral.id)) return false;
      if (known?.peripheralId === peripheral.id) return true;
      if (strangers.has(peripheral.id)) return false;
      return known ? known.name !== undefined && known.name === peripheral.advertisement.localName : isMeant(peripheral);
    },
    prefers: (peripheral) => {
      if (known) return true;
      const id = memory.idOf(namesOf(peripheral));
      if (id !== null && !isFree(id)) return false;
      if (wanted !== null) return !memory.ids.includes(wanted) || id === wanted;
      return id !== null || !memory.ids.some(isFree);
    },
    takes: ({ id }) => (own.radioId = id),
    confirms: (peripheral, deviceId) => {
      const isOwn = known ? deviceId === own.deviceId : isWished(peripheral, deviceId);
      if (!isOwn || !isFree(deviceId)) return refuse(peripheral);
      known = { peripheralId: peripheral.id, name: peripheral.advertisement.localName };
      Object.assign(own, { radioId: peripheral.id, deviceId });
      return true;
    },
    release: () => claims.delete(own),
  };
}

const namesOf = ({ id, address, advertisement }: NoblePeripheral): string[] =>
  [id, address, advertisement.localName].filter((name) => name !== undefined && name !== '').map((name) => name!.toLowerCase());
