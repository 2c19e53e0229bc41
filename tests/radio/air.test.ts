import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import { ATT, CCCD } from '../../simulators/radio/att.ts';
import { addressBytes, COMMAND, EVENT, LE_EVENT, STATUS, u16, u8 } from '../../simulators/radio/hci.ts';
import type { VirtualHciSocket } from '../../simulators/radio/hci-socket.ts';
import { RawCentral } from './raw-central.ts';
import { createTestFirmware } from './test-firmware.ts';
import { fakeTime, pass, passUntil } from './virtual-time.ts';

const ADDRESS = 'f0:a1:00:00:00:02';

let air: Air;
let socket: VirtualHciSocket;
let central: RawCentral;
beforeEach(() => {
  fakeTime();
  air = createAir({ seed: 1 });
  socket = air.central();
  central = new RawCentral(socket);
});
afterEach(() => {
  air.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

describe('advertising', () => {
  test('is heard every 100 to 110 ms, with the service in it and the name in the scan response', async () => {
    air.peripheral(createTestFirmware({ name: 'Rölli' }), { address: ADDRESS, rssiDbm: -72 });
    central.scan();
    await pass(5000);
    const [advertisement, response] = central.reports;
    expect(advertisement).toMatchObject({ kind: 0, address: ADDRESS });
    expect(Buffer.from(advertisement!.data, 'latin1').toString('hex')).toBe('02010611073162384237774797cb42ddc60100bb81');
    expect(response).toMatchObject({ kind: 4, address: ADDRESS });
    expect(Buffer.from(response!.data, 'latin1').subarray(2).toString()).toBe('Rölli');
    const times = central.reports.filter(({ kind }) => kind === 0).map(({ atMs }) => atMs);
    const pauses = times.slice(1).map((atMs, index) => atMs - times[index]!);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(111);
    expect(new Set(pauses).size).toBeGreaterThan(3);
    for (const { rssiDbm } of central.reports) expect(Math.abs(rssiDbm + 72)).toBeLessThanOrEqual(3);
  });

  test('a passive scan gets no scan response, and duplicates can be filtered out', async () => {
    air.peripheral(createTestFirmware(), { address: ADDRESS });
    central.scan({ active: false, filterDuplicates: true });
    await pass(1000);
    expect(central.reports.map(({ kind }) => kind)).toEqual([0]);
  });

  test('ends while a roller is connected, and begins again afterwards', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS);
    central.scan();
    await pass(1000);
    expect(central.reports).toEqual([]);
    peripheral.drop();
    await passUntil(() => central.reports.length > 0, 200);
  });

  test('the same seed gives the same air', async () => {
    const run = async (seed: number): Promise<string> => {
      const other = createAir({ seed, lossRatio: 0.3 });
      const listener = new RawCentral(other.central());
      other.peripheral(createTestFirmware(), { address: ADDRESS });
      const startMs = performance.now();
      listener.scan();
      await pass(3000);
      other.close();
      return JSON.stringify(listener.reports.map(({ atMs, rssiDbm }) => [Math.round(atMs - startMs), rssiDbm]));
    };
    expect(await run(7)).toBe(await run(7));
    expect(await run(7)).not.toBe(await run(8));
  });
});

describe('a connection', () => {
  test('is over when the supervision timeout has passed without a word', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS, { timeout: 100 });
    await pass(2000);
    peripheral.vanish();
    const vanishedMs = performance.now();
    await passUntil(() => central.handle === null);
    expect(central.disconnects).toMatchObject([{ reason: STATUS.connectionTimeout }]);
    expect(central.disconnects[0]!.atMs - vanishedMs).toBeGreaterThan(980);
    expect(central.disconnects[0]!.atMs - vanishedMs).toBeLessThan(1050);
  });

  test('survives silence shorter than that', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS, { timeout: 100 });
    peripheral.blackout(900);
    await pass(3000);
    expect(central.disconnects).toEqual([]);
  });

  test('an end that was told nothing, because it was off, does not come back to life', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS, { timeout: 100 });
    peripheral.vanish();
    await pass(200);
    peripheral.reappear();
    await passUntil(() => central.handle === null, 1000);
    expect(central.disconnects[0]?.reason).toBe(STATUS.connectionTimeout);
    await central.connect(ADDRESS);
  });

  test('that is ended while the peer is deaf lasts until its supervision timeout; until then there is no second one', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS, { timeout: 200 });
    peripheral.vanish();
    await pass(500);
    const { handle } = central;
    central.run(COMMAND.disconnect, u16(handle!), u8(STATUS.remoteUserTerminated));
    peripheral.reappear();
    await pass(1000);
    expect(central.disconnects).toEqual([]);
    const before = central.packets.length;
    central.run(COMMAND.leCreateConnection, Buffer.alloc(6), addressBytes(ADDRESS), Buffer.alloc(13));
    await pass(5);
    expect([...central.packets[before]!.subarray(1, 4)]).toEqual([EVENT.commandStatus, 4, STATUS.connectionExists]);
    await passUntil(() => central.handle === null, 1000);
    expect(central.disconnects[0]?.reason).toBe(STATUS.localHostTerminated);
    await central.connect(ADDRESS);
  });

  test('that is ended in a blackout is over when the peer hears again', async () => {
    const peripheral = air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS);
    peripheral.blackout(800);
    central.run(COMMAND.disconnect, u16(central.handle!), u8(STATUS.remoteUserTerminated));
    await pass(700);
    expect(central.disconnects).toEqual([]);
    await pass(200);
    expect(central.disconnects).toHaveLength(1);
  });

  test('takes eight packets of its host at a time, and says when there were more', async () => {
    air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS);
    for (let index = 0; index < 12; index++) central.send(u8(ATT.confirmation));
    await pass(100);
    const events = (code: number): Buffer[] => central.packets.filter((packet) => packet[1] === code);
    expect(events(EVENT.dataBufferOverflow)).toHaveLength(4);
    // Six in the first connection event, two in the next.
    expect(events(EVENT.numberOfCompletedPackets).map((packet) => packet.readUInt16LE(6))).toEqual([6, 2]);
  });

  test('keeps its events on their grid, however late a timer is: an interval of 8.75 ms is no multiple of one', async () => {
    air.close();
    air = createAir({ seed: 1, packetsPerEvent: 1 });
    central = new RawCentral(air.central());
    air.peripheral(createTestFirmware({ cells: 0, ratePerS: 130 }), { address: ADDRESS });
    await central.connect(ADDRESS, { interval: 7 });
    await central.exchangeMtu(247);
    await central.subscribe('control', CCCD.indicate);
    await central.subscribe('stream', CCCD.notify);
    central.send(Buffer.concat([u8(ATT.writeRequest), u16(await central.valueHandle('control')), u8(1)]));
    await pass(2000);
    const before = central.pushed(ATT.notification).length;
    await pass(70_000);
    // More is due than events there are, and each carries one.
    expect(Math.abs(central.pushed(ATT.notification).length - before - 8000)).toBeLessThanOrEqual(2);
  });

  test('can be updated, which both ends are told', async () => {
    air.peripheral(createTestFirmware(), { address: ADDRESS });
    await central.connect(ADDRESS);
    central.run(COMMAND.leConnectionUpdate, u16(central.handle!), u16(24), u16(40), u16(0), u16(300), u16(0), u16(0));
    await pass(20);
    const update = central.packets.find((packet) => packet[1] === EVENT.leMeta && packet[3] === LE_EVENT.connectionUpdateComplete);
    expect([update?.readUInt16LE(7), update?.readUInt16LE(11)]).toEqual([40, 300]);
  });

  test('that is waited for can be called off', async () => {
    void central.connect('f0:00:00:00:00:99').catch(() => undefined);
    await pass(500);
    central.run(COMMAND.leCreateConnectionCancel);
    await pass(10);
    expect(central.connectStatus).toBe(STATUS.unknownConnection);
    await pass(2000);
  });
});

describe('an adapter', () => {
  const lastEvent = async (): Promise<Buffer> => {
    await pass(5);
    return central.packets.at(-1)!;
  };

  test('answers what it does not know, and what is too short, with a status', async () => {
    central.run(0x1234);
    expect([...(await lastEvent()).subarray(1)]).toEqual([EVENT.commandStatus, 4, STATUS.unknownCommand, 1, 0x34, 0x12]);
    central.run(COMMAND.leCreateConnection, u8(1));
    expect([...(await lastEvent()).subarray(1)]).toEqual([EVENT.commandComplete, 4, 1, 0x0d, 0x20, STATUS.invalidParameters]);
    central.run(COMMAND.readRssi, u16(77));
    expect((await lastEvent())[6]).toBe(STATUS.unknownConnection);
  });

  test('hears nothing and says nothing while it is off', async () => {
    air.peripheral(createTestFirmware(), { address: ADDRESS });
    central.scan();
    await pass(500);
    const { length } = central.packets;
    // Not even what is on its way to the host.
    central.run(COMMAND.readAddress);
    socket.powerOff();
    central.run(COMMAND.readAddress);
    await pass(500);
    expect(central.packets).toHaveLength(length);
    expect(socket.isDevUp()).toBe(false);
    socket.powerOn();
    await pass(500);
    expect(central.packets).toHaveLength(length);
    central.scan();
    await pass(500);
    expect(central.packets.length).toBeGreaterThan(length);
  });

  test('two adapters hear the same roller, and one of them gets it', async () => {
    air.peripheral(createTestFirmware(), { address: ADDRESS });
    const other = new RawCentral(air.central());
    await Promise.allSettled([central.connect(ADDRESS), other.connect(ADDRESS)]);
    expect([central.handle, other.handle].filter((handle) => handle !== null)).toHaveLength(1);
  });
});
