import type { FastifyRequest } from 'fastify';
import { HttpError } from '../codes.ts';

const READING = new Set(['GET', 'HEAD']);

/**
 * Beside the guard's look at Origin: browsers say from where a request comes also where they send no Origin, and a page of another site
 * has nothing to do here, not even to embed. Throws the refusal. Programs say nothing of the kind, and may.
 */
export function refuseOtherSites({ headers, method }: Pick<FastifyRequest, 'headers' | 'method'>): void {
  const site = headers['sec-fetch-site'];
  if (site === undefined || site === 'same-origin') return;
  // Typed into the address line, or from a bookmark: that reads, and never changes.
  if (site === 'none' && READING.has(method)) return;
  throw new HttpError('forbidden-origin', 'only the page of this service may do that');
}
