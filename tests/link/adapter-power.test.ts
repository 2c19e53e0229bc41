import { describe, expect, test } from 'vitest';
import type { HciBindings } from '../../src/link/ble/hci-bindings.ts';
import { pass, passUntil, settled } from '../radio/virtual-time.ts';
import { stageForEach, streams } from './stage.ts';

const stage = stageForEach();

describe('an adapter that loses its power', () => {
  test('is a drop, and everything comes back with it', async () => {
    stage.roller();
    const roller = stage.watch();
    await streams(roller);
    await pass(1000);
    stage.adapter.powerOff();
    await passUntil(() => roller.state() !== 'streaming', 1100);
    expect(roller.states.slice(-2)).toContain('lost');
    await passUntil(() => roller.state() === 'waiting' && roller.reasons.at(-1) === 'the Bluetooth adapter is off');
    await pass(5000);
    expect(roller.state()).toBe('waiting');
    stage.adapter.powerOn();
    await streams(roller, 2);
    const before = roller.sequences.length;
    await pass(2000);
    expect(roller.sequences.length - before).toBeGreaterThanOrEqual(99);
  });

  test('again and again, with requests under way, uses up nothing in noble', async () => {
    stage.roller();
    const roller = stage.watch();
    const host = (stage.handle.noble as unknown as { _bindings: HciBindings })._bindings;
    for (let cycle = 1; cycle <= 12; cycle++) {
      await streams(roller, cycle);
      roller.link.request({ procedure: 'identify', seconds: 1 }).catch(() => undefined);
      stage.adapter.powerOff();
      await passUntil(() => roller.state() === 'waiting', 3000);
      expect([Object.keys(host._aclStreams), [...host._hci._aclConnections.keys()]]).toEqual([[], []]);
      stage.adapter.powerOn();
    }
    await streams(roller, 13);
    expect(await settled(roller.link.request({ procedure: 'identify', seconds: 1 }))).toMatchObject({ result: 'success' });
  });

  test('while a connect is pending does not block the connects after it', async () => {
    const { peripheral } = stage.roller();
    const roller = stage.watch();
    await passUntil(() => roller.state() === 'connecting');
    stage.adapter.powerOff();
    peripheral.blackout(2000);
    await passUntil(() => roller.state() === 'waiting', 2000);
    stage.adapter.powerOn();
    await streams(roller);
  });

  test('that is off at first is waited for', async () => {
    stage.roller();
    stage.adapter.powerOff();
    await pass(1100);
    const roller = stage.watch();
    await pass(3000);
    expect(roller.states).toEqual(['waiting']);
    stage.adapter.powerOn();
    await streams(roller);
  });
});
