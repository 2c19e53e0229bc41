import { describe, expect, it } from 'vitest';
import { announcement, lanAddresses, newToken, ownName, urlOf, urlsOf } from '../../src/app/addresses.ts';

const address = (family: 'IPv4' | 'IPv6', text: string, internal = false) =>
  ({ family, address: text, internal, netmask: '', mac: '', cidr: null, ...(family === 'IPv6' && { scopeid: 0 }) }) as never;

describe('addresses', () => {
  it('name every outward address of a server that listens on all of them', () => {
    const interfaces = {
      lo: [address('IPv4', '127.0.0.1', true)],
      eth0: [address('IPv4', '192.168.1.5'), address('IPv6', 'fe80::1')],
      wlan0: [address('IPv4', '10.0.0.7')],
    };
    expect(lanAddresses('0.0.0.0', interfaces)).toEqual(['192.168.1.5', '10.0.0.7']);
    expect(lanAddresses('192.168.1.5', interfaces)).toEqual(['192.168.1.5']);
  });

  it('are URLs', () => {
    expect(['0.0.0.0', '::', '192.168.1.5', 'localhost'].map(ownName)).toEqual(['127.0.0.1', '127.0.0.1', '192.168.1.5', 'localhost']);
    expect(urlOf('127.0.0.1', 8410, null)).toBe('http://127.0.0.1:8410/');
    expect(urlOf('fe80::1', 80, 'abc')).toBe('http://[fe80::1]:80/?token=abc');
    expect(urlsOf('127.0.0.1', 80, null)).toEqual({ url: 'http://127.0.0.1:80/', lanUrls: [] });
    expect(urlsOf('192.168.1.5', 80, 'abc')).toEqual({ url: 'http://192.168.1.5:80/?token=abc', lanUrls: ['http://192.168.1.5:80/?token=abc'] });
  });

  it('carry tokens that nobody guesses', () => {
    const tokens = new Set(Array.from({ length: 100 }, newToken));
    expect(tokens.size).toBe(100);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{24}$/);
  });

  it('are announced with a code for a phone, only where there is a network', () => {
    expect(announcement('a roller', 'http://127.0.0.1:8410/', [])).toBe('Smart Roller companion: http://127.0.0.1:8410/\n  source: a roller\n');
    const text = announcement('a roller', 'http://127.0.0.1:8410/?token=t', ['http://192.168.1.5:8410/?token=t']);
    expect(text).toContain('    http://192.168.1.5:8410/?token=t\n');
    expect(text).toMatch(/[█▀▄]{10}/);
  });
});
