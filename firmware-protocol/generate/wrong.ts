import { offsetOf, rangeOf, sizeOf, type Field, type FaultReason, type Table } from '../table.ts';

/** One raw value that a field must not have, and what a decoder says of it. */
export interface WrongValue {
  readonly name: string;
  readonly offset: number;
  readonly bytes: number;
  readonly raw: number;
  readonly reason: FaultReason;
}

/** Every way in which one field of a table can be wrong: each reserved bit, and the first value past each end of a range. */
export const wrongValues = (table: Table): WrongValue[] =>
  table.flatMap((field) =>
    wrongRaw(field).map(([raw, reason]) => ({
      name: `${field.name} is ${raw}`,
      offset: offsetOf(table, field.name),
      bytes: sizeOf(field.type),
      raw,
      reason,
    })),
  );

function wrongRaw(field: Field): (readonly [number, FaultReason])[] {
  if (field.type === 'id64') return [];
  const bits = Array.from({ length: 8 * sizeOf(field.type) }, (_, bit) => bit);
  if (field.fixed) {
    const { value, otherwise } = field.fixed;
    return bits.map((bit) => [value + (Math.floor(value / 2 ** bit) % 2 === 0 ? 2 ** bit : -(2 ** bit)), otherwise] as const);
  }
  if (field.bits) {
    const known = new Set(Object.values(field.bits));
    return bits.filter((bit) => !known.has(bit)).map((bit) => [2 ** bit, 'reserved-bits'] as const);
  }
  if (field.values) {
    const known = new Set(Object.values(field.values));
    const free = Array.from({ length: 256 }, (_, raw) => raw).filter((raw) => !known.has(raw));
    return [free[0], free.at(-1)].filter((raw) => raw !== undefined).map((raw) => [raw, 'unknown-value'] as const);
  }
  const { min, max } = rangeOf(field);
  const beyond = [...(field.min === undefined ? [] : [min - 1]), ...(field.max === undefined ? [] : [max + 1])];
  return beyond.filter((raw) => raw !== field.absent).map((raw) => [raw, 'out-of-range'] as const);
}

/** The bytes with that value in them; `start` is where the table begins. */
export function withWrong(bytes: Uint8Array, wrong: WrongValue, start = 0): Uint8Array {
  const changed = bytes.slice();
  for (let i = 0; i < wrong.bytes; i++) changed[start + wrong.offset + i] = Math.floor(wrong.raw / 2 ** (8 * i)) % 256;
  return changed;
}
