import { expect, test, vi } from 'vitest';
import { decodeResponse, encodeRequest, type ControlRequest } from '../../firmware-protocol/control.ts';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { decodeStatus, encodeStatus } from '../../firmware-protocol/status.ts';
import { decodeStream, encodeStream, type StreamFrame } from '../../firmware-protocol/stream.ts';
import { simulate } from '../../simulators/offline.ts';
import { infoOf, STANDARD_ROLLER } from '../../simulators/roller/build.ts';
import type { RollerFirmware } from '../../simulators/roller/port.ts';
import { BENCH_SCENARIO } from '../../src/cli/bench-scenario.ts';
import type { LinkEvent } from '../../src/link/port.ts';
import { createRecordedRoller } from '../../src/peripheral/recorded-roller.ts';
import { broken, evidenceOf } from '../conformance/bench.ts';
import { fakeTime } from '../radio/virtual-time.ts';

const ID = '00112233445566aa';
const RATES = { imuRateMilliHz: 100_000, pressureRateMilliHz: 0, samplesPerFrame: 2 };
const INFO = encodeInfo(infoOf({ ...STANDARD_ROLLER, cellsAround: 0 }, ID, RATES));
const FRAME_US = 20_000;

const arrived = (characteristic: 'info' | 'stream' | 'status', bytes: Uint8Array): LinkEvent =>
  ({ type: 'frame', characteristic, bytes, arrivalS: 0 });

/** A frame that is known again by its samples. */
const frame = (mark: number, sequence: number, deviceTimeUs: number): LinkEvent =>
  arrived('stream', encodeStream({
    flags: { hapticActive: false, tareActive: false }, sequence, deviceTimeUs: deviceTimeUs % 2 ** 32,
    imuCount: 2, readingCount: 0, cellCount: 0, imu: new Int16Array(12).fill(mark), pressure: new Uint16Array(),
  }));

const request = (firmware: RollerFirmware, asked: ControlRequest, nowS: number, mtu = 247): string => {
  const response = decodeResponse(firmware.control(encodeRequest(asked), mtu, nowS));
  return response.ok ? response.value.result : response.fault.reason;
};

const framesUntil = (firmware: RollerFirmware, nowS: number): StreamFrame[] =>
  firmware.advance(nowS).flatMap(({ characteristic, bytes }) => {
    const decoded = characteristic === 'stream' ? decodeStream(bytes) : null;
    return decoded?.ok ? [decoded.value] : [];
  });

/** Of each frame sent: its mark, its number, and its time after the first, ms. */
function played(events: readonly LinkEvent[], seconds: number): number[][] {
  const firmware = createRecordedRoller([arrived('info', INFO), ...events], 'x.mcap');
  expect(request(firmware, { procedure: 'start' }, 5)).toBe('success');
  const frames = framesUntil(firmware, 5 + seconds);
  return frames.map(({ imu, sequence, deviceTimeUs }) => [imu[0]!, sequence, (deviceTimeUs - frames[0]!.deviceTimeUs) / 1000]);
}

test('plays in a loop, with numbers and a clock that go on', () => {
  const start = 2 ** 32 - 30_000;
  const events = [0, 1, 2].map((index) => frame(index, 65_535 + index - (index > 0 ? 65_536 : 0), start + index * FRAME_US));
  expect(played(events, 0.125)).toEqual([[0, 0, 0], [1, 1, 20], [2, 2, 40], [0, 3, 60], [1, 4, 80], [2, 5, 100]]);
});

test('what was lost stays lost, and what took its time takes it', () => {
  const events = [frame(0, 7, 0), frame(1, 10, 3 * FRAME_US), frame(2, 11, 4 * FRAME_US)];
  expect(played(events, 0.13)).toEqual([[0, 0, 0], [1, 3, 60], [2, 4, 80], [0, 5, 100]]);
});

test.each([
  ['a pause that would be taken for a lost link', frame(1, 101, 2_000_000)],
  ['a count that began again', frame(1, 0, FRAME_US)],
  ['a clock that began again', frame(1, 8, 4_000_000_000)],
  ['a count that stood still', frame(1, 7, 1000 + FRAME_US)],
  ['a clock that stood still', frame(1, 8, 1000)],
])('%s is left out', (_what, next) => {
  expect(played([frame(0, 7, 1000), next], 0.07)).toEqual([[0, 0, 0], [1, 1, 20], [0, 2, 40]]);
});

test('a start goes on where the last one ended, with the numbers from 0', () => {
  const frames = [0, 1, 2, 3].map((mark) => frame(mark, mark, mark * FRAME_US));
  const firmware = createRecordedRoller([arrived('info', INFO), ...frames], 'x.mcap');
  request(firmware, { procedure: 'start' }, 1);
  expect(framesUntil(firmware, 1.05).map(({ imu }) => imu[0])).toEqual([0, 1]);
  expect(request(firmware, { procedure: 'start' }, 1.05)).toBe('wrongState');
  expect(request(firmware, { procedure: 'stop' }, 1.05)).toBe('success');
  expect(request(firmware, { procedure: 'stop' }, 1.05)).toBe('wrongState');
  expect(framesUntil(firmware, 2)).toEqual([]);
  request(firmware, { procedure: 'start' }, 3);
  const [first] = framesUntil(firmware, 3.03);
  expect([first!.imu[0], first!.sequence, first!.deviceTimeUs]).toEqual([2, 0, 3_000_000]);
  firmware.disconnected();
  expect(firmware.nextDueS()).toBeNull();
});

test('is as the recording says, and has no more than that', () => {
  const bare = createRecordedRoller([arrived('info', INFO), frame(0, 0, 0)], 'x.mcap');
  expect(bare.name).toBe('Smart Roller 66AA');
  expect(bare.read('info')).toEqual(INFO);
  for (const name of ['battery', 'manufacturer', 'model', 'firmware'] as const) expect(bare.read(name)).toEqual(new Uint8Array());
  expect(decodeStatus(bare.read('status'))).toMatchObject({ ok: true, value: { batteryPct: null, temperatureC: null } });
  expect(request(bare, { procedure: 'tare' }, 0)).toBe('opCodeNotSupported');
  expect(request(bare, { procedure: 'identify', seconds: 1 }, 0)).toBe('opCodeNotSupported');
  expect(request(bare, { procedure: 'start' }, 0, 64)).toBe('mtuTooSmall');

  const nowhere = { address: null, rssiDbm: null };
  const roller = { ...nowhere, id: ID, name: 'Blue one', manufacturer: 'Works', model: 'M', firmware: '2', driver: 'roller-v1' };
  const faults = { imu: false, cells: true, lowBattery: false, overheated: false, clock: false };
  const activity = { streaming: true, charging: true };
  const status = arrived('status', encodeStatus({ batteryPct: 42, faults, temperatureC: 31, activity, droppedFrames: 9 }));
  const told = createRecordedRoller([{ type: 'info', roller, arrivalS: 0 }, arrived('info', INFO), status, frame(0, 0, 0)], 'x.mcap');
  expect(told.name).toBe('Blue one');
  expect(told.read('battery')).toEqual(Uint8Array.of(42));
  expect(new TextDecoder().decode(told.read('manufacturer'))).toBe('Works');
  expect(decodeStatus(told.read('status'))).toMatchObject({
    value: { batteryPct: 42, faults, temperatureC: 31, activity: { streaming: false, charging: false }, droppedFrames: 0 },
  });
});

test.each([
  ['no info value', [frame(0, 0, 0)]],
  ['no frames', [arrived('info', INFO)]],
  ['nothing that can be read', [arrived('info', INFO), arrived('stream', Uint8Array.of(1, 2, 3))]],
])('a recording with %s is refused', (_what, events) => {
  expect(() => createRecordedRoller(events, 'x.mcap')).toThrow(expect.objectContaining({ code: 'E_RECORDING' }));
});

test('keeps the protocol', async () => {
  fakeTime();
  const events = [...simulate({ scenario: BENCH_SCENARIO, seed: 3, seconds: 30 })].filter(
    (event): event is LinkEvent => event.type === 'frame' || event.type === 'info' || event.type === 'state');
  expect(broken(await evidenceOf(createRecordedRoller(events, 'x.mcap')))).toEqual([]);
  vi.useRealTimers();
});
