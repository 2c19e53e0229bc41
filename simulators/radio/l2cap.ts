import { acl, BOUNDARY, u16 } from './hci.ts';

/** Logical Link Control and Adaptation, basic mode (Core Vol 3 Part A): length, channel, payload, cut into ACL packets. */
export const CHANNEL = { attribute: 0x0004 } as const;

const HEAD_BYTES = 4;

/** Cuts a payload into ACL packets of at most `maxBytes`, as a host sends them. */
export function fragment(handle: number, channel: number, payload: Buffer, maxBytes: number): Buffer[] {
  const frame = Buffer.concat([u16(payload.length), u16(channel), payload]);
  const packets: Buffer[] = [];
  for (let at = 0; at < frame.length; at += maxBytes) {
    packets.push(acl(handle, at === 0 ? BOUNDARY.firstFromHost : BOUNDARY.continuing, frame.subarray(at, at + maxBytes)));
  }
  return packets;
}

/** Puts ACL packets together again; a frame that is cut off, too long or continues nothing is left out. */
export function createReassembler(): (boundary: number, data: Buffer) => { channel: number; payload: Buffer } | null {
  /** What has come of a frame that is not complete. */
  let begun: Buffer | null = null;
  return (boundary, data) => {
    const isContinued = boundary === BOUNDARY.continuing;
    if (isContinued && !begun) return null;
    const frame: Buffer = isContinued ? Buffer.concat([begun!, data]) : data;
    begun = frame;
    if (frame.length < HEAD_BYTES) return null;
    const missing = HEAD_BYTES + frame.readUInt16LE(0) - frame.length;
    if (missing > 0) return null;
    begun = null;
    return missing === 0 ? { channel: frame.readUInt16LE(2), payload: frame.subarray(HEAD_BYTES) } : null;
  };
}
