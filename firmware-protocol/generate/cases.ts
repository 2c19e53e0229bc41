import type { ControlRequest, ControlResponse } from '../control.ts';
import type { RollerInfo } from '../info.ts';
import type { RollerStatus } from '../status.ts';
import type { StreamFrame } from '../stream.ts';

/** The values behind the golden vectors: ordinary ones first (they are the worked examples of SPEC.md), then the ends of every range. */
export type Cases<T> = Readonly<Record<string, T>>;

const firmRoller: RollerInfo = {
  tool: 'roller',
  texture: 'firm',
  axis: 'x',
  deviceId: '0123456789abcdef',
  radiusMm: 75,
  lengthMm: 330,
  imuRateMilliHz: 100_000,
  gyroRangeDps: 1000,
  accelRangeG: 4,
  samplesPerFrame: 2,
  mountFirstMm: -12.5,
  mountSecondMm: 30,
  pressureRateMilliHz: 50_000,
  pressureUnit: 'pascal',
  pressureScalePa: 10,
  cells: [
    { axialMm: -80, angleDeg: 0, areaMm2: 2400 },
    { axialMm: 80, angleDeg: 180, areaMm2: 2400 },
  ],
};

const extreme = (deviceId: string, at: 'least' | 'most'): RollerInfo => {
  const pick = <T>(least: T, most: T): T => (at === 'least' ? least : most);
  return {
    tool: pick('roller', 'ball'),
    texture: pick('soft', 'textured'),
    axis: pick('x', 'unknown'),
    deviceId,
    radiusMm: pick(5, 300),
    lengthMm: pick(10, 2000),
    imuRateMilliHz: pick(10_000, 1_000_000),
    gyroRangeDps: pick(100, 4000),
    accelRangeG: pick(1, 64),
    samplesPerFrame: pick(1, 16),
    mountFirstMm: pick(-300, 300),
    mountSecondMm: pick(-300, 300),
    pressureRateMilliHz: pick(0, 62_500),
    pressureUnit: pick('pascal', 'counts'),
    pressureScalePa: pick(1, 1000),
    cells: Array.from({ length: pick(1, 20) }, () => ({ axialMm: pick(-1000, 1000), angleDeg: pick(0, 359.99), areaMm2: pick(1, 65_535) })),
  };
};

export const infoCases: Cases<RollerInfo> = {
  'firm roller with two cells': firmRoller,
  'soft roller without cells, mounting offset not known': {
    ...firmRoller,
    texture: 'soft',
    axis: 'z',
    mountFirstMm: null,
    mountSecondMm: null,
    pressureRateMilliHz: 0,
    cells: [],
  },
  'ball with one uncalibrated cell that always faces the body': {
    ...firmRoller,
    tool: 'ball',
    texture: 'textured',
    axis: 'unknown',
    radiusMm: 33.5,
    lengthMm: 67,
    mountFirstMm: null,
    mountSecondMm: null,
    pressureUnit: 'counts',
    cells: [{ axialMm: 0, angleDeg: null, areaMm2: 1500 }],
  },
  'soft roller with 32 cells, eight around in four rows': {
    ...firmRoller,
    texture: 'soft',
    cells: Array.from({ length: 32 }, (_, i) => ({ axialMm: 80 * Math.floor(i / 8) - 120, angleDeg: 45 * (i % 8), areaMm2: 4700 })),
  },
  'stick, IMU rate that is no whole number of hertz': {
    ...firmRoller,
    tool: 'stick',
    axis: 'y',
    radiusMm: 17.3,
    imuRateMilliHz: 285_714,
    pressureRateMilliHz: 0,
    cells: [],
  },
  'least of everything': extreme('0000000000000000', 'least'),
  'most of everything': extreme('ffffffffffffffff', 'most'),
};

const still = [-37, 12, 5, 98, 1210, 8099];

const frame = (head: Partial<StreamFrame>, imu: readonly number[], pressure: readonly number[]): StreamFrame => ({
  flags: { hapticActive: false, tareActive: false },
  sequence: 0,
  deviceTimeUs: 0,
  imuCount: imu.length / 6,
  readingCount: pressure.length > 0 ? 1 : 0,
  cellCount: pressure.length,
  ...head,
  imu: Int16Array.from(imu),
  pressure: Uint16Array.from(pressure),
});

const ramp = (length: number, step: number): number[] => Array.from({ length }, (_, i) => i * step);

export const streamCases: Cases<StreamFrame> = {
  'two samples, one reading of two cells': frame(
    { sequence: 1234, deviceTimeUs: 24_681_357 },
    [...still, 1475, -20, 8, 64, 1302, 8120],
    [3512, 0],
  ),
  'one sample, no cells, first of a stream': frame({ deviceTimeUs: 500_000 }, still, []),
  'haptic motor on': frame({ sequence: 1, flags: { hapticActive: true, tareActive: false } }, still, [17]),
  'tare being taken': frame({ sequence: 2, flags: { hapticActive: false, tareActive: true } }, still, [17]),
  'last values before sequence and clock wrap': frame({ sequence: 65_535, deviceTimeUs: 4_294_967_295 }, still, []),
  'saturated and faulty cells, sensors at both ends': frame(
    { sequence: 9 },
    [-32_768, 32_767, -32_768, 32_767, -32_768, 32_767],
    [65_535, 65_534, 65_533, 0],
  ),
  'cells but no reading in this frame': frame({ sequence: 3, readingCount: 0, cellCount: 8 }, still, []),
  'sixteen samples': frame({ sequence: 4 }, ramp(16 * 6, 300), [1, 2]),
  'as long as a frame can be: 13 readings of eight cells': frame(
    { sequence: 5, readingCount: 13, cellCount: 8 },
    ramp(12, -700),
    ramp(104, 600),
  ),
};

export const statusCases: Cases<RollerStatus> = {
  'streaming, all well': {
    batteryPct: 87,
    faults: { imu: false, cells: false, lowBattery: false, overheated: false, clock: false },
    temperatureC: 23.5,
    activity: { streaming: true, charging: false },
    droppedFrames: 3,
  },
  'nothing known': {
    batteryPct: null,
    faults: { imu: false, cells: false, lowBattery: false, overheated: false, clock: false },
    temperatureC: null,
    activity: { streaming: false, charging: false },
    droppedFrames: 0,
  },
  'everything wrong, cold': {
    batteryPct: 0,
    faults: { imu: true, cells: true, lowBattery: true, overheated: true, clock: true },
    temperatureC: -50,
    activity: { streaming: true, charging: true },
    droppedFrames: 4_294_967_295,
  },
  'full and hot': {
    batteryPct: 100,
    faults: { imu: false, cells: true, lowBattery: false, overheated: true, clock: false },
    temperatureC: 150,
    activity: { streaming: false, charging: true },
    droppedFrames: 1,
  },
};

export const requestCases: Cases<ControlRequest> = {
  start: { procedure: 'start' },
  stop: { procedure: 'stop' },
  tare: { procedure: 'tare' },
  'set rate: 200 Hz, four samples a frame': {
    procedure: 'setRate',
    imuRateMilliHz: 200_000,
    pressureRateMilliHz: 50_000,
    samplesPerFrame: 4,
  },
  'set rate: least': { procedure: 'setRate', imuRateMilliHz: 10_000, pressureRateMilliHz: 0, samplesPerFrame: 1 },
  'set rate: most': { procedure: 'setRate', imuRateMilliHz: 1_000_000, pressureRateMilliHz: 1_000_000, samplesPerFrame: 16 },
  'identify for 5 s': { procedure: 'identify', seconds: 5 },
  'identify for 30 s': { procedure: 'identify', seconds: 30 },
  'haptic: two pulses of 150 ms, 100 ms apart': { procedure: 'haptic', pulses: 2, pulseMs: 150, gapMs: 100, strengthPct: 80 },
  'haptic: least': { procedure: 'haptic', pulses: 1, pulseMs: 50, gapMs: 50, strengthPct: 1 },
  'haptic: most': { procedure: 'haptic', pulses: 5, pulseMs: 500, gapMs: 1000, strengthPct: 100 },
};

export const responseCases: Cases<ControlResponse> = {
  'start succeeded': { procedure: 'start', result: 'success' },
  'stop succeeded': { procedure: 'stop', result: 'success' },
  'tare succeeded': { procedure: 'tare', result: 'success' },
  'rate granted: other than asked for': {
    procedure: 'setRate',
    result: 'success',
    imuRateMilliHz: 200_000,
    pressureRateMilliHz: 50_000,
    samplesPerFrame: 4,
  },
  'identify succeeded': { procedure: 'identify', result: 'success' },
  'haptic succeeded': { procedure: 'haptic', result: 'success' },
  'MTU too small': { procedure: 'start', opCode: 0x01, result: 'mtuTooSmall' },
  'tare refused: loaded': { procedure: 'tare', opCode: 0x03, result: 'loaded' },
  'tare refused: moving': { procedure: 'tare', opCode: 0x03, result: 'moving' },
  'rate refused: streaming': { procedure: 'setRate', opCode: 0x04, result: 'wrongState' },
  'identify refused: parameter out of range': { procedure: 'identify', opCode: 0x05, result: 'invalidParameter' },
  'haptic refused: motor failed': { procedure: 'haptic', opCode: 0x06, result: 'operationFailed' },
  'op code that has no meaning': { procedure: null, opCode: 0x2a, result: 'opCodeNotSupported' },
};

/** What a roller answers to what, by the names of the cases above or by bytes. */
export const exchangeCases: Cases<readonly [request: string, response: string]> = {
  'start while stopped': ['01', '800101'],
  'start with an MTU of 64': ['01', '800110'],
  'start while streaming': ['01', '800113'],
  'start with a byte too many': ['0100', '800103'],
  stop: ['02', '800201'],
  'tare, unloaded and still': ['03', '800301'],
  'tare under load': ['03', '800311'],
  'tare while turning': ['03', '800312'],
  'set rate to what is had': ['04a086010050c3000002', '800401a086010050c3000002'],
  'set rate to 210 Hz, 200 Hz is the nearest': ['0450340300 50c30000 04', '800401 400d0300 50c30000 04'],
  'set rate while streaming': ['04a086010050c3000002', '800413'],
  'set rate to 5 Hz': ['04 88130000 50c30000 02', '800403'],
  'identify for 5 s': ['0505', '800501'],
  'identify for no time': ['0500', '800503'],
  'haptic without a motor': ['06020f0a50', '800602'],
  'haptic pattern played': ['06020f0a50', '800601'],
  'op code that has no meaning': ['2a', '802a02'],
  'no bytes at all': ['', '800002'],
};
