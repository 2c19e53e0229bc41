import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  command, COMMAND, commandStatus, disconnectionComplete, EVENT, LE_EVENT, leEvent, PACKET, STATUS, u16, u8,
} from '../../simulators/radio/hci.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import type { HciBindings } from '../../src/link/ble/hci-bindings.ts';
import { pass, passUntil } from '../radio/virtual-time.ts';
import type { TestFirmwareOptions } from '../radio/test-firmware.ts';
import { stageForEach, type Watched } from './stage.ts';

/** How a connection ends where the roller is gone, what adapters say of it, and how soon there is another one. */

const stage = stageForEach();
const warn = vi.spyOn(console, 'warn');
beforeEach(() => void warn.mockClear());

async function streaming(firmware: TestFirmwareOptions = {}): Promise<{ peripheral: PeripheralHandle; roller: Watched; hang: () => void }> {
  const { peripheral, firmware: { hang } } = stage.roller(firmware);
  const roller = stage.watch();
  await passUntil(() => roller.state() === 'streaming');
  // Long enough for the next attempt to begin at once.
  await pass(11_000);
  return { peripheral, roller, hang };
}

const msUntil = async (holds: () => boolean): Promise<number> => {
  const startMs = performance.now();
  await passUntil(holds);
  return performance.now() - startMs;
};

const handleNow = (): number => {
  const host = (stage.handle.noble as unknown as { _bindings: HciBindings })._bindings;
  return Number(Object.keys(host._aclStreams)[0]);
};

/** What the adapter says to a command, each time with the number of the time; null: what it says by itself. */
function saying(opCode: number, answer: (time: number) => readonly Buffer[] | null): void {
  const write = stage.adapter.write.bind(stage.adapter);
  const isMeant = (packet: Buffer): boolean => packet.subarray(0, 3).equals(command(opCode).subarray(0, 3));
  let time = 0;
  stage.adapter.write = (packet) => {
    const said = isMeant(packet) ? answer(time++) : null;
    if (said === null) write(packet);
    for (const each of said ?? []) setImmediate(() => stage.adapter.emit('data', each));
  };
}

/** The adapter does not tell that a connection has ended, until the returned function is called. */
function tellingNoEnd(): () => void {
  const { adapter } = stage;
  const emit = adapter.emit.bind(adapter);
  const isEnd = (packet: Buffer): boolean => packet[0] === PACKET.event && packet[1] === EVENT.disconnectionComplete;
  adapter.emit = (name: string, packet: Buffer) => !isEnd(packet) && emit(name, packet);
  return () => (adapter.emit = emit);
}

const accepted = commandStatus(COMMAND.disconnect, STATUS.success);

describe('a disconnect from a roller that is gone', () => {
  test.each([
    ['refuses it as one about an unknown connection', [commandStatus(COMMAND.disconnect, STATUS.unknownConnection)]],
    ['tells of the end of a handle that is nobody\'s', [accepted, disconnectionComplete(0, 0)]],
  ])('is over at once where the adapter %s', async (_what, said) => {
    const { peripheral, roller } = await streaming();
    saying(COMMAND.disconnect, () => said);
    peripheral.vanish();
    await passUntil(() => roller.state() === 'lost');
    expect(await msUntil(() => roller.state() === 'scanning')).toBeLessThanOrEqual(15);
    expect(warn).not.toHaveBeenCalled();
    await pass(5000);
    peripheral.reappear();
    expect(await msUntil(() => roller.state() === 'streaming')).toBeLessThan(1500);
  });

  test('is over when the roller advertises, though the adapter says nothing', async () => {
    const { peripheral, roller } = await streaming();
    saying(COMMAND.disconnect, () => [accepted]);
    peripheral.vanish();
    await passUntil(() => roller.state() === 'lost');
    peripheral.reappear();
    expect(await msUntil(() => roller.state() === 'scanning')).toBeLessThanOrEqual(150);
    await passUntil(() => roller.state() === 'streaming');
  });

  test('is waited for where nothing is heard at all, until after the supervision timeout', async () => {
    const { peripheral, roller } = await streaming();
    saying(COMMAND.disconnect, () => [accepted]);
    tellingNoEnd();
    peripheral.vanish();
    await passUntil(() => roller.state() === 'lost');
    const tookMs = await msUntil(() => roller.state() === 'scanning');
    expect(tookMs).toBeGreaterThan(3900);
    expect(tookMs).toBeLessThan(4100);
  });

  test('that is told late does not end the next connection', async () => {
    const { peripheral, roller } = await streaming();
    const old = handleNow();
    saying(COMMAND.disconnect, () => [accepted]);
    const tellAgain = tellingNoEnd();
    peripheral.vanish();
    await passUntil(() => roller.state() === 'lost');
    peripheral.reappear();
    await passUntil(() => roller.state() === 'streaming');
    expect(handleNow()).not.toBe(old);
    tellAgain();
    stage.adapter.emit('data', disconnectionComplete(old, STATUS.connectionTimeout));
    await pass(2000);
    expect(roller.times('lost')).toBe(1);
    expect(warn).not.toHaveBeenCalled();
  });
});

test('the end of a connection of another program ends none of ours, and is not talked about', async () => {
  const { roller } = await streaming();
  stage.adapter.emit('data', commandStatus(COMMAND.disconnect, STATUS.success));
  stage.adapter.emit('data', disconnectionComplete(0x0123, STATUS.remoteUserTerminated));
  await pass(1000);
  expect(roller.state()).toBe('streaming');
  expect(warn).not.toHaveBeenCalled();
});

test('an adapter that was off for a moment, which noble does not notice, is asked after a second of silence', async () => {
  const { roller } = await streaming();
  await pass(700);
  stage.adapter.powerOff();
  await pass(20);
  stage.adapter.powerOn();
  expect(await msUntil(() => roller.state() === 'lost')).toBeLessThanOrEqual(1020);
  expect(roller.reasons.at(-1)).toBe('the adapter has lost the connection');
  // The roller knows nothing of it before its supervision timeout.
  expect(await msUntil(() => roller.state() === 'streaming')).toBeLessThan(3500);
});

describe('a roller whose battery was out for a moment', () => {
  test('is connected as soon as the adapter lets go of the connection before', async () => {
    const { peripheral, roller } = await streaming();
    peripheral.vanish();
    await pass(50);
    peripheral.reappear();
    const backMs = performance.now();
    await passUntil(() => roller.times('streaming') === 2);
    expect(performance.now() - backMs).toBeLessThan(4000);
    expect(roller.states).not.toContain('waiting');
  });

  test('again and again does not wait longer each time', async () => {
    const { peripheral, roller } = await streaming();
    for (let round = 2; round <= 12; round++) {
      peripheral.vanish();
      await pass(50);
      peripheral.reappear();
      expect(await msUntil(() => roller.times('streaming') === round)).toBeLessThan(4500);
      await pass(3000);
    }
  });
});

describe('a connect', () => {
  const failed = (status: number): readonly Buffer[] => [
    commandStatus(COMMAND.leCreateConnection, STATUS.success),
    leEvent(LE_EVENT.connectionComplete, u8(status), u16(0), u8(0), u8(0), Buffer.alloc(6), Buffer.alloc(7)),
  ];

  test('that could not be established is tried again within its step', async () => {
    saying(COMMAND.leCreateConnection, (time) => (time < 5 ? failed(0x3e) : null));
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    expect(roller.states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
  });

  test('that can never be established is given up after 10 s', async () => {
    saying(COMMAND.leCreateConnection, () => failed(0x3e));
    stage.roller();
    const roller = stage.watch();
    expect(await msUntil(() => roller.state() === 'waiting')).toBeGreaterThan(9900);
    expect(roller.reasons.at(-1)).toBe('connecting took longer than 10 s');
  });

  test('that fails for another reason is given up at once, and the reason is told', async () => {
    const noResources = 0x0d;
    saying(COMMAND.leCreateConnection, (time) => (time < 1 ? failed(noResources) : null));
    stage.roller();
    const roller = stage.watch();
    expect(await msUntil(() => roller.state() === 'waiting')).toBeLessThan(500);
    expect(roller.reasons.at(-1)).toMatch(/^connecting failed: .+\(0xd\)$/);
    await passUntil(() => roller.state() === 'streaming');
  });
});

test('silence is longer where frames come seldom', async () => {
  const { roller, hang } = await streaming({ ratePerS: 2 });
  await pass(20_000);
  hang();
  const tookMs = await msUntil(() => roller.state() === 'lost');
  expect(tookMs).toBeGreaterThan(4000);
  expect(tookMs).toBeLessThan(5600);
});
