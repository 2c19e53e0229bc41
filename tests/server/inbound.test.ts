import { connect as openSocket, type NetConnectOpts, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { openHouse, settle } from './house.ts';

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
