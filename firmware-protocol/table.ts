/**
 * The language the frames are declared in: a frame is a list of little-endian fields, and one table serves the
 * encoder, the decoder, the C header, the golden vectors and the byte tables of SPEC.md.
 */

const SCALARS = {
  u8: { bytes: 1, min: 0, max: 0xff, get: (v, at) => v.getUint8(at), set: (v, at, x) => v.setUint8(at, x) },
  u16: { bytes: 2, min: 0, max: 0xffff, get: (v, at) => v.getUint16(at, true), set: (v, at, x) => v.setUint16(at, x, true) },
  i16: { bytes: 2, min: -0x8000, max: 0x7fff, get: (v, at) => v.getInt16(at, true), set: (v, at, x) => v.setInt16(at, x, true) },
  u32: { bytes: 4, min: 0, max: 0xffff_ffff, get: (v, at) => v.getUint32(at, true), set: (v, at, x) => v.setUint32(at, x, true) },
} satisfies Record<string, Scalar>;

interface Scalar {
  bytes: number;
  min: number;
  max: number;
  get(view: DataView, at: number): number;
  set(view: DataView, at: number, value: number): void;
}

/** `id64` is eight bytes shown as sixteen hex digits in the order they are sent. */
export type FieldType = keyof typeof SCALARS | 'id64';

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  /** Unit of the decoded value. */
  readonly unit?: string;
  /** Decoded value = raw value * scale. */
  readonly scale?: number;
  /** Raw range, where it is narrower than the type's. */
  readonly min?: number;
  readonly max?: number;
  /** The raw value that says "not known"; decodes to null. */
  readonly absent?: number;
  /** The only raw values allowed, by name. */
  readonly values?: Readonly<Record<string, number>>;
  /** Flags by bit number; every other bit is reserved and zero. */
  readonly bits?: Readonly<Record<string, number>>;
  /** Always this raw value, and left out of what is decoded; any other is a fault with the reason given. */
  readonly fixed?: { readonly value: number; readonly otherwise: FaultReason };
  readonly doc: string;
}

export type Table = readonly Field[];

type ValueOf<F extends Field> =
  F extends { type: 'id64' } ? string
  : F extends { values: infer V } ? keyof V & string
  : F extends { bits: infer B } ? { readonly [K in keyof B]: boolean }
  : F extends { absent: number } ? number | null
  : number;

/** What a table decodes to: one property a field, fixed ones left out. */
export type Decoded<T extends Table> = {
  readonly [F in T[number] as F extends { fixed: object } ? never : F['name']]: ValueOf<F>;
};

export const FAULT_REASONS = [
  'truncated',
  'over-long',
  'unknown-version',
  'unknown-frame',
  'reserved-bits',
  'out-of-range',
  'unknown-value',
] as const;
export type FaultReason = (typeof FAULT_REASONS)[number];

/** Why bytes were refused: a reason to count by, and a sentence that names the field and what was expected and found. */
export interface Fault {
  readonly reason: FaultReason;
  readonly detail: string;
}

export type Refusal = { readonly ok: false; readonly fault: Fault };
export type Result<T> = { readonly ok: true; readonly value: T } | Refusal;

export const fault = (reason: FaultReason, detail: string): Refusal => ({ ok: false, fault: { reason, detail } });

/** Bytes a field takes. */
export const sizeOf = (type: FieldType): number => (type === 'id64' ? 8 : SCALARS[type].bytes);

/** Bytes a table takes. */
export const byteLength = (table: Table): number => table.reduce((sum, field) => sum + sizeOf(field.type), 0);

/** Offset of a field from the start of its table. */
export function offsetOf(table: Table, name: string): number {
  const index = table.findIndex((field) => field.name === name);
  if (index < 0) throw new Error(`no field ${name}`);
  return byteLength(table.slice(0, index));
}

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads one table at an offset; the caller has made sure that the bytes are there. Never throws. */
export function decodeTable<const T extends Table>(table: T, bytes: Uint8Array, start = 0): Result<Decoded<T>> {
  const view = viewOf(bytes);
  const value: Record<string, unknown> = {};
  let at = start;
  for (const field of table) {
    if (field.type === 'id64') {
      value[field.name] = Array.from(bytes.subarray(at, at + 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
    } else {
      const read = decodeScalar(field, SCALARS[field.type].get(view, at));
      if (!read.ok) return read;
      if (!field.fixed) value[field.name] = read.value;
    }
    at += sizeOf(field.type);
  }
  return { ok: true, value: value as Decoded<T> };
}

function decodeScalar(field: Field, raw: number): Result<unknown> {
  if (field.fixed) {
    const { value, otherwise } = field.fixed;
    return raw === value ? { ok: true, value } : fault(otherwise, `${field.name}: expected ${value}, found ${raw}`);
  }
  if (field.values) {
    const name = Object.keys(field.values).find((key) => field.values?.[key] === raw);
    return name === undefined ? fault('unknown-value', `${field.name}: ${raw} has no meaning`) : { ok: true, value: name };
  }
  if (field.bits) {
    // A plain loop: an hour of replay has 180,000 stream frames, and Object.fromEntries made each take 1.6 us instead of 0.9.
    const flags: Record<string, boolean> = {};
    let known = 0;
    for (const name in field.bits) {
      const mask = 1 << (field.bits[name] as number);
      flags[name] = (raw & mask) !== 0;
      known |= mask;
    }
    return raw & ~known ? fault('reserved-bits', `${field.name}: reserved bits set in 0x${raw.toString(16)}`) : { ok: true, value: flags };
  }
  if (raw === field.absent) return { ok: true, value: null };
  const range = rangeOf(field);
  if (raw < range.min || raw > range.max) return fault('out-of-range', `${field.name}: ${raw} is not within ${range.min} to ${range.max}`);
  return { ok: true, value: field.scale === undefined ? raw : scaled(raw, field.scale) };
}

/** 0.1 has no exact double: 1525 * 0.1 is 152.50000000000003, while 1525 / 10 is 152.5. */
const scaled = (raw: number, scale: number): number => (scale < 1 ? raw / Math.round(1 / scale) : raw * scale);

/** Raw range of a numeric field. */
export function rangeOf(field: Field): { min: number; max: number } {
  if (field.type === 'id64') throw new Error(`${field.name} is no number`);
  const { min, max } = SCALARS[field.type];
  return { min: field.min ?? min, max: field.max ?? max };
}

/** Writes one table at an offset. Throws a RangeError on a value that the table forbids: an encoder's caller has a bug. */
export function encodeTable<const T extends Table>(table: T, value: Decoded<T>, bytes: Uint8Array, start = 0): void {
  const view = viewOf(bytes);
  let at = start;
  for (const field of table) {
    const given = (value as Record<string, unknown>)[field.name];
    if (field.type === 'id64') {
      if (typeof given !== 'string' || !/^[0-9a-f]{16}$/.test(given)) {
        throw new RangeError(`${field.name}: sixteen hex digits, not ${String(given)}`);
      }
      for (let i = 0; i < 8; i++) view.setUint8(at + i, Number.parseInt(given.slice(2 * i, 2 * i + 2), 16));
    } else {
      SCALARS[field.type].set(view, at, field.fixed?.value ?? rawOf(field, given));
    }
    at += sizeOf(field.type);
  }
}

function rawOf(field: Field, given: unknown): number {
  if (field.values) {
    const raw = Object.hasOwn(field.values, given as string) ? field.values[given as string] : undefined;
    if (raw === undefined) throw new RangeError(`${field.name}: ${String(given)} is not one of ${Object.keys(field.values).join(', ')}`);
    return raw;
  }
  if (field.bits) {
    const flags = given as Record<string, boolean>;
    return Object.entries(field.bits).reduce((mask, [key, bit]) => (flags[key] ? mask | (1 << bit) : mask), 0);
  }
  if (given === null && field.absent !== undefined) return field.absent;
  const raw = Math.round((given as number) / (field.scale ?? 1));
  const range = rangeOf(field);
  if (!(raw >= range.min && raw <= range.max)) throw new RangeError(`${field.name}: ${String(given)} is out of range`);
  return raw;
}
