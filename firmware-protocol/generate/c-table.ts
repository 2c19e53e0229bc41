import { byteLength, sizeOf, type Field, type FieldType, type FaultReason, type Table } from '../table.ts';
import { rawName, upper } from './names.ts';

/** C for one byte table: constants, members of its struct, and a pair of functions that read and write it. */

const C_TYPES: Record<FieldType, string> = { u8: 'uint8_t', u16: 'uint16_t', i16: 'int16_t', u32: 'uint32_t', id64: 'uint8_t' };

/** ROLLER_OVER_LONG and so on. */
export const cFault = (reason: FaultReason): string => `ROLLER_${upper(reason)}`;

/** -32768 has no literal of its own type in C. */
const literal = (field: Field, value: number): string =>
  value === -0x8000 ? 'INT16_MIN' : value < 0 ? `(${value})` : `${value}${field.type === 'i16' ? '' : 'u'}`;

/** Every number of a table that firmware has to name: its size under `name`, those of its fields under `prefix`. */
export function cConstants(name: string, prefix: string, table: Table): string {
  const lines = [`#define ROLLER_${name}_BYTES ${byteLength(table)}u`];
  for (const field of table) {
    const constant = `ROLLER_${prefix}_${rawName(field).toUpperCase()}`;
    for (const [key, value] of Object.entries(field.values ?? {})) lines.push(`#define ${constant}_${upper(key)} ${value}u`);
    for (const [key, bit] of Object.entries(field.bits ?? {})) lines.push(`#define ${constant}_${upper(key)} (1u << ${bit})`);
    if (field.min !== undefined) lines.push(`#define ${constant}_MIN ${literal(field, field.min)}`);
    if (field.max !== undefined) lines.push(`#define ${constant}_MAX ${literal(field, field.max)}`);
    if (field.absent !== undefined) lines.push(`#define ${constant}_ABSENT ${literal(field, field.absent)}`);
  }
  return lines.join('\n');
}

/** Members of the struct; a count that the frame works out itself stays, fixed fields do not. */
export const cMembers = (table: Table): string =>
  table
    .filter((field) => !field.fixed)
    .map((field) => `  ${C_TYPES[field.type]} ${rawName(field)}${field.type === 'id64' ? '[8]' : ''}; /* ${cDoc(field)} */`)
    .join('\n');

function cDoc(field: Field): string {
  const unit = field.unit === undefined ? '' : ` [${field.scale === undefined ? '' : `${field.scale} `}${field.unit}]`;
  const absent = field.absent === undefined ? '' : '; may be ABSENT';
  return `${field.doc}${unit}${absent}`.replaceAll('`', '');
}

/** `roller_read_<name>` and `roller_write_<name>`: the caller has made sure that the bytes are there. */
export function cReadWrite(name: string, struct: string, table: Table): string {
  const reads: string[] = [];
  const checks: string[] = [];
  const writes: string[] = [];
  let at = 0;
  for (const field of table) {
    const member = rawName(field);
    const raw = field.type === 'u8' ? `bytes[${at}]` : `roller_get_${field.type}(bytes + ${at})`;
    const put = (value: string): string =>
      field.type === 'u8' ? `bytes[${at}] = ${value};` : `roller_put_${field.type}(bytes + ${at}, ${value});`;
    if (field.type === 'id64') {
      reads.push(`memcpy(out->${member}, bytes + ${at}, 8);`);
      writes.push(`memcpy(bytes + ${at}, in->${member}, 8);`);
    } else if (field.fixed) {
      reads.push(`if (${raw} != ${field.fixed.value}u) return ${cFault(field.fixed.otherwise)};`);
      writes.push(put(`${field.fixed.value}u`));
    } else {
      reads.push(`out->${member} = ${raw};`, ...refusals(field, `out->${member}`));
      checks.push(...refusals(field, `in->${member}`));
      writes.push(put(`in->${member}`));
    }
    at += sizeOf(field.type);
  }
  return `static inline roller_fault roller_read_${name}(const uint8_t *bytes, ${struct} *out) {
${body([...reads, 'return ROLLER_OK;'])}}

static inline roller_fault roller_write_${name}(const ${struct} *in, uint8_t *bytes) {
${body([...checks, ...writes, 'return ROLLER_OK;'])}}`;
}

const body = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('');

const refuse = (condition: string, reason: FaultReason): string[] => [`if (${condition}) return ${cFault(reason)};`];

/** The statement that refuses a value, where any value of the type can be wrong. */
function refusals(field: Field, value: string): string[] {
  if (field.values) {
    return refuse(Object.values(field.values).map((allowed) => `${value} != ${allowed}u`).join(' && '), 'unknown-value');
  }
  if (field.bits) {
    const known = Object.values(field.bits).reduce((mask, bit) => mask | (1 << bit), 0);
    const all = 2 ** (8 * sizeOf(field.type)) - 1;
    return refuse(`(${value} & 0x${(all - known).toString(16)}u) != 0u`, 'reserved-bits');
  }
  const outside = [
    ...(field.min === undefined ? [] : [`${value} < ${literal(field, field.min)}`]),
    ...(field.max === undefined ? [] : [`${value} > ${literal(field, field.max)}`]),
  ].join(' || ');
  if (outside === '') return [];
  const known = field.absent === undefined ? '' : `${value} != ${literal(field, field.absent)}`;
  return refuse(known === '' ? outside : `${known} && (${outside})`, 'out-of-range');
}
