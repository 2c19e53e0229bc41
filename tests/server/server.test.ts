import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as openSocket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { guard, isLoopback } from '../../src/server/guard.ts';
import { openHouse, type House } from './house.ts';

const TOKEN = 'a-token-of-24-characters';
const openLan = (): Promise<House> => openHouse({ bind: '0.0.0.0', policy: { host: '0.0.0.0', token: TOKEN } });

/** How the upgrade is answered: 101, or the status and body of a refusal. */
async function upgrade(house: House, options: ClientOptions = {}, target = '/ws'): Promise<{ status: number; code?: string }> {
  const socket = new WebSocket(`ws://127.0.0.1:${house.port}${target}`, options);
  const opened = once(socket, 'open').then(() => null);
  const refused = once(socket, 'unexpected-response').then(([, response]) => response as IncomingMessage);
  opened.catch(() => {});
  refused.catch(() => {});
  const response = await Promise.race([opened, refused]);
  if (response === null) {
    socket.terminate();
    return { status: 101 };
  }
  const { code } = JSON.parse(String((await once(response, 'data'))[0])) as { code: string };
  return { status: response.statusCode as number, code };
}

describe('on loopback', () => {
  it.each(['localhost', 'localhost:8410', '127.0.0.1:1', '[::1]:8410', 'LOCALHOST'])('Host %s may come in', async (host) => {
    const house = await openHouse();
    expect((await house.server.inject({ url: '/healthz', headers: { host } })).statusCode).toBe(200);
    expect(await upgrade(house, { headers: { host } })).toEqual({ status: 101 });
  });

  it.each([
    'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.168.1.5:8410',
    '[::2]', 'localhost:8410:1', '[localhost', 'a@localhost',
  ])('Host %j may not', async (host) => {
    const house = await openHouse();
    const response = await house.server.inject({ url: '/', headers: { host } });
    expect([response.statusCode, response.json()]).toEqual([403, { code: 'forbidden-host', message: expect.any(String) }]);
    expect(await upgrade(house, { headers: { host } })).toEqual({ status: 403, code: 'forbidden-host' });
  });

  it('no Host may not', () => {
    expect(() => guard({ host: '127.0.0.1', token: null }, { url: '/', headers: {}, localAddress: '127.0.0.1' })).toThrow('Host');
  });

  it('a page of its own may connect, and a program without Origin', async () => {
    const house = await openHouse();
    expect(await upgrade(house)).toEqual({ status: 101 });
    expect(await upgrade(house, { origin: `http://127.0.0.1:${house.port}` })).toEqual({ status: 101 });
  });

  it.each(['http://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost:8410', 'file://', 'http://127.0.0.1', ''])(
    'a page of Origin %j may not',
    async (origin) => {
      const house = await openHouse();
      expect(await upgrade(house, { headers: { origin } })).toEqual({ status: 403, code: 'forbidden-origin' });
      expect(house.hub.clientCount).toBe(0);
    },
  );
});

describe('on the network', () => {
  it('nothing comes in without the token but a look at the health', async () => {
    const house = await openLan();
    for (const target of ['/', '/assets/index-C0ffee12.js', '/nothing', '/healthz/', '/?token=wrong', `/?token=${TOKEN}x`, '/?token=']) {
      const response = await fetch(`http://127.0.0.1:${house.port}${target}`);
      expect([target, response.status, await response.json()]).toEqual([target, 401, { code: 'unauthorized', message: expect.any(String) }]);
    }
    expect(await upgrade(house)).toEqual({ status: 401, code: 'unauthorized' });
    const wrong = { authorization: 'Bearer wrong', cookie: 'smart_roller_token=wrong' };
    expect(await upgrade(house, { headers: wrong })).toEqual({ status: 401, code: 'unauthorized' });
    expect((await fetch(`http://127.0.0.1:${house.port}/healthz`)).status).toBe(200);
  });

  it('the address with the token gives a cookie that opens the rest', async () => {
    const house = await openLan();
    const page = await fetch(`http://127.0.0.1:${house.port}/?token=${TOKEN}`);
    expect(page.status).toBe(200);
    const setCookie = page.headers.get('set-cookie') as string;
    expect(setCookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const cookie = `theme=dark; ${setCookie.split(';')[0]}`;
    expect((await fetch(`http://127.0.0.1:${house.port}/assets/index-C0ffee12.js`, { headers: { cookie } })).status).toBe(200);
    expect(await upgrade(house, { headers: { cookie }, origin: `http://127.0.0.1:${house.port}` })).toEqual({ status: 101 });
    expect(await upgrade(house, { headers: { cookie }, origin: 'http://evil.example' })).toEqual({ status: 403, code: 'forbidden-origin' });
  });

  it('a script shows the token as a bearer, or in the address of /ws', async () => {
    const house = await openLan();
    expect(await upgrade(house, { headers: { authorization: `Bearer ${TOKEN}` } })).toEqual({ status: 101 });
    expect(await upgrade(house, {}, `/ws?token=${TOKEN}`)).toEqual({ status: 101 });
  });

  it('the Host must be the address it came in on', () => {
    const policy = { host: '0.0.0.0', token: TOKEN };
    const come = (host: string, localAddress: string): unknown => guard(policy, { url: '/healthz', headers: { host }, localAddress });
    expect(come('192.168.1.5:8410', '192.168.1.5')).toBeNull();
    expect(come('192.168.1.5:8410', '::ffff:192.168.1.5')).toBeNull();
    expect(come('[fe80::1]:8410', 'fe80::1')).toBeNull();
    expect(() => come('192.168.1.6:8410', '192.168.1.5')).toThrow('Host');
    expect(() => come('evil.example', '192.168.1.5')).toThrow('Host');
  });

  it('loopback is what no other machine can reach', () => {
    expect(['localhost', '127.0.0.1', '127.3.2.1', '::1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['0.0.0.0', '::', '192.168.1.5', '127.evil.example', 'roller.local', ''].some(isLoopback)).toBe(false);
  });
});

describe('HTTP', () => {
  it('serves the dashboard: hashed files for a year, the page anew each time', async () => {
    const { server } = await openHouse();
    const page = await server.inject('/');
    expect([page.statusCode, page.headers['content-type'], page.headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    const script = await server.inject('/assets/index-C0ffee12.js');
    expect([script.statusCode, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
  });

  it('stays inside its folder', async () => {
    const house = await openHouse();
    for (const target of ['/../hub.test.ts', '/%2e%2e/%2e%2e/etc/passwd', '/assets/..%2f..%2f..%2fetc/passwd', '/assets/']) {
      const { statusCode } = await house.server.inject(target);
      expect({ target, refused: statusCode === 403 || statusCode === 404 }).toEqual({ target, refused: true });
    }
  });

  it.each(['/', '/healthz', '/nothing', '/%'])('sends the security headers with %s', async (url) => {
    const { server } = await openHouse();
    const { headers } = await server.inject(url);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' });
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it.each([
    ['GET', '/nothing', 404, 'not-found'],
    ['POST', '/', 404, 'not-found'],
    ['GET', '/ws', 426, 'upgrade-required'],
    ['GET', '/%', 400, 'bad-request'],
  ] as const)('answers %s %s with an error as JSON', async (method, url, status, code) => {
    const { server } = await openHouse();
    const response = await server.inject({ method, url });
    expect([response.statusCode, response.json()]).toEqual([status, { code, message: expect.any(String) }]);
  });

  it('answers an address that is too long', async () => {
    const { server } = await openHouse();
    expect((await server.inject(`/?${'x'.repeat(3000)}`)).json()).toMatchObject({ code: 'url-too-long' });
  });

  it.each([
    ['what is no HTTP', 'EHLO example.org\r\n\r\n', 400, 'bad-request'],
    ['a head that is too large', `GET / HTTP/1.1\r\nhost: 127.0.0.1\r\nx: ${'x'.repeat(9000)}\r\n\r\n`, 431, 'headers-too-large'],
  ])('answers %s likewise', async (_name, sent, status, code) => {
    const { port } = await openHouse();
    const socket = openSocket(port, '127.0.0.1').setEncoding('utf8');
    socket.write(sent);
    const [head, body] = (await socket.toArray()).join('').split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body ?? '')).toEqual({ code, message: expect.any(String) });
  });

  it('tells no stranger what broke', async () => {
    const house = await openHouse({ health: () => { throw new Error('secret detail'); } });
    const response = await house.server.inject('/healthz');
    expect([response.statusCode, response.json()]).toEqual([500, { code: 'internal', message: 'something went wrong here' }]);
    expect(house.logged).toContainEqual(expect.stringContaining('secret detail'));
  });

  it('answers /healthz by whether a source is running', async () => {
    let running = false;
    const { server } = await openHouse({ health: () => ({ running, source: 'live' }) });
    const before = await server.inject('/healthz');
    expect([before.statusCode, before.json()]).toEqual([503, { code: 'not-running', message: 'no source is running', source: 'live' }]);
    running = true;
    const after = await server.inject('/healthz');
    expect([after.statusCode, after.json()]).toEqual([200, { status: 'running', source: 'live' }]);
  });

  it('an upgrade to anything but /ws is no way in', async () => {
    const house = await openHouse();
    expect(await upgrade(house, {}, '/nothing')).toEqual({ status: 404, code: 'not-found' });
    expect(await upgrade(house, {}, '/healthz')).toEqual({ status: 404, code: 'not-found' });
    expect(await upgrade(house, {}, '/%')).toEqual({ status: 400, code: 'bad-request' });
  });

  it('lives through bytes that are no HTTP', async () => {
    const house = await openHouse();
    const socket = openSocket(house.port, '127.0.0.1');
    socket.end(Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff]));
    await once(socket.resume(), 'close');
    expect((await fetch(`http://127.0.0.1:${house.port}/healthz`)).status).toBe(200);
  });
});
