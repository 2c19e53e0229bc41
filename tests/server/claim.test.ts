import { describe, expect, it } from 'vitest';
import { codesOf, openHouse, settle, type House, type Probe } from './house.ts';

const claimants = (probe: Probe): (string | null)[] => probe.all('hello').at(-1)!.rollers.map(({ claimedBy }) => claimedBy);
const openPair = async (): Promise<{ house: House; holder: Probe; other: Probe }> => {
  const house = await openHouse({ rollers: ['r1', 'r2'] });
  const [holder, other] = await Promise.all([house.connect(), house.connect()]);
  holder.say({ type: 'claim', label: 'Phone of Ada' });
  await settle(holder);
  return { house, holder, other };
};

describe('a roller that is claimed', () => {
  it('obeys its holder alone; without a claim everybody', async () => {
    const { house, holder, other } = await openPair();
    other.say({ type: 'start' });
    other.say({ type: 'select', group: 'lats', side: 'left' });
    other.say({ type: 'identify' });
    await settle(other);
    expect(codesOf(other)).toEqual(['claimed', 'claimed', 'claimed']);
    expect(other.all('error')[0]?.message).toContain('Phone of Ada');
    expect(house.wishes).toEqual([]);
    holder.say({ type: 'start' });
    await settle(holder);
    expect(house.wishes).toEqual([{ type: 'start' }]);
    holder.say({ type: 'release' });
    await settle(holder);
    other.say({ type: 'stop' });
    await settle(other);
    expect(house.wishes.at(-1)).toEqual({ type: 'stop' });
  });

  it('hears of pain from everybody', async () => {
    const { house, other } = await openPair();
    other.say({ type: 'pain', nrs: 9 });
    await settle(other);
    expect([house.wishes, codesOf(other)]).toEqual([[{ type: 'pain', nrs: 9 }], []]);
  });

  it('is shown as such to all, and to its holder as theirs', async () => {
    const { house, holder, other } = await openPair();
    await house.clock.beat();
    await Promise.all([settle(holder), settle(other)]);
    expect([claimants(holder), claimants(other)]).toEqual([['Phone of Ada', null], ['Phone of Ada', null]]);
    expect([holder, other].map((probe) => probe.all('hello').at(-1)?.holdsClaim)).toEqual([true, false]);
  });

  it('cannot be claimed by another, not even under the same label while its holder is there', async () => {
    const { house, other } = await openPair();
    other.say({ type: 'claim', label: 'Tablet' });
    other.say({ type: 'claim', label: 'Phone of Ada' });
    other.say({ type: 'release' });
    await settle(other);
    await house.clock.beat();
    await settle(other);
    expect(codesOf(other)).toEqual(['claimed', 'claimed']);
    expect(claimants(other)).toEqual(['Phone of Ada', null]);
  });

  it('leaves the other rollers to everybody', async () => {
    const { house } = await openPair();
    const probe = await house.connect({}, '?roller=r2');
    probe.say({ type: 'start' });
    probe.say({ type: 'claim', label: 'Tablet' });
    await settle(probe);
    await house.clock.beat();
    await settle(probe);
    expect(house.otherWishes).toEqual([[2, { type: 'start' }]]);
    expect(claimants(probe)).toEqual(['Phone of Ada', 'Tablet']);
  });

  it('waits five seconds for a page that is loaded anew, and is then free', async () => {
    const { house, holder, other } = await openPair();
    holder.socket.close();
    await holder.closed;
    await house.clock.beat(20);
    other.say({ type: 'start' });
    await settle(other);
    expect(codesOf(other)).toEqual(['claimed']);
    const again = await house.connect();
    again.say({ type: 'claim', label: 'Phone of Ada' });
    again.say({ type: 'start' });
    await settle(again);
    expect(house.wishes).toEqual([{ type: 'start' }]);
    again.socket.close();
    await again.closed;
    await house.clock.beat(99);
    other.say({ type: 'stop' });
    await settle(other);
    expect(codesOf(other)).toEqual(['claimed', 'claimed']);
    await house.clock.beat(3);
    await settle(other);
    expect(claimants(other)).toEqual([null, null]);
    other.say({ type: 'stop' });
    await settle(other);
    expect(house.wishes.at(-1)).toEqual({ type: 'stop' });
  });

  it('is given up by whoever turns to another roller', async () => {
    const { house, holder, other } = await openPair();
    holder.say({ type: 'watch', roller: 'r2' });
    await settle(holder);
    other.say({ type: 'start' });
    await settle(other);
    expect(house.wishes).toEqual([{ type: 'start' }]);
  });

  it.each(['', '   ', 'x'.repeat(41), 7])('has no such label: %j', async (label) => {
    const house = await openHouse();
    const probe = await house.connect();
    probe.say({ type: 'claim', label });
    expect((await probe.next('error')).code).toBe('unknown-message');
  });
});
