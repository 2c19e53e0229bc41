import type { NoblePeripheral } from './noble-port.ts';

/** Which roller is meant. */
export interface Target {
  /** Whether an advertisement may be its. */
  accepts(peripheral: NoblePeripheral): boolean;
  /** Whether the device id that was read is its; the link then stays with that roller. */
  confirms(peripheral: NoblePeripheral, deviceId: string): boolean;
}

/** A device id is only in the info value, so a roller has to be asked for it. */
const DEVICE_ID = /^[0-9a-f]{16}$/;
/** Others that were asked and are not meant. */
const STRANGERS_LIMIT = 64;

/**
 * `device` is a name (in any case), a radio address, noble's id or a device id; null takes the first roller that is heard. Once connected,
 * it is that roller alone: found again by its address, or by its name where the address changes, and known by its device id.
 */
export function createTarget(device: string | null): Target {
  const wanted = device?.trim().toLowerCase() ?? null;
  const strangers = new Set<string>();
  let known: { peripheralId: string; name: string | undefined; deviceId: string } | null = null;

  const isMeant = (peripheral: NoblePeripheral): boolean =>
    wanted === null || DEVICE_ID.test(wanted) || namesOf(peripheral).includes(wanted);

  return {
    accepts: (peripheral) => {
      if (peripheral.connectable === false) return false;
      if (known?.peripheralId === peripheral.id) return true;
      if (strangers.has(peripheral.id)) return false;
      return known ? known.name !== undefined && known.name === peripheral.advertisement.localName : isMeant(peripheral);
    },
    confirms: (peripheral, deviceId) => {
      const isWished = wanted === null || deviceId === wanted || namesOf(peripheral).includes(wanted);
      if (known ? deviceId !== known.deviceId : !isWished) {
        if (strangers.size >= STRANGERS_LIMIT) strangers.clear();
        strangers.add(peripheral.id);
        return false;
      }
      known = { peripheralId: peripheral.id, name: peripheral.advertisement.localName, deviceId };
      return true;
    },
  };
}

const namesOf = ({ id, address, advertisement }: NoblePeripheral): string[] =>
  [id, address, advertisement.localName].filter((name) => name !== undefined && name !== '').map((name) => name!.toLowerCase());
