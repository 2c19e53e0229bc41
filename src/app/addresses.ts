import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import process from 'node:process';
import { renderUnicodeCompact } from 'uqr';

const ANY = new Set(['0.0.0.0', '::', '']);

/** 144 random bits, safe in an address. */
export const newToken = (): string => randomBytes(18).toString('base64url');

/** The name by which this machine finds a server bound to `host`. */
export const ownName = (host: string): string => (ANY.has(host) ? '127.0.0.1' : host);

/** The addresses at which others find a server bound to `host`. */
export function lanAddresses(host: string, interfaces = networkInterfaces()): string[] {
  if (!ANY.has(host)) return [host];
  const outward = Object.values(interfaces).flatMap((each = []) => each.filter(({ family, internal }) => family === 'IPv4' && !internal));
  return outward.map(({ address }) => address);
}

export function urlOf(host: string, port: number, token: string | null): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}/${token === null ? '' : `?token=${token}`}`;
}

/** Where a server is found: on this machine, and with a token by whoever else is in the network. */
export const urlsOf = (host: string, port: number, token: string | null): { readonly url: string; readonly lanUrls: readonly string[] } => ({
  url: urlOf(ownName(host), port, token),
  lanUrls: token === null ? [] : lanAddresses(host).map((address) => urlOf(address, port, token)),
});

/** What a person at the terminal reads: where to look, and for a phone a code to point its camera at. */
export function announcement(title: string, localUrl: string, lanUrls: readonly string[]): string {
  const lines = [`Smart Roller companion: ${localUrl}`, `  source: ${title}`];
  if (lanUrls.length > 0) lines.push('  on this network, for those who have the token:', ...lanUrls.map((url) => `    ${url}`));
  const [first] = lanUrls;
  if (first !== undefined) lines.push('', renderUnicodeCompact(first, { border: 2 }));
  return `${lines.join('\n')}\n`;
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] };

/** Opens the browser; where there is none, nothing happens. */
export function openBrowser(url: string): void {
  const [command = 'xdg-open', ...args] = OPENERS[process.platform] ?? [];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
