import { SERVICES } from '../../firmware-protocol/gatt.ts';

/** Advertising structures (Core Specification Supplement, Part A): a length, a type, data. */
const AD = { flags: 0x01, uuids128: 0x07, name: 0x09 } as const;
/** General discoverable, no BR/EDR. */
const FLAGS = 0x06;

/** The longest name that fits a scan response (SPEC.md, section 2). */
export const NAME_BYTES = 29;

const structure = (type: number, data: Buffer): Buffer => Buffer.concat([Buffer.of(data.length + 1, type), data]);

/** bleno's own calls the list of services incomplete and the name shortened, and counts the name's characters for its bytes. */
export const advertisement = (): Buffer =>
  Buffer.concat([structure(AD.flags, Buffer.of(FLAGS)), structure(AD.uuids128, Buffer.from(SERVICES.roller, 'hex').reverse())]);

export const scanResponse = (name: string): Buffer => structure(AD.name, Buffer.from(name));

/** As much of a name as fits, in whole characters. */
export function fittingName(name: string): string {
  let fitting = '';
  for (const character of name) {
    if (Buffer.byteLength(fitting + character) > NAME_BYTES) break;
    fitting += character;
  }
  return fitting;
}
