import { PROCEDURES, RESULT_CODES } from '../../firmware-protocol/control.ts';
import { decodeStream, encodeStream, CELL_FAULTY, type StreamFrame } from '../../firmware-protocol/stream.ts';
import type { RollerOutput } from '../../simulators/roller/port.ts';
import type { Plant } from './bench.ts';

/** Violations, each with exactly the checks that have to find it. */
export interface Planted extends Plant {
  readonly what: string;
  readonly found: readonly string[];
  /** Of the radio. */
  readonly mtu?: number;
}

const onRead = (wanted: string, change: (bytes: Uint8Array, reads: number) => Uint8Array): Pick<Plant, 'read'> => {
  let reads = 0;
  return { read: (name, bytes) => (name === wanted ? change(bytes, reads++) : bytes) };
};

const at = (bytes: Uint8Array, index: number, ...values: readonly number[]): Uint8Array => {
  bytes.set(values, index);
  return bytes;
};

/** Changes decoded stream frames; several in place of one, or none. `index` counts all frames. */
function onFrames(change: (frame: StreamFrame, index: number) => readonly StreamFrame[] | StreamFrame): Pick<Plant, 'output'> {
  let index = 0;
  return {
    output: (output) => {
      if (output.characteristic !== 'stream') return [output];
      const decoded = decodeStream(output.bytes);
      if (!decoded.ok) throw new Error(decoded.fault.detail);
      return [change(decoded.value, index++)].flat().map((frame): RollerOutput => ({ ...output, bytes: encodeStream(frame) }));
    },
  };
}

const WRAP_US = 2 ** 32;
/** The device clock at another pace, from its first instant on. */
function paced(pace: number): Pick<Plant, 'output'> {
  let firstUs: number | null = null;
  return onFrames((frame) => {
    firstUs ??= frame.deviceTimeUs;
    const sinceUs = (frame.deviceTimeUs - firstUs + WRAP_US) % WRAP_US;
    return { ...frame, deviceTimeUs: (firstUs + Math.round(sinceUs * pace)) % WRAP_US };
  });
}

const shifted = (frame: StreamFrame, byUs: number): StreamFrame => ({ ...frame, deviceTimeUs: (frame.deviceTimeUs + byUs + WRAP_US) % WRAP_US });

const imu = (change: (value: number, axis: number) => number) =>
  onFrames((frame) => ({ ...frame, imu: frame.imu.map((value, index) => Math.max(-32_768, Math.min(32_767, change(value, index % 6)))) }));

/** Adds to what a firmware sends, or holds it back. */
const onOutputs = (output: NonNullable<Plant['output']>): Pick<Plant, 'output'> => ({ output });

function hold(seconds: number): Plant {
  let held: RollerOutput[] = [];
  return {
    control: (_request, _call, obey) => {
      const response = obey();
      if (response[1] === PROCEDURES.stop.opCode) held = [];
      return response;
    },
    output: (output) => {
      if (output.characteristic !== 'stream') return [output];
      held.push(output);
      if (output.dueS - held[0]!.dueS < seconds) return [];
      const released = held;
      held = [];
      return released;
    },
  };
}

const onStatus = (change: (bytes: Uint8Array) => Uint8Array): Plant => ({
  read: (name, bytes) => (name === 'status' ? change(bytes) : bytes),
  output: (output) => [output.characteristic === 'status' ? { ...output, bytes: change(output.bytes) } : output],
});

const DOUBLE = 200;
const LOST = new Set([200, 201, 300]);

/** Made anew for each test: some keep count. */
export const plants = (): readonly Planted[] => [
  { what: 'no name', name: '', found: ['gatt/name'] },
  { what: 'a reserved byte that is not zero', ...onRead('info', (bytes) => at(bytes, 36, 1)), found: ['info/layout'] },
  { what: 'an info value cut short', ...onRead('info', (bytes) => bytes.subarray(0, 100)), found: ['info/layout'] },
  { what: 'a device id of zeros', ...onRead('info', (bytes) => at(bytes, 4, 0, 0, 0, 0, 0, 0, 0, 0)), found: ['info/device-id'] },
  { what: 'a mounting offset about an unknown axis', ...onRead('info', (bytes) => at(bytes, 3, 255)), found: ['info/axis'] },
  {
    what: 'a pressure rate of which no frames can be made',
    ...onRead('info', (bytes) => at(bytes, 28, 0x30, 0x75, 0, 0)),
    found: ['info/rates', 'info/rates-granted', 'stream/readings'],
  },
  { what: 'an info value that does not follow setRate', ...firstRead('info'), found: ['info/rates-granted'] },
  { what: 'a radius that changes', ...onRead('info', (bytes, reads) => at(bytes, 12, reads < 2 ? 0xee : 0xef)), found: ['info/unchanged'] },
  {
    what: 'frames of three bytes between the others',
    ...onOutputs((output) => (output.characteristic === 'stream' ? [output, { ...output, bytes: Uint8Array.of(1, 2, 3) }] : [output])),
    found: ['stream/layout'],
  },
  { what: 'numbers from 1 on', ...onFrames((frame) => ({ ...frame, sequence: frame.sequence + 1 })), found: ['stream/sequence-start'] },
  { what: 'a frame sent twice', ...onFrames((frame, index) => (index === DOUBLE ? [frame, frame] : frame)), found: ['stream/sequence-order'] },
  { what: 'frames lost and not counted', ...onFrames((frame, index) => (LOST.has(index) ? [] : frame)), found: ['stream/sequence-losses'] },
  { what: 'frames counted as dropped that were not', ...onStatus((bytes) => at(bytes, 8, 100)), found: ['stream/sequence-losses'] },
  {
    what: 'readings of fewer cells than the info value has',
    ...onFrames((frame) => ({ ...frame, cellCount: 2, pressure: frame.pressure.slice(0, 2 * frame.readingCount) })),
    found: ['stream/cell-count'],
  },
  { what: 'frames without readings', ...onFrames((frame) => ({ ...frame, readingCount: 0, pressure: new Uint16Array() })), found: ['stream/readings'] },
  {
    what: 'a haptic pattern without its flag',
    ...onFrames((frame) => ({ ...frame, flags: { ...frame.flags, hapticActive: false } })),
    found: ['stream/haptic-flag'],
  },
  { what: 'a clock that goes back', ...onFrames((frame, index) => (index === DOUBLE ? shifted(frame, -1e6) : frame)), found: ['timing/clock-forward'] },
  { what: 'samples a tenth too slow by the clock', ...paced(1.1), found: ['timing/imu-rate', 'timing/clock-rate'] },
  { what: 'a clock 1.5 % fast', ...paced(1.015), found: ['timing/clock-rate'] },
  { what: 'times that jump to and fro by 5 ms', ...onFrames((frame, index) => shifted(frame, index % 2 === 0 ? 0 : 5000)), found: ['timing/steps'] },
  { what: 'a clock that begins anew with each start', ...restartingClock(), found: ['timing/clock-runs-on'] },
  {
    what: 'samples that were waiting in the sensor before the start',
    ...onFrames((frame) => (frame.sequence < 5 ? shifted(frame, -300_000) : frame)),
    found: ['timing/first-sample'],
  },
  { what: 'frames handed over in bursts, 0.4 s long', ...hold(0.4), found: ['timing/handing-over'] },
  { what: 'another full scale of the accelerometer', ...imu((value, axis) => (axis < 3 ? value : Math.round(value * 1.5))), found: ['sensors/gravity'] },
  { what: 'a gyroscope off by 90 deg/s', ...imu((value, axis) => (axis === 1 ? value + 2949 : value)), found: ['sensors/gyro-at-rest'] },
  { what: 'a gyroscope that turns the wrong way', ...imu((value, axis) => (axis === 0 ? -value : value)), found: ['sensors/turning'] },
  { what: 'an axis that it does not turn about', ...aboutY(), found: ['sensors/turning'] },
  { what: 'a faulty cell that is not told', ...onFrames((frame) => ({ ...frame, pressure: frame.pressure.fill(CELL_FAULTY, 0, 1) })), found: ['sensors/faulty-cells'] },
  { what: 'a start that does not look at the MTU', mtu: 64, control: (_request, _call, obey) => obey(247), found: ['gatt/mtu-at-start', 'stream/layout', 'stream/first-frame'] },
  { what: 'a status value of 11 bytes', ...onStatus((bytes) => bytes.subarray(0, 11)), found: ['status/layout'] },
  { what: 'a status only on change', ...silentStatus(), found: ['status/period'] },
  { what: 'a status that never tells of streaming', ...onStatus((bytes) => at(bytes, 6, 0)), found: ['status/streaming'] },
  {
    what: 'a stream that outlives its connection',
    disconnected: () => undefined,
    found: ['status/after-disconnection', 'control/start-unheard', 'stream/between-start-and-stop'],
  },
  { what: 'a low battery at 78 %', ...onStatus((bytes) => at(bytes, 2, bytes[2]! | 4)), found: ['status/low-battery'] },
  { what: 'a battery level of its own', ...onRead('battery', () => Uint8Array.of(50)), found: ['battery/level'] },
  { what: 'a text that ends with a zero', ...onRead('model', (bytes) => Uint8Array.of(...bytes, 0)), found: ['device-information/texts'] },
  {
    what: 'a second answer to a request',
    ...secondAnswer(),
    found: ['control/set-rate-while-streaming'],
  },
];

/** What was read first, ever after. */
function firstRead(name: string): Pick<Plant, 'read'> {
  let first: Uint8Array | null = null;
  return onRead(name, (bytes) => (first ??= bytes));
}

/** The sensor as it is, turned in its housing: x and y change places, and z its sign. */
function aboutY(): Pick<Plant, 'output'> {
  const TURNED = [1, 0, 2, 4, 3, 5];
  return onFrames((frame) => ({
    ...frame,
    imu: frame.imu.map((_value, index) => {
      const raw = frame.imu[index - (index % 6) + TURNED[index % 6]!]!;
      return index % 3 === 2 ? Math.max(-32_767, -raw) : raw;
    }),
  }));
}

function restartingClock(): Pick<Plant, 'output'> {
  let firstUs = 0;
  return onFrames((frame) => {
    if (frame.sequence === 0) firstUs = frame.deviceTimeUs;
    return shifted(frame, -firstUs);
  });
}

/** Tells of changes of activity, and of nothing else. */
function silentStatus(): Pick<Plant, 'output'> {
  let activity: number | undefined;
  return onOutputs((output) => {
    if (output.characteristic !== 'status') return [output];
    const isNews = output.bytes[6] !== activity;
    activity = output.bytes[6];
    return isNews ? [output] : [];
  });
}

/** The answer to a request that is made while streaming, again with the next frame. */
function secondAnswer(): Plant {
  let pending: Uint8Array | null = null;
  return {
    control: (request, _call, obey) => {
      const response = obey();
      if (response[2] === RESULT_CODES.wrongState && request[0] === PROCEDURES.setRate.opCode) pending = response;
      return response;
    },
    output: (output) => {
      if (pending === null || output.characteristic !== 'stream') return [output];
      const again: RollerOutput = { ...output, characteristic: 'control', bytes: pending };
      pending = null;
      return [again, output];
    },
  };
}
