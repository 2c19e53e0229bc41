import { describe, expect, it } from 'vitest';
import { aCue, openHouse, settle } from './house.ts';

describe('a slow client', () => {
  it('skips snapshots and gets the latest once it reads again, while cues wait for it', async () => {
    const { clock, connect, told } = await openHouse();
    const slow = await connect();
    const quick = await connect();
    slow.say({ type: 'resume', afterSeq: 0 });
    await settle(slow);
    slow.socket.pause();
    await clock.beat(200);
    told.cue(aCue);
    await settle(quick);
    expect(quick.all('snapshot')).toHaveLength(200);
    slow.socket.resume();
    await slow.next('cue');
    const stale = slow.all('snapshot').length;
    expect(stale).toBeLessThanOrEqual(15);
    await settle(slow);
    await clock.beat();
    const latest = await slow.next('snapshot', ({ tS }) => tS > 1010);
    expect(latest.tS).toBeCloseTo(1010.05, 6);
    expect(slow.all('snapshot')).toHaveLength(stale + 1);
  });

  it('is cut off when it has been silent too long', async () => {
    const { clock, connect, hub } = await openHouse();
    const slow = await connect();
    slow.socket.pause();
    await clock.beat(20 * 14);
    expect(hub.clientCount).toBe(1);
    await clock.beat(20 * 2);
    expect(hub.clientCount).toBe(0);
  });

  it('counts only pongs to its own pings', async () => {
    const { clock, connect } = await openHouse();
    const probe = await connect({ autoPong: false });
    for (const forged of ['999999', 'NaN', '-1', '']) probe.socket.pong(forged);
    await settle(probe);
    await clock.beat(60);
    await settle(probe);
    expect(probe.all('snapshot')).toHaveLength(15);
  });
});
