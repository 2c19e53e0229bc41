import { describe, expect, test } from 'vitest';
import { scheduleFaults } from '../../simulators/faults/schedule.ts';
import { parseFaults } from '../../simulators/faults/script.ts';
import type { PeripheralHandle } from '../../simulators/radio/peripheral.ts';
import type { RollerMemory } from '../../src/link/ble/target.ts';
import type { TestFirmware } from '../radio/test-firmware.ts';
import { pass, passUntil, settled } from '../radio/virtual-time.ts';
import { isGapless, stageForEach, type Watched } from './stage.ts';

const stage = stageForEach();

interface Put {
  readonly id: string;
  readonly firmware: TestFirmware;
  readonly peripheral: PeripheralHandle;
}

const put = (letter: string, { name = `Roller ${letter}`, address = `f0:a1:00:00:00:0${letter}` } = {}): Put => {
  const id = `000000000000000${letter}`;
  return { id, ...stage.roller({ name, deviceId: id, cells: 2 }, { address }) };
};
const idsOf = (link: Watched): string[] => [...new Set(link.events.flatMap((event) => (event.type === 'info' ? [event.roller.id] : [])))];
const allStream = (links: readonly Watched[], limitMs = 30_000): Promise<void> =>
  passUntil(() => links.every(({ state }) => state() === 'streaming'), limitMs);

describe('links over one adapter', () => {
  test('none of which was told whom to take: each takes another roller, and none loses a frame', async () => {
    const rollers = ['a', 'b', 'c', 'd'].map((letter) => put(letter));
    const links = rollers.map(() => stage.watch());
    await allStream(links);
    await pass(20_000);
    expect(links.flatMap(idsOf).toSorted()).toEqual(rollers.map(({ id }) => id));
    for (const { firmware } of rollers) expect(firmware.requests).toEqual(['start']);
    for (const link of links) {
      expect(link.sequences.length).toBeGreaterThanOrEqual(1000);
      expect(isGapless(link.sequences)).toBe(true);
      expect(link.states).toEqual(['scanning', 'connecting', 'discovering', 'subscribing', 'streaming']);
    }
  });

  test('a fault befalls the roller that it is for, and the first where none is named', async () => {
    const rollers = [put('a'), put('b')];
    const links = rollers.map(({ id }) => stage.watch(id));
    await allStream(links);
    const script = parseFaults('drop:at=12s;vanish:at=30s,for=1min,roller=2');
    const firmware = { reboot: () => undefined, repeatStale: () => undefined, breakCells: () => undefined };
    const targets = { air: stage.air, adapter: stage.adapter, rollers: rollers.map(({ peripheral: roller }) => ({ roller, firmware })) };
    const schedule = scheduleFaults({ faults: script.ok ? script.faults : [], targets, seed: 1 });
    await pass(25_000);
    expect(links.map(({ times }) => times('lost'))).toEqual([1, 0]);
    await pass(10_000);
    expect(links.map(({ times }) => times('lost'))).toEqual([1, 1]);
    expect(links.map(({ state }) => state())).toEqual(['streaming', 'scanning']);
    schedule.close();
  });

  test('a lost roller stays with its link: one that looks for any does not get it', async () => {
    const roller = put('a');
    const first = stage.watch();
    await allStream([first]);
    const second = stage.watch();
    await pass(12_000);
    roller.peripheral.vanish();
    await passUntil(() => first.state() === 'scanning');
    await pass(30_000);
    roller.peripheral.reappear();
    await passUntil(() => first.times('streaming') === 2);
    await pass(3000);
    expect([idsOf(first), second.states]).toEqual([[roller.id], ['scanning']]);
  });

  test('a roller that comes back behind another address goes back to its own link', async () => {
    const roller = put('a');
    const other = put('b');
    const links = [stage.watch(), stage.watch(), stage.watch()];
    await passUntil(() => links.filter(({ state }) => state() === 'streaming').length === 2);
    const own = links.find((link) => idsOf(link).includes(roller.id))!;
    await pass(12_000);
    roller.peripheral.vanish();
    await passUntil(() => own.state() === 'scanning');
    const back = put('a', { address: 'f0:a1:00:00:00:1a' });
    await passUntil(() => own.times('streaming') === 2, 10_000);
    await pass(5000);
    expect(links.flatMap(idsOf).toSorted()).toEqual([roller.id, other.id]);
    expect(back.firmware.requests).toEqual(['start']);
    expect(links.filter(({ state }) => state() === 'streaming')).toHaveLength(2);
  });

  test('of the same name are still told apart by their device ids when both addresses change', async () => {
    const [one, two] = ['a', 'b'].map((letter) => put(letter, { name: 'Roller' }));
    const links = [stage.watch(), stage.watch()];
    await allStream(links);
    const before = links.map(idsOf);
    await pass(12_000);
    for (const { peripheral } of [one!, two!]) peripheral.vanish();
    await passUntil(() => links.every(({ state }) => state() === 'scanning'));
    for (const letter of ['b', 'a']) put(letter, { name: 'Roller', address: `f0:a1:00:00:00:2${letter}` });
    await passUntil(() => links.every((link) => link.times('streaming') === 2));
    expect(links.map(idsOf)).toEqual(before);
  });

  test('a link that is closed lets go of its roller', async () => {
    const roller = put('a');
    const first = stage.watch();
    await allStream([first]);
    const second = stage.watch();
    await pass(3000);
    first.subscription.unsubscribe();
    await passUntil(() => second.state() === 'streaming', 5000);
    expect(idsOf(second)).toEqual([roller.id]);
    second.subscription.unsubscribe();
    await settled(stage.handle.close());
    expect(stage.handle.claims.size).toBe(0);
  });

  const wishes = [['its device id', '000000000000000b'], ['its name', 'ROLLER B']] as const;
  test.each(wishes)('leave a roller to the one that was told to take it by %s', async (_what, wish) => {
    const free = stage.watch();
    const wished = stage.watch(wish);
    const [two, one] = [put('b'), put('a')];
    await allStream([wished, free]);
    expect([wished, free].map(idsOf)).toEqual([[two.id], [one.id]]);
  });
});

describe('a roller that is remembered', () => {
  const remembering = (...entries: readonly [id: string, name: string][]): RollerMemory => ({
    ids: entries.map(([id]) => id),
    idOf: (names) => entries.find(([, name]) => names.includes(name))?.[0] ?? null,
  });

  test('is preferred to a stranger that is heard before it', async () => {
    put('a');
    const link = stage.watch(null, remembering(['000000000000000b', 'roller b']));
    await pass(300);
    expect(link.states).toEqual(['scanning']);
    const mine = put('b');
    await allStream([link], 5000);
    expect(idsOf(link)).toEqual([mine.id]);
  });

  test('is not waited for much longer than a roller takes to be heard', async () => {
    const stranger = put('a');
    const link = stage.watch(null, remembering(['000000000000000b', 'roller b']));
    await passUntil(() => link.state() === 'connecting', 1800);
    await allStream([link]);
    expect(idsOf(link)).toEqual([stranger.id]);
  });

  test('is not waited for where another link has it', async () => {
    const memory = remembering(['000000000000000b', 'roller b']);
    put('b');
    const first = stage.watch(null, memory);
    await allStream([first]);
    const stranger = put('a');
    const second = stage.watch(null, memory);
    await passUntil(() => second.state() === 'connecting', 300);
    await allStream([second]);
    expect(idsOf(second)).toEqual([stranger.id]);
  });

  test('is left to the link that had it, when it comes back behind another address', async () => {
    const memory = remembering(['000000000000000a', 'roller a']);
    const roller = put('a');
    const own = stage.watch(null, memory);
    await allStream([own]);
    const free = [stage.watch(null, memory), stage.watch(null, memory)];
    await pass(12_000);
    roller.peripheral.vanish();
    await passUntil(() => own.state() === 'scanning');
    put('a', { address: 'f0:a1:00:00:00:1a' });
    await passUntil(() => own.times('streaming') === 2);
    expect(free.map(({ states }) => states)).toEqual([['scanning'], ['scanning']]);
  });

  test('and asked for by its device id is tried before the others', async () => {
    const others = ['a', 'c', 'd'].map((letter) => put(letter));
    put('b');
    const link = stage.watch('000000000000000b', remembering(['000000000000000b', 'roller b']));
    await allStream([link], 5000);
    expect(idsOf(link)).toEqual(['000000000000000b']);
    expect(link.times('connecting')).toBe(1);
    for (const { firmware } of others) expect(firmware.requests).toEqual([]);
  });
});
