import { z } from 'zod';
import type { WireCode } from './codes.ts';
import { clientMessage, type ClientMessage } from './wire.ts';

/** The longest client message is under 60 bytes. */
export const MAX_MESSAGE_BYTES = 1024;

export type Inbound =
  | { readonly ok: true; readonly message: ClientMessage }
  | { readonly ok: false; readonly code: WireCode; readonly message: string };

const refuse = (code: WireCode, message: string): Inbound => ({ ok: false, code, message });

/** Reads what a client sent: a message, or why it is none. Never throws, whatever the bytes. */
export function readMessage(bytes: Buffer, isBinary: boolean): Inbound {
  if (isBinary) return refuse('not-text', 'messages are JSON text; a binary one came');
  if (bytes.length > MAX_MESSAGE_BYTES) return refuse('message-too-large', `expected at most ${MAX_MESSAGE_BYTES} bytes, found ${bytes.length}`);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return refuse('not-json', 'messages are JSON, one object each');
  }
  const parsed = clientMessage.safeParse(json);
  if (!parsed.success) return refuse('unknown-message', z.prettifyError(parsed.error).replaceAll(/\s*\n\s*/g, ' '));
  return { ok: true, message: parsed.data };
}
