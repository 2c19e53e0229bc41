import {
  decodeRequest, encodeResponse, PROCEDURES, resultOfFault, type ControlResponse, type ProcedureName, type ResultCode,
} from '../../firmware-protocol/control.ts';
import { MIN_MTU, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { decodeStatus, encodeStatus, type RollerStatus } from '../../firmware-protocol/status.ts';
import { encodeStream } from '../../firmware-protocol/stream.ts';
import type { RollerFirmware, RollerOutput } from '../../simulators/roller/port.ts';
import { AppError } from '../errors.ts';
import type { LinkEvent, RollerIdentity } from '../link/port.ts';
import { createReel } from './reel.ts';

const ATT_HEADER_BYTES = 3;
const STATUS_PERIOD_S = 10;
/** From the last sample of a frame to its being ready to send. */
const PROCESSING_S = 0.001;

const UNKNOWN_STATUS: RollerStatus = {
  batteryPct: null,
  faults: { imu: false, cells: false, lowBattery: false, overheated: false, clock: false },
  temperatureC: null,
  activity: { streaming: false, charging: false },
  droppedFrames: 0,
};

/**
 * The firmware of a roller that plays a recording in a loop: its info value and its samples, lost frames and all, on a clock and a count
 * of its own. Every `start` goes on where the last one ended. It cannot tare, play a pattern or show itself, and has the rates that it has.
 * Throws E_RECORDING where there is nothing to play.
 */
export function createRecordedRoller(events: readonly LinkEvent[], file: string): RollerFirmware {
  const reel = createReel(events);
  if (reel === null) throw new AppError('E_RECORDING', `${file} holds no frames of the roller protocol`, 'choose another recording');
  const { info, infoBytes, frames, longestBytes } = reel;
  const imuPeriodUs = 1e9 / info.imuRateMilliHz;
  const identity = identityIn(events);
  const health = healthIn(events);

  let streaming = false;
  let droppedFrames = 0;
  let next = 0;
  let sequence = 0;
  let firstSampleUs = 0;
  let statusDueS = Infinity;

  const status = (): Uint8Array => encodeStatus({ ...health, activity: { streaming, charging: false }, droppedFrames });

  const frameDueS = (): number =>
    streaming ? (firstSampleUs + frames[next]!.frame.imuCount * imuPeriodUs) / 1e6 + PROCESSING_S : Infinity;

  function takeFrame(): RollerOutput {
    const dueS = frameDueS();
    const bytes = encodeStream({ ...frames[next]!.frame, sequence, deviceTimeUs: Math.round(firstSampleUs) % 2 ** 32 });
    next = (next + 1) % frames.length;
    const { stepUs, steps } = frames[next]!;
    sequence = (sequence + steps) % 2 ** 16;
    firstSampleUs += stepUs;
    return { characteristic: 'stream', bytes, dueS };
  }

  function takeStatus(): RollerOutput {
    const dueS = statusDueS;
    statusDueS += STATUS_PERIOD_S;
    return { characteristic: 'status', bytes: status(), dueS };
  }

  const procedures: Partial<Record<ProcedureName, (mtu: number, nowS: number) => ResultCode>> = {
    start: (mtu, nowS) => {
      if (streaming) return 'wrongState';
      if (mtu < MIN_MTU || mtu < ATT_HEADER_BYTES + longestBytes) return 'mtuTooSmall';
      [streaming, droppedFrames, sequence, firstSampleUs] = [true, 0, 0, nowS * 1e6];
      return 'success';
    },
    stop: () => {
      if (!streaming) return 'wrongState';
      streaming = false;
      return 'success';
    },
    setRate: () => (streaming ? 'wrongState' : 'success'),
  };

  function respond(bytes: Uint8Array, mtu: number, nowS: number): ControlResponse {
    const request = decodeRequest(bytes);
    if (!request.ok) return { procedure: null, opCode: bytes[0] ?? 0, result: resultOfFault(request.fault) };
    const { procedure } = request.value;
    const result = procedures[procedure]?.(mtu, nowS) ?? 'opCodeNotSupported';
    if (result !== 'success') return { procedure, opCode: PROCEDURES[procedure].opCode, result };
    const { imuRateMilliHz, pressureRateMilliHz, samplesPerFrame } = info;
    return procedure === 'setRate' ? { procedure, result, imuRateMilliHz, pressureRateMilliHz, samplesPerFrame } : { procedure, result };
  }

  const text = (value: string | null | undefined): Uint8Array => new TextEncoder().encode(value ?? '');
  const values: { readonly [C in CharacteristicName]?: () => Uint8Array } = {
    info: () => infoBytes,
    status,
    battery: () => (health.batteryPct === null ? new Uint8Array() : Uint8Array.of(health.batteryPct)),
    manufacturer: () => text(identity?.manufacturer),
    model: () => text(identity?.model),
    firmware: () => text(identity?.firmware),
  };

  return {
    name: identity?.name ?? `Smart Roller ${info.deviceId.slice(-4).toUpperCase()}`,
    read: (characteristic) => values[characteristic]?.() ?? new Uint8Array(),
    control: (request, mtu, nowS) => {
      const before = streaming;
      const response = encodeResponse(respond(request, mtu, nowS));
      // A change is told at once, and whoever has asked for something is there to be told.
      if (streaming !== before) statusDueS = nowS;
      else if (statusDueS === Infinity) statusDueS = nowS + STATUS_PERIOD_S;
      return response;
    },
    disconnected: () => {
      streaming = false;
      statusDueS = Infinity;
    },
    advance: (nowS) => {
      const outputs: RollerOutput[] = [];
      while (Math.min(frameDueS(), statusDueS) <= nowS) outputs.push(statusDueS <= frameDueS() ? takeStatus() : takeFrame());
      return outputs;
    },
    nextDueS: () => {
      const dueS = Math.min(frameDueS(), statusDueS);
      return dueS === Infinity ? null : dueS;
    },
    dropped: ({ characteristic }) => {
      if (characteristic === 'stream') droppedFrames++;
    },
  };
}

function identityIn(events: readonly LinkEvent[]): RollerIdentity | undefined {
  for (const event of events) if (event.type === 'info') return event.roller;
}

/** As it was told first; a recording may tell nothing. */
function healthIn(events: readonly LinkEvent[]): RollerStatus {
  for (const event of events) {
    const status = event.type === 'frame' && event.characteristic === 'status' ? decodeStatus(event.bytes) : null;
    if (status?.ok) return status.value;
  }
  return UNKNOWN_STATUS;
}
