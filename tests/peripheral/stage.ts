import { vi } from 'vitest';
import { CHARACTERISTICS, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import { ATT } from '../../simulators/radio/att.ts';
import type { VirtualHciSocket } from '../../simulators/radio/hci-socket.ts';
import { u16, u8 } from '../../simulators/radio/hci.ts';
import type { RollerFirmware } from '../../simulators/roller/port.ts';
import { systemClock } from '../../src/clock.ts';
import { openPeripheral, type Peripheral, type PeripheralNews } from '../../src/peripheral/peripheral.ts';
import { RawCentral } from '../radio/raw-central.ts';
import { pass, settled } from '../radio/virtual-time.ts';

/** The first adapter of the software radio is bleno's. */
export const ADDRESS = 'c0:00:00:00:00:01';

/** bleno on an adapter of the software radio, and a client that does as it is told on another; in virtual time. */
export interface Stage {
  readonly air: Air;
  readonly adapter: VirtualHciSocket;
  readonly central: RawCentral;
  readonly peripheral: Peripheral;
  readonly news: PeripheralNews[];
  close(): Promise<void>;
}

export async function openStage(firmware: RollerFirmware, name?: string): Promise<Stage> {
  const air = createAir({ seed: 1 });
  const adapter = air.central();
  const news: PeripheralNews[] = [];
  const told = (item: PeripheralNews): void => void news.push(item);
  const peripheral = await settled(openPeripheral({ firmware, clock: systemClock, hciSocket: adapter, name, told }));
  return {
    air,
    adapter,
    central: new RawCentral(air.central()),
    peripheral,
    news,
    close: async () => {
      await settled(peripheral.close());
      air.close();
      await pass(5);
      if (vi.getTimerCount() > 0) throw new Error(`${vi.getTimerCount()} timers are left`);
    },
  };
}

const CHARACTERISTIC = u16(0x2803);

/** Handles of the values, by discovery. */
export async function discover(central: RawCentral): Promise<ReadonlyMap<CharacteristicName, number>> {
  const names = new Map<string, CharacteristicName>(
    Object.entries(CHARACTERISTICS).map(([name, { uuid }]) => [uuid, name as CharacteristicName]),
  );
  const found = new Map<CharacteristicName, number>();
  for (let start = 1; ;) {
    const answer = await central.ask(Buffer.concat([u8(ATT.readByTypeRequest), u16(start), u16(0xffff), CHARACTERISTIC]));
    if (answer[0] === ATT.error) return found;
    const length = answer[1]!;
    for (let at = 2; at < answer.length; at += length) {
      const name = names.get(Buffer.from(answer.subarray(at + 5, at + length)).reverse().toString('hex'));
      if (name) found.set(name, answer.readUInt16LE(at + 3));
      start = answer.readUInt16LE(at + 3) + 1;
    }
  }
}
