/**
 * The part of the Host Controller Interface that a roller and a central need (Bluetooth Core 5.4, Vol 4 Part E), in its
 * UART framing H4 (Part A): one type byte, then the packet. Numbers are little-endian.
 */

export const PACKET = { command: 0x01, acl: 0x02, event: 0x04 } as const;

/** Op codes: group in the upper six bits, command in the lower ten. */
export const COMMAND = {
  disconnect: 0x0406,
  setEventMask: 0x0c01,
  reset: 0x0c03,
  readLeHostSupport: 0x0c6c,
  writeLeHostSupport: 0x0c6d,
  readLocalVersion: 0x1001,
  readSupportedCommands: 0x1002,
  readBufferSize: 0x1005,
  readAddress: 0x1009,
  readRssi: 0x1405,
  leSetEventMask: 0x2001,
  leReadBufferSize: 0x2002,
  leReadLocalFeatures: 0x2003,
  leSetAdvertisingParameters: 0x2006,
  leSetAdvertisingData: 0x2008,
  leSetScanResponseData: 0x2009,
  leSetAdvertisingEnable: 0x200a,
  leSetScanParameters: 0x200b,
  leSetScanEnable: 0x200c,
  leCreateConnection: 0x200d,
  leCreateConnectionCancel: 0x200e,
  leConnectionUpdate: 0x2013,
} as const;

export const EVENT = {
  disconnectionComplete: 0x05,
  commandComplete: 0x0e,
  commandStatus: 0x0f,
  numberOfCompletedPackets: 0x13,
  dataBufferOverflow: 0x1a,
  leMeta: 0x3e,
} as const;

export const LE_EVENT = { connectionComplete: 0x01, advertisingReport: 0x02, connectionUpdateComplete: 0x03 } as const;

/** Error codes (Vol 1 Part F). */
export const STATUS = {
  success: 0x00,
  unknownCommand: 0x01,
  unknownConnection: 0x02,
  connectionTimeout: 0x08,
  connectionExists: 0x0b,
  commandDisallowed: 0x0c,
  invalidParameters: 0x12,
  remoteUserTerminated: 0x13,
  localHostTerminated: 0x16,
} as const;

export const ROLE = { central: 0, peripheral: 1 } as const;

/** Advertising PDU types, and the kinds of report a scanner gives of them. */
export const ADVERTISING = { connectable: 0, scannable: 2, nonConnectable: 3 } as const;
export const REPORT = { connectable: 0, scannable: 2, nonConnectable: 3, scanResponse: 4 } as const;

/** Packet boundary flag of ACL data: a host starts a frame with 0, a controller with 2. */
export const BOUNDARY = { firstFromHost: 0, continuing: 1, firstFromController: 2 } as const;

export const u8 = (value: number): Buffer => Buffer.of(value & 0xff);

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value & 0xffff);
  return bytes;
}

/** Six bytes of `aa:bb:cc:dd:ee:ff`, last one first. */
export const addressBytes = (address: string): Buffer => Buffer.from(address.replaceAll(':', ''), 'hex').reverse();

export const addressText = (bytes: Buffer): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).reverse().join(':');

export const command = (opCode: number, ...parameters: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parameters);
  return Buffer.concat([u8(PACKET.command), u16(opCode), u8(body.length), body]);
};

export const event = (code: number, ...parameters: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parameters);
  return Buffer.concat([u8(PACKET.event), u8(code), u8(body.length), body]);
};

export const leEvent = (code: number, ...parameters: readonly Buffer[]): Buffer => event(EVENT.leMeta, u8(code), ...parameters);

/** The answer to a command; the 1 is the number of commands the host may send next. */
export const commandComplete = (opCode: number, status: number, ...values: readonly Buffer[]): Buffer =>
  event(EVENT.commandComplete, u8(1), u16(opCode), u8(status), ...values);

/** "Received, the result comes as an event of its own." */
export const commandStatus = (opCode: number, status: number): Buffer => event(EVENT.commandStatus, u8(status), u8(1), u16(opCode));

export const completedPackets = (handle: number, count: number): Buffer =>
  event(EVENT.numberOfCompletedPackets, u8(1), u16(handle), u16(count));

export const disconnectionComplete = (handle: number, reason: number): Buffer =>
  event(EVENT.disconnectionComplete, u8(STATUS.success), u16(handle), u8(reason));

export const acl = (handle: number, boundary: number, data: Buffer): Buffer =>
  Buffer.concat([u8(PACKET.acl), u16(handle | (boundary << 12)), u16(data.length), data]);

/** Handle, boundary flag and data of an ACL packet; null where the bytes are none. */
export function parseAcl(packet: Buffer): { handle: number; boundary: number; data: Buffer } | null {
  if (packet.length < 5 || packet[0] !== PACKET.acl || packet.readUInt16LE(3) !== packet.length - 5) return null;
  const word = packet.readUInt16LE(1);
  return { handle: word & 0x0fff, boundary: (word >> 12) & 3, data: packet.subarray(5) };
}
