import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PROCEDURES, RESULT_CODES } from '../../firmware-protocol/control.ts';
import { CHARACTERISTICS, MAX_FRAME_BYTES, MIN_MTU, SERVICES } from '../../firmware-protocol/gatt.ts';
import { generatedFiles } from '../../firmware-protocol/generate/outputs.ts';
import { INFO_CELL, INFO_HEAD } from '../../firmware-protocol/info.ts';
import { STATUS } from '../../firmware-protocol/status.ts';
import { CELL_FAULTY, CELL_SATURATED, STREAM_HEAD, STREAM_SAMPLE } from '../../firmware-protocol/stream.ts';
import { byteLength, FAULT_REASONS, offsetOf, rangeOf, type Field, type Table } from '../../firmware-protocol/table.ts';

const fileOf = (path: string): URL => new URL(`../../firmware-protocol/${path}`, import.meta.url);
const spec = readFileSync(fileOf('SPEC.md'), 'utf8');
/** The specification with its lines joined, to find sentences in. */
const prose = spec.replaceAll(/\s+/g, ' ');

const field = (table: Table, name: string): Field => table.find((each) => each.name === name)!;

const range = (table: Table, name: string, per = 1): string => {
  const { min, max } = rangeOf(field(table, name));
  return `${min / per} to ${max / per}`;
};

const largestInfo = byteLength(INFO_HEAD) + byteLength(INFO_CELL) * rangeOf(field(INFO_HEAD, 'cellCount')).max;

it.each(Object.entries(generatedFiles(spec)))('%s is what the tables generate: if not, run `npm run generate`', (path, text) => {
  expect(existsSync(fileOf(path)) ? readFileSync(fileOf(path), 'utf8') : 'no such file').toBe(text);
});

it('lists each field at its offset', () => {
  for (const table of [INFO_HEAD, INFO_CELL, STREAM_HEAD, STREAM_SAMPLE, STATUS] as readonly Table[]) {
    for (const { name, type } of table) expect(spec).toContain(`| ${offsetOf(table, name)} | ${type} | \`${name}\` |`);
  }
});

it('lists each UUID, in the form with dashes', () => {
  expect(spec).toContain('| Roller | `81bb0001-c6dd-42cb-9747-773742386231` |');
  for (const { uuid } of Object.values(CHARACTERISTICS)) {
    const pieces = [uuid.slice(0, 8), uuid.slice(8, 12), uuid.slice(12, 16), uuid.slice(16, 20), uuid.slice(20)];
    expect(spec).toContain(uuid.length === 4 ? `\`0x${uuid.toUpperCase()}\`` : `\`${pieces.join('-')}\``);
  }
  expect(new Set([...Object.values(SERVICES), ...Object.values(CHARACTERISTICS).map(({ uuid }) => uuid)]).size).toBe(11);
});

describe('the prose, which is written by hand, says the numbers of the tables', () => {
  it.each([
    `No value that is notified or indicated is longer than **${MAX_FRAME_BYTES} bytes**`,
    `when the MTU of the connection is less than **${MIN_MTU}**`,
    `A head of ${byteLength(INFO_HEAD)} bytes, then \`cellCount\` cells of ${byteLength(INFO_CELL)} bytes each`,
    `the length MUST be exactly ${byteLength(INFO_HEAD)} + ${byteLength(INFO_CELL)} x \`cellCount\``,
    `A head of ${byteLength(STREAM_HEAD)} bytes, then \`imuCount\` IMU samples of ${byteLength(STREAM_SAMPLE)} bytes`,
    `How the roller is. Exactly ${byteLength(STATUS)} bytes.`,
    `${CELL_SATURATED} (0xFFFF), the cell is *saturated*`,
    `${CELL_FAULTY} (0xFFFE), the cell is *faulty*`,
    `The largest pressure is ${CELL_FAULTY - 1}.`,
    `| Notification or indication | ${MAX_FRAME_BYTES} bytes |`,
    `| MTU for \`start\` | at least ${MIN_MTU}, and`,
    `| Info value | ${byteLength(INFO_HEAD)} to ${largestInfo} bytes |`,
    `| Pressure cells | ${range(INFO_HEAD, 'cellCount')} |`,
    `| IMU samples in a frame | ${range(STREAM_HEAD, 'imuCount')} |`,
    `| Pressure readings in a frame | ${range(STREAM_HEAD, 'readingCount')} |`,
    `| IMU rate | ${range(INFO_HEAD, 'imuRateMilliHz', 1000)} Hz;`,
    `| Pressure rate | ${range(INFO_HEAD, 'pressureRateMilliHz', 1000)} Hz;`,
  ])('%s', (sentence) => {
    expect(prose).toContain(sentence);
  });

  it('explains every flag, code, procedure, result and reason', () => {
    const bullets = [
      ...Object.keys(field(STATUS, 'faults').bits!),
      ...Object.keys(field(STATUS, 'activity').bits!),
      ...Object.keys(field(STREAM_HEAD, 'flags').bits!),
    ].map((name) => `- \`${name}\``);
    const headings = Object.keys(PROCEDURES).map((name) => `### ${name}\n`);
    const codes = ['tool', 'texture', 'axis', 'pressureUnit'].flatMap((name) => Object.keys(field(INFO_HEAD, name).values!));
    const words = [...Object.keys(RESULT_CODES), ...codes];
    const reasons = FAULT_REASONS.map((reason) => `| \`${reason}\` |`);
    const written = spec.replaceAll(/<!-- generated: [\s\S]*?<!-- end -->/g, '');
    for (const text of [...bullets, ...headings, ...words.map((word) => `\`${word}\``), ...reasons]) expect(written).toContain(text);
  });
});
