import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeResponse, encodeRequest } from '../../firmware-protocol/control.ts';
import { CHARACTERISTICS, SERVICES, type GattProperty } from '../../firmware-protocol/gatt.ts';
import { decodeStream } from '../../firmware-protocol/stream.ts';
import { createAir, type Air } from '../../simulators/radio/air.ts';
import { ATT, ATT_ERROR, CCCD } from '../../simulators/radio/att.ts';
import { REQUEST_KINDS } from '../../simulators/radio/att-server.ts';
import { u16, u8 } from '../../simulators/radio/hci.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import { RawCentral } from './raw-central.ts';
import { createTestFirmware, type TestFirmware } from './test-firmware.ts';
import { fakeTime, pass, passUntil } from './virtual-time.ts';

const ADDRESS = 'f0:a1:00:00:00:02';
const START = Buffer.from(encodeRequest({ procedure: 'start' }));

let air: Air;
let firmware: TestFirmware;
let peripheral: PeripheralHandle;
let central: RawCentral;

beforeEach(async () => {
  fakeTime();
  air = createAir({ seed: 1 });
  firmware = createTestFirmware({ cells: 32 });
  peripheral = air.peripheral(firmware, { address: ADDRESS });
  central = new RawCentral(air.central());
  await central.connect(ADDRESS);
});
afterEach(() => {
  air.close();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const error = (request: number, handle: number, code: number): Buffer => pdu(ATT.error, u8(request), u16(handle), u8(code));
const pdu = (opCode: number, ...fields: readonly Buffer[]): Buffer => Buffer.concat([u8(opCode), ...fields]);
const bytesOf = (uuid: string): Buffer => Buffer.from(uuid, 'hex').reverse();

describe('discovery', () => {
  test('by group type finds the three services and their last handles', async () => {
    await central.exchangeMtu(247);
    const found: string[] = [];
    let start = 1;
    for (;;) {
      const answer = await central.ask(pdu(ATT.readByGroupTypeRequest, u16(start), u16(0xffff), u16(0x2800)));
      if (answer[0] === ATT.error) break;
      const length = answer[1]!;
      for (let at = 2; at < answer.length; at += length) {
        expect(answer.readUInt16LE(at)).toBe(start);
        found.push(Buffer.from(answer.subarray(at + 4, at + length)).reverse().toString('hex'));
        start = answer.readUInt16LE(at + 2) + 1;
      }
    }
    expect(found).toEqual(Object.values(SERVICES));
  });

  test('by type gives each characteristic with its properties and the handle of its value', async () => {
    await central.exchangeMtu(247);
    const found: Record<string, number> = {};
    let start = 1;
    for (;;) {
      const answer = await central.ask(pdu(ATT.readByTypeRequest, u16(start), u16(0xffff), u16(0x2803)));
      if (answer[0] === ATT.error) break;
      const length = answer[1]!;
      for (let at = 2; at < answer.length; at += length) {
        found[Buffer.from(answer.subarray(at + 5, at + length)).reverse().toString('hex')] = answer[at + 2]!;
        start = answer.readUInt16LE(at + 3);
      }
    }
    const bits = { read: 2, write: 8, notify: 16, indicate: 32 };
    const bitsOf = (properties: readonly GattProperty[]): number => properties.reduce((sum, property) => sum + bits[property], 0);
    expect(found).toEqual(Object.fromEntries(Object.values(CHARACTERISTICS).map(({ uuid, properties }) => [uuid, bitsOf(properties)])));
  });

  test('by find information gives types of one length at a time, in handle order', async () => {
    const first = await central.ask(pdu(ATT.findInformationRequest, u16(1), u16(0xffff)));
    expect([...first.subarray(0, 6)]).toEqual([ATT.findInformationResponse, 1, 1, 0, 0x00, 0x28]);
    const long = await central.ask(pdu(ATT.findInformationRequest, u16(3), u16(0xffff)));
    expect(long[1]).toBe(2);
    expect(Buffer.from(long.subarray(4, 20)).reverse().toString('hex')).toBe(CHARACTERISTICS.info.uuid);
  });

  test('of one service by its UUID', async () => {
    const answer = await central.ask(pdu(ATT.findByTypeValueRequest, u16(1), u16(0xffff), u16(0x2800), bytesOf(SERVICES.roller)));
    expect([...answer.subarray(0, 3)]).toEqual([ATT.findByTypeValueResponse, 1, 0]);
  });

  test('refuses a range that is none, and groups that do not exist', async () => {
    const find = (start: number, end: number): Promise<Buffer> => central.ask(pdu(ATT.findInformationRequest, u16(start), u16(end)));
    expect(await find(0, 9)).toEqual(error(ATT.findInformationRequest, 0, ATT_ERROR.invalidHandle));
    expect(await find(9, 8)).toEqual(error(ATT.findInformationRequest, 9, ATT_ERROR.invalidHandle));
    expect(await find(900, 901)).toEqual(error(ATT.findInformationRequest, 900, ATT_ERROR.attributeNotFound));
    expect(await central.ask(pdu(ATT.readByGroupTypeRequest, u16(1), u16(9), u16(0x2803))))
      .toEqual(error(ATT.readByGroupTypeRequest, 1, ATT_ERROR.unsupportedGroupType));
  });
});

describe('reading and writing', () => {
  test('a long value is read in parts, and not past its end', async () => {
    const handle = await central.valueHandle('info');
    let value = (await central.ask(pdu(ATT.readRequest, u16(handle)))).subarray(1);
    expect(value).toHaveLength(22);
    for (;;) {
      const part = (await central.ask(pdu(ATT.readBlobRequest, u16(handle), u16(value.length)))).subarray(1);
      value = Buffer.concat([value, part]);
      if (part.length < 22) break;
    }
    expect(value).toEqual(Buffer.from(firmware.read('info')));
    const past = await central.ask(pdu(ATT.readBlobRequest, u16(handle), u16(233)));
    expect(past).toEqual(error(ATT.readBlobRequest, handle, ATT_ERROR.invalidOffset));
  });

  test('the MTU is the lesser of the two, and at least 23', async () => {
    expect([...(await central.exchangeMtu(10))]).toEqual([ATT.exchangeMtuResponse, 247, 0]);
    const handle = await central.valueHandle('info');
    expect(await central.ask(pdu(ATT.readRequest, u16(handle)))).toHaveLength(23);
    await central.exchangeMtu(517);
    expect(await central.ask(pdu(ATT.readRequest, u16(handle)))).toHaveLength(233);
  });

  test('what may not be read or written is refused, and prepared writes are', async () => {
    const stream = await central.valueHandle('stream');
    const info = await central.valueHandle('info');
    expect(await central.ask(pdu(ATT.readRequest, u16(stream)))).toEqual(error(ATT.readRequest, stream, ATT_ERROR.readNotPermitted));
    expect(await central.write(info, u8(1))).toEqual(error(ATT.writeRequest, info, ATT_ERROR.writeNotPermitted));
    expect(await central.write(999, u8(1))).toEqual(error(ATT.writeRequest, 999, ATT_ERROR.invalidHandle));
    const prepared = 0x16;
    expect(await central.ask(pdu(prepared, u16(info), u16(0), u8(1)))).toEqual(error(prepared, info, ATT_ERROR.requestNotSupported));
    expect(await central.ask(u8(ATT.readRequest))).toEqual(error(ATT.readRequest, 0, ATT_ERROR.invalidPdu));
  });

  test('a write command is neither done nor answered', async () => {
    await central.subscribe('control', CCCD.indicate);
    const control = await central.valueHandle('control');
    const before = central.pdus.length;
    central.send(pdu(ATT.writeCommand, u16(control), START));
    await pass(200);
    expect(central.pdus).toHaveLength(before);
    expect(firmware.requests).toEqual([]);
  });
});

describe('the control point', () => {
  test('is refused while its indications are off', async () => {
    const control = await central.valueHandle('control');
    expect(await central.write(control, START)).toEqual(error(ATT.writeRequest, control, ATT_ERROR.cccdImproperlyConfigured));
    // Notifications are not indications.
    await central.subscribe('control', CCCD.notify);
    expect(await central.write(control, START)).toEqual(error(ATT.writeRequest, control, ATT_ERROR.cccdImproperlyConfigured));
    expect(firmware.requests).toEqual([]);
  });

  test('answers with one indication, and takes nothing more before it is confirmed', async () => {
    const control = await central.valueHandle('control');
    await central.subscribe('control', CCCD.indicate);
    expect([...(await central.write(control, Buffer.of(5, 3)))]).toEqual([ATT.writeResponse]);
    await passUntil(() => central.pushed(ATT.indication).length === 1, 100);
    expect(await central.write(control, Buffer.of(5, 3))).toEqual(error(ATT.writeRequest, control, ATT_ERROR.procedureAlreadyInProgress));
    central.send(u8(ATT.confirmation));
    expect([...(await central.write(control, Buffer.of(5, 4)))]).toEqual([ATT.writeResponse]);
    await pass(100);
    expect(central.pushed(ATT.indication).map((bytes) => decodeResponse(bytes))).toEqual([
      { ok: true, value: { procedure: 'identify', result: 'success' } }, { ok: true, value: { procedure: 'identify', result: 'success' } },
    ]);
    expect(firmware.requests).toEqual(['identify', 'identify']);
  });

  test('refuses requests of the kind that is set, and no others', async () => {
    const info = await central.valueHandle('info');
    const control = await central.valueHandle('control');
    const discover = Buffer.concat([u8(ATT.readByGroupTypeRequest), u16(1), u16(0xffff), Buffer.from('0028', 'hex')]);
    const asks = {
      discover: () => central.ask(discover),
      read: () => central.ask(Buffer.concat([u8(ATT.readRequest), u16(info)])),
      subscribe: () => central.write(control + 1, u16(CCCD.indicate)),
      write: () => central.write(control, START),
    };
    await asks.subscribe();
    for (const refused of REQUEST_KINDS) {
      peripheral.refuse(refused, ATT_ERROR.unlikely);
      for (const kind of REQUEST_KINDS) {
        const answer = await asks[kind]();
        expect([kind, answer[0] === ATT.error && answer[4] === ATT_ERROR.unlikely]).toEqual([kind, kind === refused]);
        await pass(50);
      }
      expect((await central.exchangeMtu(100))[0]).toBe(ATT.exchangeMtuResponse);
      peripheral.refuse(refused, null);
    }
  });

  test('refuses with the ATT error that is set', async () => {
    const control = await central.valueHandle('control');
    await central.subscribe('control', CCCD.indicate);
    peripheral.refuse('write', ATT_ERROR.unlikely);
    expect(await central.write(control, START)).toEqual(error(ATT.writeRequest, control, ATT_ERROR.unlikely));
  });
});

describe('the stream', () => {
  const begin = async (mtu = 247): Promise<void> => {
    await central.exchangeMtu(mtu);
    await central.subscribe('stream', CCCD.notify);
    await central.subscribe('control', CCCD.indicate);
    await central.write(await central.valueHandle('control'), START);
  };
  const sequences = (): number[] => central.pushed(ATT.notification).map((bytes) => {
    const frame = decodeStream(bytes);
    return frame.ok ? frame.value.sequence : -1;
  });

  test('is paced by absolute deadlines: 60 s are 3000 frames, not one less', async () => {
    await begin();
    const from = firmware.sent;
    await pass(60_000);
    expect(firmware.sent - from).toBeGreaterThanOrEqual(2999);
    expect(firmware.sent - from).toBeLessThanOrEqual(3001);
    await pass(30);
    expect(sequences()).toEqual(Array.from({ length: sequences().length }, (_, index) => index));
    expect(firmware.sent - sequences().length).toBeLessThanOrEqual(2);
  });

  test('drops what does not fit its queue, and says so; what is queued arrives in order', async () => {
    air.close();
    air = createAir({ seed: 1 });
    firmware = createTestFirmware({ cells: 2 });
    peripheral = air.peripheral(firmware, { address: ADDRESS, queueFrames: 10 });
    central = new RawCentral(air.central());
    await central.connect(ADDRESS);
    await begin();
    await pass(1000);
    const before = sequences().length;
    peripheral.blackout(1000);
    await pass(2000);
    // 50 were due in the blackout: 8 in the controller, 10 in the queue, the rest dropped.
    expect(firmware.dropped_).toBeGreaterThanOrEqual(29);
    expect(firmware.dropped_).toBeLessThanOrEqual(33);
    expect(sequences().length - before + firmware.dropped_).toBeGreaterThanOrEqual(98);
    expect(sequences()).toEqual([...sequences()].sort((a, b) => a - b));
  });

  test('is never longer than the MTU, though a client makes it smaller on the way', async () => {
    await begin();
    await pass(200);
    await central.exchangeMtu(60);
    await pass(30);
    const from = central.pdus.length;
    await pass(500);
    const lengths = central.pdus.slice(from).map(({ bytes }) => bytes.length);
    expect(new Set(lengths)).toEqual(new Set([60]));
  });

  test('frames that nobody has asked for are dropped ones', async () => {
    await central.subscribe('control', CCCD.indicate);
    await central.exchangeMtu(247);
    await central.write(await central.valueHandle('control'), START);
    await pass(1000);
    expect(firmware.dropped_).toBeGreaterThan(45);
    expect(sequences()).toEqual([]);
  });

  test('ends with the connection, and so do the subscriptions', async () => {
    await begin();
    await pass(500);
    peripheral.drop();
    await passUntil(() => central.handle === null, 100);
    expect(central.disconnects.at(-1)?.reason).toBe(0x13);
    const sent = firmware.sent;
    await pass(1000);
    expect(firmware.sent).toBe(sent);
    await central.connect(ADDRESS);
    const configuration = (await central.valueHandle('stream')) + 1;
    expect([...(await central.ask(pdu(ATT.readRequest, u16(configuration))))]).toEqual([ATT.readResponse, 0, 0]);
  });
});
