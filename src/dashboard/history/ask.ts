import type { ErrorBody } from '../../server/api/schemas.ts';
import { problemIn } from './problem-words.ts';

/** What the companion answered, or why not: in words, with a code to look up. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: ErrorBody };

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** A file goes as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export const OFFLINE: ErrorBody = {
  code: 'offline',
  message: 'The companion does not answer',
  hint: 'Is it still running, and is this device in its network?',
};

/** Beside the page, wherever it is served; who may ask is told by the cookie that the page's first address left. */
export const addressOf = (path: string): string => new URL(`api/v1/${path}`, document.baseURI).href;

/** Never rejects. What does not come from the companion at all, or not as JSON, has a code, too. */
export async function ask<T>(path: string, { method = 'GET', body, signal }: Request = {}): Promise<Answer<T>> {
  const isFile = body instanceof Blob;
  try {
    const response = await fetch(addressOf(path), {
      method,
      ...(signal === undefined ? {} : { signal }),
      ...(body === undefined ? {} : { headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' } }),
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.ok) return { ok: true, value: (text === '' ? undefined : JSON.parse(text)) as T };
    return { ok: false, problem: problemIn(text, response.status) };
  } catch {
    return { ok: false, problem: OFFLINE };
  }
}
