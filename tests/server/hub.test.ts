import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { aCue, aSnapshot, openHouse, settle } from './house.ts';

describe('a connection', () => {
  it('gets hello, then the session, then snapshots, and cues in between', async () => {
    const { clock, connect, told } = await openHouse();
    told.cue(aCue);
    const probe = await connect();
    await settle(probe);
    expect(probe.received).toMatchObject([
      { type: 'hello', protocol: 1, source: 'simulated', lastCueSeq: 1 },
      { type: 'session', id: 's1' },
    ]);
    await clock.beat(7);
    told.cue({ ...aCue, phase: 'end' });
    await probe.next('cue');
    expect(probe.received.slice(2).map(({ type }) => type)).toEqual([...Array(7).fill('snapshot'), 'cue']);
    expect(probe.all('cue')).toEqual([{ type: 'cue', seq: 2, roller: 'r1', ...aCue, phase: 'end' }]);
  });

  it('gets twenty snapshots a second, each as it is then', async () => {
    const { clock, connect } = await openHouse();
    const probe = await connect();
    await clock.beat(40);
    await probe.next('snapshot', ({ tS }) => tS === 1002);
    const times = probe.all('snapshot').map(({ tS }) => tS);
    expect(times).toHaveLength(40);
    times.forEach((tS, index) => expect(tS).toBeCloseTo(1000.05 + index * 0.05, 6));
  });

  it('is told when the session changes', async () => {
    const { connect, told } = await openHouse();
    const [first, second] = await Promise.all([connect(), connect()]);
    told.session();
    await Promise.all([settle(first), settle(second)]);
    expect([first.all('session').length, second.all('session').length]).toEqual([2, 2]);
  });

  it('is told anew who is there when the rollers change, once for all that changed between two snapshots', async () => {
    const { clock, connect, told } = await openHouse();
    const probe = await connect();
    told.cue(aCue);
    told.hello();
    told.hello();
    await clock.beat(3);
    await settle(probe);
    expect(probe.all('hello').map(({ lastCueSeq }) => lastCueSeq)).toEqual([0, 1]);
  });

  it('gets numbers rounded to a thousandth', async () => {
    const { clock, connect } = await openHouse({ source: { snapshot: () => ({ ...aSnapshot, speedCmS: 1 / 3 }) } });
    const probe = await connect();
    await clock.beat();
    expect((await probe.next('snapshot')).speedCmS).toBe(0.333);
  });
});

describe('the house', () => {
  it('is full at some point, and has room again when somebody leaves', async () => {
    const { connect, hub } = await openHouse({ maxClients: 2 });
    const [first] = await Promise.all([connect(), connect()]);
    const third = await connect();
    expect((await third.closed).code).toBe(1013);
    expect(third.received).toMatchObject([{ type: 'error', code: 'too-many-clients' }]);
    first?.socket.close();
    await first?.closed;
    while (hub.clientCount > 1) await nextTurn();
    await (await connect()).next('session');
  });

  it('says goodbye with 1001 and leaves no timer behind', async () => {
    const { connect, server, clock } = await openHouse();
    const [first, second] = await Promise.all([connect(), connect()]);
    await server.close();
    expect([(await first.closed).code, (await second.closed).code]).toEqual([1001, 1001]);
    await clock.beat(3);
    expect(first.all('snapshot')).toEqual([]);
  });
});
