import { once } from 'node:events';
import { connect as openSocket, type NetConnectOpts, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { aCue, aSnapshot, openHouse, type House, type Probe } from './house.ts';

const seqs = (probe: Probe): number[] => probe.all('cue').map(({ seq }) => seq);

/** Lets the sockets do all they have to: what was said is answered before the pong to this ping. */
async function settle(probe: Probe): Promise<void> {
  probe.socket.ping('settle');
  for (;;) if (String((await once(probe.socket, 'pong'))[0]) === 'settle') return;
}

async function houseWithCues(count: number, keptCues = 1000): Promise<House> {
  const house = await openHouse({ keptCues });
  for (let index = 0; index < count; index++) house.hub.cue(aCue);
  return house;
}

describe('a connection', () => {
  it('gets hello, then the session, then snapshots, and cues in between', async () => {
    const { clock, connect, hub } = await openHouse();
    hub.cue(aCue);
    const probe = await connect();
    await settle(probe);
    expect(probe.received).toMatchObject([
      { type: 'hello', protocol: 1, source: 'simulated', lastCueSeq: 1 },
      { type: 'session', id: 's1' },
    ]);
    await clock.beat(7);
    hub.cue({ ...aCue, phase: 'end' });
    await probe.next('cue');
    expect(probe.received.slice(2).map(({ type }) => type)).toEqual([...Array(7).fill('snapshot'), 'cue']);
    expect(probe.all('cue')).toEqual([{ type: 'cue', seq: 2, ...aCue, phase: 'end' }]);
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
    const { connect, hub } = await openHouse();
    const [first, second] = await Promise.all([connect(), connect()]);
    hub.session();
    await Promise.all([settle(first), settle(second)]);
    expect([first.all('session').length, second.all('session').length]).toEqual([2, 2]);
  });

  it('is told anew who is there when the rollers change', async () => {
    const { connect, hub } = await openHouse();
    const probe = await connect();
    hub.cue(aCue);
    hub.hello();
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

describe('resume', () => {
  it('replays what was missed, in order, before what is new', async () => {
    const { connect, hub } = await houseWithCues(8);
    const probe = await connect();
    hub.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([]);
    probe.say({ type: 'resume', afterSeq: 5 });
    await settle(probe);
    hub.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([6, 7, 8, 9, 10]);
  });

  it('is not needed: without it new cues come after a moment', async () => {
    const { clock, connect, hub } = await houseWithCues(2);
    const probe = await connect();
    hub.cue(aCue);
    await clock.beat(6);
    await settle(probe);
    expect(seqs(probe)).toEqual([3]);
    hub.cue(aCue);
    await settle(probe);
    expect(seqs(probe)).toEqual([3, 4]);
  });

  it('sends no cue twice on one connection, however often it is asked', async () => {
    const { clock, connect, hub } = await houseWithCues(4);
    const probe = await connect();
    await clock.beat(6);
    hub.cue(aCue);
    for (const afterSeq of [3, 0, 0, 5, 2]) probe.say({ type: 'resume', afterSeq });
    await settle(probe);
    expect(seqs(probe)).toEqual([5, 4, 1, 2, 3]);
  });

  it('says so when cues are no longer kept, and gives those that are', async () => {
    const { connect } = await houseWithCues(10, 3);
    const probe = await connect();
    probe.say({ type: 'resume', afterSeq: 4 });
    await settle(probe);
    expect(probe.all('error')).toMatchObject([{ code: 'resume-too-old', message: expect.stringContaining('before 8') }]);
    expect(seqs(probe)).toEqual([8, 9, 10]);
  });

  it('says so when the client knows cues of an earlier life, and goes on with new ones', async () => {
    const { connect, hub } = await houseWithCues(1);
    const probe = await connect();
    probe.say({ type: 'resume', afterSeq: 2 });
    await settle(probe);
    hub.cue(aCue);
    await settle(probe);
    expect(probe.all('error')).toMatchObject([{ code: 'resume-ahead' }]);
    expect(seqs(probe)).toEqual([2]);
  });

  it('loses none and repeats none under churn', async () => {
    const { clock, connect, hub } = await openHouse();
    const chance = seeded(7);
    const heard: number[] = [];
    for (let life = 0; life < 40; life++) {
      const cues = (): void => void Array.from({ length: Math.floor(chance() * 4) }, () => hub.cue(aCue));
      cues();
      const connecting = connect();
      cues();
      const probe = await connecting;
      probe.socket.on('message', (data) => {
        const message = JSON.parse((data as Buffer).toString()) as { type: string; seq: number };
        if (message.type === 'cue') heard.push(message.seq);
      });
      await probe.next('hello');
      cues();
      probe.say({ type: 'resume', afterSeq: heard.at(-1) ?? 0 });
      for (let step = Math.floor(chance() * 6); step > 0; step--) {
        cues();
        await clock.beat();
      }
      if (life === 39) await settle(probe);
      probe.socket.terminate();
    }
    expect(heard.length).toBeGreaterThan(100);
    expect(heard).toEqual(Array.from({ length: heard.length }, (_, index) => index + 1));
  });
});

describe('a slow client', () => {
  it('skips snapshots and gets the latest once it reads again, while cues wait for it', async () => {
    const { clock, connect, hub } = await openHouse();
    const slow = await connect();
    const quick = await connect();
    slow.say({ type: 'resume', afterSeq: 0 });
    await settle(slow);
    slow.socket.pause();
    await clock.beat(200);
    hub.cue(aCue);
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

describe('what a client says', () => {
  it('reaches the source', async () => {
    const { connect, wishes } = await openHouse();
    const probe = await connect();
    const said = [
      { type: 'select', group: 'lats', side: 'right' },
      { type: 'mass', massKg: 70 },
      { type: 'pain', nrs: 8 },
      { type: 'confirm' },
      { type: 'identify' },
    ];
    said.forEach((message) => probe.say(message));
    await settle(probe);
    expect(wishes).toEqual(said);
  });

  it.each([
    ['not JSON', '{', 'not-json'],
    ['nothing', '', 'not-json'],
    ['not an object', '42', 'unknown-message'],
    ['null', 'null', 'unknown-message'],
    ['an unknown type', '{"type":"shutdown"}', 'unknown-message'],
    ['a prototype', '{"type":"__proto__"}', 'unknown-message'],
    ['a value out of range', '{"type":"pain","nrs":11}', 'unknown-message'],
    ['a key too many', '{"type":"stop","now":true}', 'unknown-message'],
    ['a negative number', '{"type":"resume","afterSeq":-1}', 'unknown-message'],
    ['bytes', Buffer.from([0xff, 0xfe]), 'not-text'],
    ['two kilobytes', JSON.stringify({ type: 'x'.repeat(2048) }), 'message-too-large'],
    ['deep nesting', '['.repeat(500), 'not-json'],
  ])('%s is answered with an error', async (_name, data, code) => {
    const { connect, wishes } = await openHouse();
    const probe = await connect();
    probe.socket.send(data);
    expect((await probe.next('error')).code).toBe(code);
    probe.say({ type: 'start' });
    await settle(probe);
    expect(wishes).toEqual([{ type: 'start' }]);
  });

  it('ends the connection when it is far too large', async () => {
    const { connect, hub } = await openHouse();
    const probe = await connect();
    probe.socket.send('x'.repeat(20_000));
    expect((await probe.closed).code).toBe(1009);
    const next = await connect();
    await next.next('hello');
    expect(hub.clientCount).toBe(1);
  });

  it('that is no WebSocket frame ends only that connection', async () => {
    const { connect, logged } = await openHouse();
    const wires: Socket[] = [];
    const probe = await connect({ createConnection: (options) => {
      const wire = openSocket(options as NetConnectOpts);
      wires.push(wire);
      return wire;
    } });
    wires[0]?.write(Buffer.from([0xf7, 0x80, 0, 0, 0, 0]));
    expect((await probe.closed).code).toBe(1002);
    expect(logged).toContainEqual(expect.stringContaining('/ws'));
    await (await connect()).next('hello');
  });

  it('is not read beyond twenty a second, and a flood ends the connection', async () => {
    const { clock, connect, wishes } = await openHouse();
    const probe = await connect();
    for (let index = 0; index < 60; index++) probe.say({ type: 'start' });
    await settle(probe);
    expect(wishes).toHaveLength(40);
    expect(probe.all('error').map(({ code }) => code)).toEqual(Array(20).fill('too-many-messages'));
    await clock.beat(21);
    for (let index = 0; index < 20; index++) probe.say({ type: 'start' });
    await settle(probe);
    expect(wishes).toHaveLength(60);
    for (let index = 0; index < 400; index++) probe.say({ type: 'start' });
    expect(await probe.closed).toEqual({ code: 1008, reason: 'too many messages' });
  });

  it('is answered with the error of what it asked for', async () => {
    const { connect, logged } = await openHouse({
      source: {
        fulfil: (wish) => {
          if (wish.type === 'identify') return Promise.reject(new AppError('E_NOT_CONNECTED', 'no roller', 'switch it on'));
          throw new TypeError('a bug');
        },
      },
    });
    const probe = await connect();
    probe.say({ type: 'identify' });
    probe.say({ type: 'start' });
    await settle(probe);
    await nextTurn();
    expect(probe.all('error')).toEqual([
      { type: 'error', code: 'internal', message: 'start failed' },
      { type: 'error', code: 'E_NOT_CONNECTED', message: 'no roller; switch it on' },
    ]);
    expect(logged).toContainEqual(expect.stringContaining('a bug'));
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

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
