import { PROCEDURES, RESPONSE_CODE, RESPONSE_HEAD, RESULT_CODES, type ProcedureName } from '../control.ts';
import { CHARACTERISTICS, SERVICES } from '../gatt.ts';
import { INFO_CELL, INFO_HEAD } from '../info.ts';
import { STATUS } from '../status.ts';
import { STREAM_HEAD, STREAM_SAMPLE } from '../stream.ts';
import { byteLength, rangeOf, sizeOf, type Field, type Table } from '../table.ts';
import { exampleBlocks } from './examples.ts';
import { dashed, hexByte } from './names.ts';

/** The parts of SPEC.md that come from the tables, by the name that their marker bears. */
const specBlocks = (): Readonly<Record<string, string>> => ({
  services: rows(['Service', 'UUID'], [
    ['Roller', code(dashed(SERVICES.roller))],
    ['Battery', code(dashed(SERVICES.battery))],
    ['Device Information', code(dashed(SERVICES.deviceInformation))],
  ]),
  characteristics: rows(
    ['Characteristic', 'Service', 'UUID', 'Properties'],
    Object.entries(CHARACTERISTICS).map(([name, { uuid, service, properties }]) => [
      code(name),
      SERVICE_NAMES[service],
      code(dashed(uuid)),
      properties.join(', '),
    ]),
  ),
  'info-head': byteTable(INFO_HEAD),
  'info-cell': byteTable(INFO_CELL),
  'stream-head': byteTable(STREAM_HEAD),
  'stream-sample': byteTable(STREAM_SAMPLE),
  status: byteTable(STATUS),
  procedures: rows(
    ['Op code', 'Procedure', 'Parameters of the request', 'Parameters of a success'],
    procedureNames.map((name) => {
      const { opCode, request, response } = PROCEDURES[name];
      return [code(hexByte(opCode)), code(name), fieldNames(request), fieldNames(response)];
    }),
  ),
  'response-head': byteTable(RESPONSE_HEAD),
  results: rows(
    ['Code', 'Result'],
    Object.entries(RESULT_CODES).map(([name, value]) => [code(hexByte(value)), code(name)]),
  ),
  ...Object.fromEntries(procedureNames.map((name) => [`parameters-${name}`, byteTable(PROCEDURES[name].request, 1)])),
  ...exampleBlocks(),
});

/** The specification with every generated part renewed. Throws where a marker and a part do not match. */
export function renewSpec(spec: string): string {
  const blocks = specBlocks();
  const used = new Set<string>();
  const renewed = spec.replaceAll(/<!-- generated: (\S+) -->\n[\s\S]*?<!-- end -->/g, (_, name: string) => {
    const block = blocks[name];
    if (block === undefined) throw new Error(`SPEC.md: nothing generates ${name}`);
    used.add(name);
    return `<!-- generated: ${name} -->\n${block}\n<!-- end -->`;
  });
  const missing = Object.keys(blocks).filter((name) => blocks[name] !== '' && !used.has(name));
  if (missing.length > 0) throw new Error(`SPEC.md: no place for ${missing.join(', ')}`);
  return renewed;
}

const SERVICE_NAMES = { roller: 'Roller', battery: 'Battery', deviceInformation: 'Device Information' } as const;

const procedureNames = Object.keys(PROCEDURES) as ProcedureName[];

const code = (text: string): string => `\`${text}\``;

const fieldNames = (table: Table): string => table.map(({ name }) => code(name)).join(', ') || 'none';

const rows = (head: readonly string[], body: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Offsets, types, units, allowed values and meaning of each field; `start` is the offset of the first. */
function byteTable(table: Table, start = 0): string {
  if (table.length === 0) return '';
  let at = start;
  const body = table.map((field) => {
    const offset = at;
    at += sizeOf(field.type);
    return [String(offset), field.type, code(field.name), unitOf(field), allowed(field), field.doc];
  });
  const total = start === 0 ? `${byteLength(table)} bytes.` : `${start + byteLength(table)} bytes with the op code.`;
  return `${rows(['Offset', 'Type', 'Field', 'Unit', 'Allowed raw values', 'Meaning'], body)}\n\n${total}`;
}

const unitOf = ({ unit, scale }: Field): string => (unit === undefined ? '' : scale === undefined ? unit : `${scale} ${unit}`);

function allowed(field: Field): string {
  if (field.type === 'id64') return 'any';
  if (field.fixed) return field.fixed.value === RESPONSE_CODE ? hexByte(RESPONSE_CODE) : String(field.fixed.value);
  if (field.values === RESULT_CODES) return 'see below';
  if (field.values) return Object.entries(field.values).map(([name, raw]) => `${raw} ${code(name)}`).join(', ');
  if (field.bits) return `${Object.entries(field.bits).map(([name, bit]) => `bit ${bit} ${code(name)}`).join(', ')}; every other bit 0`;
  const { min, max } = rangeOf(field);
  const all = field.min === undefined && field.max === undefined && field.type !== 'u8' ? 'any' : `${min} to ${max}`;
  return field.absent === undefined ? all : `${all}; ${field.absent}: absent`;
}
