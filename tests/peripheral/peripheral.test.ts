import fc from 'fast-check';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decodeResponse, encodeRequest } from '../../firmware-protocol/control.ts';
import { CHARACTERISTICS, SERVICES } from '../../firmware-protocol/gatt.ts';
import { ATT, ATT_ERROR } from '../../simulators/radio/att.ts';
import { acl, BOUNDARY, u16, u8 } from '../../simulators/radio/hci.ts';
import { examineRoller } from '../../src/cli/commands/check-firmware.ts';
import { systemClock } from '../../src/clock.ts';
import { judge } from '../../src/conformance/judge.ts';
import { openNoble } from '../../src/link/ble/noble.ts';
import { virtualRoller } from '../conformance/bench.ts';
import { createTestFirmware, type TestFirmware, type TestFirmwareOptions } from '../radio/test-firmware.ts';
import { fakeTime, pass, passUntil, settled } from '../radio/virtual-time.ts';
import { ADDRESS, discover, openStage, type Stage } from './stage.ts';

const START = Buffer.from(encodeRequest({ procedure: 'start' }));
const STOP = Buffer.from(encodeRequest({ procedure: 'stop' }));
const NOTIFY = u16(1);
const INDICATE = u16(2);
const CONFIRMATION = u8(ATT.confirmation);

let stage: Stage;
let firmware: TestFirmware;
let processListeners: readonly number[];

const countListeners = (): number[] => ['SIGINT', 'exit', 'uncaughtException'].map((event) => process.listenerCount(event));

async function onAir(options: TestFirmwareOptions = {}, name?: string): Promise<void> {
  firmware = createTestFirmware(options);
  stage = await openStage(firmware, name);
}

beforeEach(() => {
  processListeners = countListeners();
  fakeTime();
});
afterEach(async () => {
  await stage.close();
  vi.useRealTimers();
  expect(countListeners()).toEqual(processListeners);
});

const error = (request: number, handle: number, code: number): Buffer => Buffer.concat([u8(ATT.error), u8(request), u16(handle), u8(code)]);

/** Connects, and turns indications of the control point on and notifications of the stream; gives the handle of the control point. */
async function connectedControl(mtu = 247): Promise<number> {
  await stage.central.connect(ADDRESS);
  if (mtu > 23) await stage.central.exchangeMtu(mtu);
  const handles = await discover(stage.central);
  await stage.central.write(handles.get('control')! + 1, INDICATE);
  await stage.central.write(handles.get('stream')! + 1, NOTIFY);
  return handles.get('control')!;
}

/** Runs a procedure and confirms its response. */
async function run(control: number, request: Buffer): Promise<string> {
  const before = stage.central.pushed(ATT.indication).length;
  await stage.central.write(control, request);
  await passUntil(() => stage.central.pushed(ATT.indication).length > before, 1000);
  stage.central.send(CONFIRMATION);
  await pass(50);
  const response = decodeResponse(stage.central.pushed(ATT.indication).at(-1)!);
  return response.ok ? response.value.result : response.fault.reason;
}

test('bleno with a virtual roller passes every check of the protocol', async () => {
  stage = await openStage(virtualRoller());
  const noble = await settled(openNoble({ hciSocket: stage.air.central() }));
  const options = { device: null, seconds: 11, clock: systemClock, signal: new AbortController().signal };
  const findings = judge(await settled(examineRoller(noble, options), 120_000));
  await settled(noble.close());
  expect(findings.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
  expect(findings.length).toBeGreaterThan(50);
});

describe('on air', () => {
  const name = (text: string): string => `${String.fromCharCode(1 + Buffer.byteLength(text))}\x09${Buffer.from(text).toString('latin1')}`;
  const heard = (kind: number): string[] => {
    const reports = stage.central.reports.filter((report) => report.kind === kind);
    return [...new Set(reports.map(({ data }) => data))];
  };

  test('tells the service in the advertisement and the whole name in the scan response', async () => {
    await onAir();
    stage.central.scan();
    await pass(500);
    expect(heard(0)).toEqual([`\x02\x01\x06\x11\x07${Buffer.from(SERVICES.roller, 'hex').reverse().toString('latin1')}`]);
    expect(heard(4)).toEqual([name('Test Roller')]);
  });

  test.each([
    ['Pilatesrolle für Ärztinnen', 'Pilatesrolle für Ärztinnen'],
    ['Pilatesrolle für die Ärztinnen', 'Pilatesrolle für die Ärztin'],
  ])('goes by another name where one is given: %s', async (given, told) => {
    await onAir({}, given);
    stage.central.scan();
    await pass(500);
    expect(heard(4)).toEqual([name(told)]);
    expect(stage.peripheral.name).toBe(told);
  });

  test('is silent while connected, is heard again afterwards, and never more once it is closed', async () => {
    await onAir();
    await stage.central.connect(ADDRESS);
    stage.central.scan();
    await pass(1000);
    expect(stage.central.reports).toEqual([]);
    await settled(stage.peripheral.close());
    await passUntil(() => stage.central.disconnects.length === 1, 1000);
    stage.central.reports.length = 0;
    await pass(1000);
    expect(stage.central.reports).toEqual([]);
    expect(stage.news.map(({ type }) => type)).toEqual(['connected', 'disconnected']);
  });

  test('keeps the name of the machine to itself', async () => {
    await onAir();
    await stage.central.connect(ADDRESS);
    await stage.central.exchangeMtu(247);
    const answer = await stage.central.ask(Buffer.concat([u8(ATT.readByTypeRequest), u16(1), u16(0xffff), u16(0x2a00)]));
    expect(answer.subarray(4).toString()).toBe('Test Roller');
    expect(answer.toString()).not.toContain(hostname());
  });
});

describe('the control point', () => {
  test('wants indications first, and one confirmed before the next', async () => {
    await onAir();
    const { central } = stage;
    await central.connect(ADDRESS);
    const control = (await discover(central)).get('control')!;
    expect(await central.write(control, START)).toEqual(error(ATT.writeRequest, control, 0xfd));
    await central.write(control + 1, INDICATE);
    expect(await central.write(control, STOP)).toEqual(u8(ATT.writeResponse));
    expect(await central.write(control, STOP)).toEqual(error(ATT.writeRequest, control, 0xfe));
    central.send(CONFIRMATION);
    await pass(50);
    expect(await central.write(control, STOP)).toEqual(u8(ATT.writeResponse));
    expect(firmware.requests).toEqual(['stop', 'stop']);
  });

  test('goes by the MTU of this connection, not by that of the one before', async () => {
    await onAir({ cells: 4 });
    expect(await run(await connectedControl(247), START)).toBe('success');
    stage.central.run(0x0406, u16(stage.central.handle!), u8(0x13));
    await passUntil(() => stage.news.at(-1)?.type === 'disconnected', 2000);
    expect(await run(await connectedControl(23), START)).toBe('mtuTooSmall');
  });

  test('starts the stream, which ends with the connection', async () => {
    await onAir({ cells: 4 });
    expect(await run(await connectedControl(), START)).toBe('success');
    await pass(1000);
    expect(stage.central.pushed(ATT.notification).length).toBeGreaterThan(45);
    stage.central.run(0x0406, u16(stage.central.handle!), u8(0x13));
    await passUntil(() => stage.news.at(-1)?.type === 'disconnected', 2000);
    const { sent } = firmware;
    await pass(1000);
    expect(firmware.sent).toBe(sent);
  });
});

test('frames that find no room are dropped and told, not kept without end', async () => {
  await onAir({ ratePerS: 300 });
  expect(await run(await connectedControl(), START)).toBe('success');
  await pass(500);
  expect(firmware.dropped_).toBe(0);
  stage.air.setLoss(1);
  const before = firmware.sent;
  await pass(3000);
  const waiting = firmware.sent - before - firmware.dropped_;
  expect(firmware.dropped_).toBeGreaterThan(600);
  expect(waiting).toBeGreaterThan(100);
  expect(waiting).toBeLessThan(200);
  stage.air.setLoss(0);
  const arrived = (): number => stage.central.pushed(ATT.notification).length;
  const arrivedBefore = arrived();
  await pass(1000);
  expect(arrived() - arrivedBefore).toBeGreaterThan(waiting);
});

test('no bytes of a stranger end it, or go without the answer that is due', async () => {
  await onAir();
  const { central } = stage;
  const control = await connectedControl();
  const bytes = (maxLength: number): fc.Arbitrary<Buffer> => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
  const opCodes = fc.constantFrom(...Object.values(ATT), 0x16, 0x18, 0x20, 0x7e, 0xd2);
  const request = fc.tuple(opCodes, bytes(30)).map(([opCode, rest]) => Buffer.from([opCode, ...rest]));
  const boundary = fc.constantFrom(BOUNDARY.firstFromHost, BOUNDARY.continuing);
  const packet = fc.tuple(boundary, bytes(20)).map(([first, data]) => acl(central.handle!, first, data));
  for (const junk of fc.sample(fc.oneof(request, packet, bytes(40)), { numRuns: 400, seed: 4 })) {
    if (junk[0] === 0x02 && junk.length > 5) central.raw(junk);
    else central.send(junk);
    await pass(5);
  }
  await pass(3000);
  expect(await central.write(control + 1, INDICATE)).toEqual(u8(ATT.writeResponse));
  central.send(CONFIRMATION);
  await pass(50);
  expect(['success', 'wrongState']).toContain(await run(control, STOP));
  // A prepared write is refused, a command is not answered.
  expect(await central.ask(Buffer.concat([u8(0x16), u16(control), u16(0), START]))).toEqual(error(0x16, 0, ATT_ERROR.requestNotSupported));
  const before = central.pdus.length;
  central.send(Buffer.concat([u8(0x52), u16(control), START]));
  await pass(200);
  expect(central.pdus.length).toBe(before);
});

test('an adapter that loses its power loses the client; with the power the roller is back on air', async () => {
  await onAir({ cells: 4 });
  expect(await run(await connectedControl(), START)).toBe('success');
  stage.adapter.powerOff();
  await passUntil(() => stage.news.at(-1)?.type === 'adapter-off', 2000);
  expect(stage.news.map(({ type }) => type)).toEqual(['connected', 'disconnected', 'adapter-off']);
  await pass(6000);
  stage.adapter.powerOn();
  await passUntil(() => stage.news.at(-1)?.type === 'adapter-on', 2000);
  stage.central.handle = null;
  expect(await run(await connectedControl(), START)).toBe('success');
});

test('what the roller does not know it does not offer', async () => {
  const known = createTestFirmware();
  stage = await openStage({ ...known, read: (name) => (name === 'battery' || name === 'model' ? new Uint8Array() : known.read(name)) });
  await stage.central.connect(ADDRESS);
  const offered = [...(await discover(stage.central)).keys()];
  expect(offered.sort()).toEqual(Object.keys(CHARACTERISTICS).filter((name) => name !== 'battery' && name !== 'model').sort());
});
