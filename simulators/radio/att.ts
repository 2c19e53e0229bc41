import { u16, u8 } from './hci.ts';

/** Attribute protocol (Core Vol 3 Part F). */
export const ATT = {
  error: 0x01,
  exchangeMtuRequest: 0x02,
  exchangeMtuResponse: 0x03,
  findInformationRequest: 0x04,
  findInformationResponse: 0x05,
  findByTypeValueRequest: 0x06,
  findByTypeValueResponse: 0x07,
  readByTypeRequest: 0x08,
  readByTypeResponse: 0x09,
  readRequest: 0x0a,
  readResponse: 0x0b,
  readBlobRequest: 0x0c,
  readBlobResponse: 0x0d,
  readByGroupTypeRequest: 0x10,
  readByGroupTypeResponse: 0x11,
  writeRequest: 0x12,
  writeResponse: 0x13,
  notification: 0x1b,
  indication: 0x1d,
  confirmation: 0x1e,
  writeCommand: 0x52,
} as const;

export const ATT_ERROR = {
  invalidHandle: 0x01,
  readNotPermitted: 0x02,
  writeNotPermitted: 0x03,
  invalidPdu: 0x04,
  requestNotSupported: 0x06,
  invalidOffset: 0x07,
  attributeNotFound: 0x0a,
  invalidValueLength: 0x0d,
  unlikely: 0x0e,
  unsupportedGroupType: 0x10,
  /** Common profile errors (Core Specification Supplement, Part B) of a control point: indications are off; one procedure at a time. */
  cccdImproperlyConfigured: 0xfd,
  procedureAlreadyInProgress: 0xfe,
} as const;

/** Attribute types of the GATT structure (Assigned Numbers, 3.5 and 3.7). */
export const TYPE = { primaryService: '2800', characteristic: '2803', clientConfiguration: '2902' } as const;

/** Bits of a client characteristic configuration. */
export const CCCD = { notify: 0x0001, indicate: 0x0002 } as const;

/** The MTU before it is exchanged, and the least there is. */
export const DEFAULT_MTU = 23;

/** Bits of the operation code (Part F, 3.3.1): a command wants no answer, an even code below it is a request. */
export const wantsAnswer = (opCode: number): boolean => (opCode & 0x40) === 0 && (opCode & 1) === 0 && opCode !== ATT.confirmation;

/** `'180f'` or 32 hex digits as they are sent: least significant byte first. */
export const uuidBytes = (uuid: string): Buffer => Buffer.from(uuid, 'hex').reverse();

export const uuidText = (bytes: Buffer): string => Buffer.from(bytes).reverse().toString('hex');

export const attError = (request: number, handle: number, code: number): Buffer =>
  Buffer.concat([u8(ATT.error), u8(request), u16(handle), u8(code)]);
