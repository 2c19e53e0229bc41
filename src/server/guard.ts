import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { HttpError } from './codes.ts';

/** Who may speak to the server. */
export interface Policy {
  /** What the server is bound to, as the person wrote it. */
  readonly host: string;
  /** Needed for everything but `/healthz`; null on loopback, where no other machine can reach it. */
  readonly token: string | null;
}

/** The parts of a request that the guard looks at. */
export interface Approach {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The address of ours that the connection came in on. */
  readonly localAddress: string | undefined;
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);
const COOKIE = 'smart_roller_token';

/** Only this machine can reach what is bound to such a host. */
export const isLoopback = (host: string): boolean => LOOPBACK_NAMES.has(host) || (isIP(host) === 4 && host.startsWith('127.'));

/**
 * Throws the refusal of a request that may not come in. Against DNS rebinding, its Host must be a name for the machine it
 * reached; against other sites' scripts, its Origin, where a browser sends one, must be the very page's; and off loopback it
 * must know the token. Returns the cookie to set when the token came in the address, else null.
 */
export function guard(policy: Policy, { url, headers, localAddress }: Approach): string | null {
  const { host: hostHeader = '', origin } = headers;
  if (!isOurName(hostOf(hostHeader), policy, localAddress)) {
    throw new HttpError('forbidden-host', 'the Host header does not name this service');
  }
  if (origin !== undefined && originHost(origin) !== hostHeader.toLowerCase()) {
    throw new HttpError('forbidden-origin', 'only the page of this service may do that');
  }
  if (policy.token === null || pathOf(url) === '/healthz') return null;
  const given = queryOf(url).get('token');
  if (given !== null && sameSecret(given, policy.token)) return `${COOKIE}=${policy.token}; HttpOnly; SameSite=Strict; Path=/`;
  const shown = [bearer(headers.authorization), cookie(headers.cookie)];
  if (shown.some((secret) => secret !== undefined && sameSecret(secret, policy.token as string))) return null;
  throw new HttpError('unauthorized', 'open the address with the token that the service printed when it started');
}

function isOurName(name: string, { host, token }: Policy, localAddress: string | undefined): boolean {
  if (LOOPBACK_NAMES.has(name) || name === host.toLowerCase()) return true;
  return token !== null && localAddress !== undefined && name === localAddress.replace(/^::ffff:/, '');
}

/** The host name of a Host header, without port and brackets. */
function hostOf(header: string): string {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(header);
  return (match?.[1] ?? match?.[2] ?? '').toLowerCase();
}

function originHost(origin: string): string | null {
  const match = /^https?:\/\/([^/]+)$/i.exec(origin);
  return match?.[1]?.toLowerCase() ?? null;
}

export const pathOf = (url: string): string => url.split('?')[0] as string;
export const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.split('?')[1] ?? '');

const bearer = (header: string | undefined): string | undefined => /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
const cookie = (header: string | undefined): string | undefined =>
  (header ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);

/** Compares in a time that tells nothing of where, or how long, the secrets differ. */
const sameSecret = (given: string, secret: string): boolean => timingSafeEqual(digest(given), digest(secret));
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
