import { expect, test } from 'vitest';
import { encodeRequest } from '../../firmware-protocol/control.ts';
import { decodeStatus } from '../../firmware-protocol/status.ts';
import { CELL_FAULTY, decodeStream } from '../../firmware-protocol/stream.ts';
import { strokes } from '../../simulators/body/segment.ts';
import { createFaultyFirmware, type FaultyFirmware } from '../../simulators/faults/firmware.ts';
import { createRandom } from '../../simulators/random.ts';
import { createVirtualRoller } from '../../simulators/roller/roller.ts';
import { define } from '../../simulators/scenarios/define.ts';

const SCENARIO = define({ name: 'cells', title: 'Cells break', group: 'quadriceps', segments: [strokes(60, 30, 6, 30)] });
const START = encodeRequest({ procedure: 'start' });

const streaming = (): FaultyFirmware => {
  const firmware = createFaultyFirmware((begunAgoS) => createVirtualRoller({ scenario: SCENARIO, seed: 1, begunAgoS }), createRandom(1, 'stale'));
  firmware.control(START, 247, 1);
  return firmware;
};

/** Faulty cells in the frames up to `untilS`, and what the status values of the time say. */
function until(firmware: FaultyFirmware, untilS: number): { faulty: number[]; told: boolean[] } {
  const outputs = firmware.advance(untilS);
  const bytesOf = (name: string): Uint8Array[] => outputs.filter(({ characteristic }) => characteristic === name).map(({ bytes }) => bytes);
  const faulty = bytesOf('stream').map((bytes) => {
    const frame = decodeStream(bytes);
    if (!frame.ok) throw new Error(frame.fault.detail);
    return frame.value.pressure.filter((raw) => raw === CELL_FAULTY).length / frame.value.readingCount;
  });
  return { faulty: [...new Set(faulty)], told: bytesOf('status').map(statusOf) };
}

const statusOf = (bytes: Uint8Array): boolean => {
  const status = decodeStatus(bytes);
  if (!status.ok) throw new Error(status.fault.detail);
  return status.value.faults.cells;
};

test('broken cells read as faulty, and the status tells of them at once and when they are whole again', () => {
  const firmware = streaming();
  expect(until(firmware, 3)).toEqual({ faulty: [0], told: [false] });
  firmware.breakCells(3);
  expect(until(firmware, 4)).toEqual({ faulty: [3], told: [true] });
  expect(statusOf(firmware.read('status'))).toBe(true);
  firmware.breakCells(0);
  expect(until(firmware, 5)).toEqual({ faulty: [0], told: [false] });
});

test('cells do not heal by taking the battery out', () => {
  const firmware = streaming();
  firmware.breakCells(2);
  until(firmware, 3);
  firmware.reboot();
  firmware.control(START, 247, 4);
  expect(until(firmware, 5)).toEqual({ faulty: [2], told: [true] });
});

test('more than there are break them all', () => {
  const firmware = streaming();
  firmware.breakCells(99);
  expect(until(firmware, 2).faulty).toEqual([32]);
});
