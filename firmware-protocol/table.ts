/**
 * The language the frames are declared in: a frame is a list of little-endian fields, and one table serves the
 * encoder, the decoder, the C header, the golden vectors and the byte tables of SPEC.md.
 */

/** Read from the bytes themselves: a DataView for each frame costs more than what it reads. The caller has made sure that they are there. */
export const readU16 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8);
export const readI16 = (bytes: Uint8Array, at: number): number => (readU16(bytes, at) << 16) >> 16;
const readU32 = (bytes: Uint8Array, at: number): number => (readU16(bytes, at) | (readU16(bytes, at + 2) << 16)) >>> 0;

const SCALARS = {
  u8: { bytes: 1, min: 0, max: 0xff, get: (bytes, at) => bytes[at]!, set: (v, at, x) => v.setUint8(at, x) },
  u16: { bytes: 2, min: 0, max: 0xffff, get: readU16, set: (v, at, x) => v.setUint16(at, x, true) },
  i16: { bytes: 2, min: -0x8000, max: 0x7fff, get: readI16, set: (v, at, x) => v.setInt16(at, x, true) },
  u32: { bytes: 4, min: 0, max: 0xffff_ffff, get: readU32, set: (v, at, x) => v.setUint32(at, x, true) },
} satisfies Record<string, Scalar>;

interface Scalar {
  bytes: number;
  min: number;
  max: number;
  get(bytes: Uint8Array, at: number): number;
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
  const { readers, blank } = planOf(table);
  const value = { ...blank };
  for (const { field, at, get, decode } of readers) {
    if (field.type === 'id64') {
      value[field.name] = Array.from(bytes.subarray(start + at, start + at + 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
      continue;
    }
    const raw = get(bytes, start + at);
    const read = decode(raw);
    if (read === undefined) return refusalOf(field, raw);
    if (!field.fixed) value[field.name] = read;
  }
  return { ok: true, value: value as Decoded<T> };
}

/** How one field is read: chosen once a table, for an hour of replay has 180,000 stream frames. */
interface Reader {
  readonly field: Field;
  /** Offset from the start of the table. */
  readonly at: number;
  readonly get: Scalar['get'];
  /** The decoded value, undefined where the raw one is refused. */
  readonly decode: (raw: number) => unknown;
}

interface Plan {
  readonly readers: readonly Reader[];
  /** Every property that is decoded, so that all values of a table have one shape. */
  readonly blank: Readonly<Record<string, unknown>>;
}

const plans = new WeakMap<Table, Plan>();

function planOf(table: Table): Plan {
  const known = plans.get(table);
  if (known) return known;
  let end = 0;
  const readers = table.map((field): Reader => {
    const at = end;
    end += sizeOf(field.type);
    const get = field.type === 'id64' ? () => 0 : SCALARS[field.type].get;
    return { field, at, get, decode: decoderOf(field) };
  });
  const plan = { readers, blank: Object.fromEntries(table.filter((field) => !field.fixed).map(({ name }) => [name, undefined])) };
  plans.set(table, plan);
  return plan;
}

function decoderOf(field: Field): Reader['decode'] {
  const { type, fixed, values, bits, absent, scale } = field;
  if (type === 'id64') return () => undefined;
  if (fixed) return (raw) => (raw === fixed.value ? raw : undefined);
  if (values) {
    const names = new Map(Object.entries(values).map(([name, raw]) => [raw, name]));
    return (raw) => names.get(raw);
  }
  if (bits) return flagsOf(bits);
  const { min, max } = rangeOf(field);
  const isKnown = (raw: number): boolean => raw >= min && raw <= max;
  // 0.1 has no exact double: 1525 * 0.1 is 152.50000000000003, while 1525 / 10 is 152.5.
  const perUnit = scale !== undefined && scale < 1 ? Math.round(1 / scale) : 1;
  const factor = scale === undefined || scale < 1 ? 1 : scale;
  return (raw) => (raw === absent ? null : isKnown(raw) ? (raw / perUnit) * factor : undefined);
}

/** Flags of one raw value are made when it is first met: frames differ in few of them. */
function flagsOf(bits: Readonly<Record<string, number>>): Reader['decode'] {
  const masks = Object.entries(bits).map(([name, bit]) => [name, 1 << bit] as const);
  const reserved = ~masks.reduce((known, [, mask]) => known | mask, 0);
  const met = new Map<number, Readonly<Record<string, boolean>>>();
  return (raw) => {
    if (raw & reserved) return undefined;
    let flags = met.get(raw);
    if (!flags) met.set(raw, (flags = Object.freeze(Object.fromEntries(masks.map(([name, mask]) => [name, (raw & mask) !== 0])))));
    return flags;
  };
}

/** Why a raw value was refused. */
function refusalOf({ name, fixed, values, bits, ...field }: Field, raw: number): Refusal {
  if (fixed) return fault(fixed.otherwise, `${name}: expected ${fixed.value}, found ${raw}`);
  if (values) return fault('unknown-value', `${name}: ${raw} has no meaning`);
  if (bits) return fault('reserved-bits', `${name}: reserved bits set in 0x${raw.toString(16)}`);
  const { min, max } = rangeOf({ name, ...field });
  return fault('out-of-range', `${name}: ${raw} is not within ${min} to ${max}`);
}

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
