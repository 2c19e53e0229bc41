import { PROTOCOL_VERSION } from './gatt.ts';
import { fault, type Refusal } from './table.ts';

/** First field of info, stream and status, so that a receiver can refuse what it does not know before it reads on. */
export const VERSION = {
  name: 'version',
  type: 'u8',
  fixed: { value: PROTOCOL_VERSION, otherwise: 'unknown-version' },
  doc: `protocol version: ${PROTOCOL_VERSION}`,
} as const;

/** Room for a later version: it is refused until then, never read as something else. */
export const reserved = <const T extends 'u8' | 'u32'>(type: T) =>
  ({ name: 'reserved', type, fixed: { value: 0, otherwise: 'reserved-bits' }, doc: 'zero' }) as const;

/** Refuses bytes that cannot hold the head. The version is judged first: a frame of another one may be shorter. */
export function refuseHead(frame: string, headBytes: number, bytes: Uint8Array): Refusal | null {
  if (bytes.length < 1) return fault('truncated', `${frame}: no bytes`);
  if (bytes[0] !== PROTOCOL_VERSION) return fault('unknown-version', `${frame}: expected version ${PROTOCOL_VERSION}, found ${bytes[0]}`);
  return bytes.length < headBytes ? fault('truncated', `${frame}: expected at least ${headBytes} bytes, found ${bytes.length}`) : null;
}

/** Refuses bytes that are not as many as the frame says. */
export function refuseLength(frame: string, expected: number, bytes: Uint8Array): Refusal | null {
  if (bytes.length === expected) return null;
  return fault(bytes.length < expected ? 'truncated' : 'over-long', `${frame}: expected ${expected} bytes, found ${bytes.length}`);
}
