import { describe, expect, test } from 'vitest';
import { decodeInfo } from '../../firmware-protocol/info.ts';
import { COMMAND, PACKET } from '../../simulators/radio/hci.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import { pass, passUntil } from '../radio/virtual-time.ts';
import { ADDRESS, isGapless, stageForEach } from './stage.ts';

describe('the real noble over the software radio', () => {
  const stage = stageForEach();

  test('goes from scan to stream in the order of the table', async () => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming', 5000);
    expect(roller.states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
    expect(roller.reasons).toEqual([null, null, null, null, null]);
  });

  test('says streaming only after the first stream frame, and gives info before it', async () => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    const kindOf = { frame: 'characteristic', state: 'state', info: 'type' } as const;
    const kinds = roller.events.map((event) => (event as unknown as Record<string, string>)[kindOf[event.type]]!);
    expect(kinds.slice(0, 7)).toEqual(['scanning', 'connecting', 'discovering', 'info', 'info', 'battery', 'status']);
    expect(kinds.indexOf('stream')).toBeLessThan(kinds.indexOf('streaming'));
    expect(kinds.indexOf('stream')).toBeGreaterThan(kinds.indexOf('subscribing'));
  });

  test('tells who the roller is', async () => {
    stage.roller({ name: 'Roller in the hall' }, { rssiDbm: -70 });
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    const identity = roller.events.find((event) => event.type === 'info')?.roller;
    expect(identity).toMatchObject({
      id: '00112233445566aa', name: 'Roller in the hall', address: ADDRESS,
      manufacturer: 'Test works', model: 'T1', firmware: '1.2.3', driver: 'roller-v1',
    });
    expect(Math.abs(identity!.rssiDbm! + 70)).toBeLessThanOrEqual(3);
  });

  test.each([247, 128])('reads an info value of 232 bytes whole at an MTU of %i', async (mtu) => {
    stage.roller({ cells: 32 }, { mtu });
    const roller = stage.watch();
    await passUntil(() => roller.events.some((event) => event.type === 'frame' && event.characteristic === 'info'));
    const frame = roller.events.find((event) => event.type === 'frame');
    expect(frame).toMatchObject({ characteristic: 'info' });
    const bytes = frame?.type === 'frame' ? frame.bytes : new Uint8Array();
    expect(bytes).toHaveLength(232);
    expect(decodeInfo(bytes)).toMatchObject({ ok: true, value: { deviceId: '00112233445566aa' } });
  });

  test('brings 50 frames a second for five minutes, none lost', async () => {
    const { firmware } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    const before = roller.sequences.length;
    await pass(300_000);
    const sequences = roller.sequences;
    expect(sequences.length - before).toBeGreaterThanOrEqual(14_998);
    expect(sequences.length - before).toBeLessThanOrEqual(15_002);
    expect(isGapless(sequences)).toBe(true);
    expect(firmware.dropped_).toBe(0);
    expect(roller.states).toHaveLength(5);
  });

  test('loses nothing where a third of the radio events are not heard: they are repeated', async () => {
    stage.roller();
    stage.air.setLoss(1 / 3);
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    await pass(30_000);
    expect(roller.sequences.length).toBeGreaterThan(1490);
    expect(isGapless(roller.sequences)).toBe(true);
  });

  test('stamps arrivals at the connection events, 15 ms apart', async () => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    await pass(2000);
    const isStream = (event: LinkEvent): boolean => event.type === 'frame' && event.characteristic === 'stream';
    const arrivals = roller.events.filter(isStream).map(({ arrivalS }) => arrivalS).slice(-90);
    const pauses = arrivals.slice(1).map((arrivalS, index) => Math.round((arrivalS - arrivals[index]!) * 1000));
    // A frame every 20 ms on a grid of 15 ms: it waits for the next event, or for the one after.
    expect([...new Set(pauses)].sort((a, b) => a - b)).toEqual([15, 30]);
  });

  test('streams from four rollers at once over one adapter', async () => {
    const rollers = [0, 1, 2, 3].map((index) => {
      stage.roller({ name: `Roller ${index}`, deviceId: `001122334455660${index}` }, { address: `f0:a1:00:00:00:0${index}` });
      return stage.watch(`roller ${index}`);
    });
    await passUntil(() => rollers.every(({ state }) => state() === 'streaming'), 15_000);
    await pass(20_000);
    for (const [index, roller] of rollers.entries()) {
      expect(roller.events.find((event) => event.type === 'info')).toMatchObject({ roller: { id: `001122334455660${index}` } });
      expect(roller.sequences.length).toBeGreaterThanOrEqual(1000);
      expect(isGapless(roller.sequences)).toBe(true);
      expect(roller.times('lost')).toBe(0);
    }
  });

  test('scans neither while it connects, though another link is looking, nor while it streams', async () => {
    const scanning: boolean[] = [];
    let isScanning = false;
    const write = stage.adapter.write.bind(stage.adapter);
    stage.adapter.write = (packet) => {
      const opCode = packet[0] === PACKET.command ? packet.readUInt16LE(1) : 0;
      if (opCode === COMMAND.leSetScanEnable) isScanning = packet[4] === 1;
      if (opCode === COMMAND.leCreateConnection) scanning.push(isScanning);
      write(packet);
    };
    stage.roller();
    const other = stage.watch('nobody');
    const roller = stage.watch('test roller');
    await passUntil(() => roller.state() === 'streaming');
    expect([scanning, isScanning]).toEqual([[false], true]);
    other.subscription.unsubscribe();
    await pass(20_000);
    expect(isScanning).toBe(false);
  });

  test('reports the signal strength now and then', async () => {
    stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'streaming');
    await pass(60_000);
    const strengths = roller.events.flatMap((event) => (event.type === 'info' ? [event.roller.rssiDbm] : []));
    expect(strengths.length).toBeGreaterThan(4);
    expect(strengths.length).toBeLessThanOrEqual(13);
    for (const rssiDbm of strengths) expect(Math.abs(rssiDbm! + 55)).toBeLessThanOrEqual(3);
  });

  test('a roller that refuses a small MTU is told so, and is tried again', async () => {
    stage.roller({ cells: 2 }, { mtu: 64 });
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'waiting');
    expect(roller.reasons.at(-1)).toContain('mtuTooSmall');
    await passUntil(() => roller.times('subscribing') === 3);
    expect(roller.states).not.toContain('streaming');
    expect(roller.sequences).toEqual([]);
  });
});
