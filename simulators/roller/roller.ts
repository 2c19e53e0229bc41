import {
  decodeRequest,
  encodeResponse,
  PROCEDURES,
  resultOfFault,
  type ControlRequest,
  type ControlResponse,
  type ProcedureName,
  type ResultCode,
} from '../../firmware-protocol/control.ts';
import { MIN_MTU, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { encodeStatus } from '../../firmware-protocol/status.ts';
import { atRest, createBody, repeated } from '../body/body.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { BANDS, DEFAULT_RATES, infoOf } from './build.ts';
import { createDeviceClock } from './device-clock.ts';
import { createHapticMotor } from './haptic.ts';
import { FIRMWARE_VERSION, identityOf, MANUFACTURER, MODEL } from './identity.ts';
import type { RollerFirmware, RollerOutput } from './port.ts';
import { frameBytes, grantRates } from './rates.ts';
import { createSensorRig, type StreamSource } from './stream-source.ts';
import { createVitals } from './vitals.ts';

export interface VirtualRollerOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Begin the scenario again after its end, instead of lying still for ever. */
  readonly loop?: boolean;
}

const STATUS_PERIOD_S = 10;
/** From the last sample of a frame to its being ready to send. */
const PROCESSING_S = 0.001;
const ATT_HEADER_BYTES = 3;
/** A tare averages for so long. It is refused while more than this rests on the roller, or while it turns faster than this. */
const TARE = { averagingS: 0.5, loadedN: 10, movingCmS: 0.5 } as const;
/** Between two rounds of a scenario. */
const LOOP_REST_S = 6;

const utf8 = new TextEncoder();

/**
 * The firmware of a virtual roller: it samples a person at work and obeys the control point. The scenario begins with the
 * first `start` and goes on, streamed or not, as a person does who does not know that a radio link has dropped.
 */
export function createVirtualRoller({ scenario, seed, loop = false }: VirtualRollerOptions): RollerFirmware {
  const { segments, bodyMassKg, liveliness, roller, sensors } = scenario;
  const once = createBody({ segments, massKg: bodyMassKg, seed, liveliness });
  const body = loop ? repeated(once, LOOP_REST_S) : once;
  const clock = createDeviceClock(seed, sensors.clockPpm);
  const motor = createHapticMotor();
  const vitals = createVitals(seed);
  const identity = identityOf(seed);
  const cellCount = BANDS.length * roller.cellsAround;
  const now = atRest();

  let originS: number | null = null;
  const scenarioS = (deviceS: number): number => (originS === null ? 0 : deviceS - originS);
  const rig = createSensorRig({ scenario, seed, body, clock, motor, scenarioS });

  let rates = DEFAULT_RATES;
  let stream: StreamSource | null = null;
  let dropped = 0;
  let connected = false;
  let statusDueS = 0;
  let told: { batteryPct: number; lowBattery: boolean; streaming: boolean } | null = null;
  let outbox: RollerOutput[] = [];

  function status(deviceS: number): Uint8Array {
    const { batteryPct, lowBattery, temperatureC } = vitals(deviceS);
    return encodeStatus({
      batteryPct,
      faults: { imu: false, cells: false, lowBattery, overheated: false, clock: false },
      temperatureC,
      activity: { streaming: stream !== null, charging: false },
      droppedFrames: dropped,
    });
  }

  /** Puts status and battery into the outbox where they have changed. */
  function tellChanges(nowS: number): void {
    if (!connected) return;
    const { batteryPct, lowBattery } = vitals(clock.deviceS(nowS));
    const streaming = stream !== null;
    if (told?.batteryPct === batteryPct && told.lowBattery === lowBattery && told.streaming === streaming) return;
    if (told?.batteryPct !== batteryPct) outbox.push({ characteristic: 'battery', bytes: Uint8Array.of(batteryPct), dueS: nowS });
    told = { batteryPct, lowBattery, streaming };
    tellStatus(nowS);
  }

  function tellStatus(nowS: number): void {
    outbox.push({ characteristic: 'status', bytes: status(clock.deviceS(nowS)), dueS: nowS });
    statusDueS = nowS + STATUS_PERIOD_S;
  }

  type Handler<P extends ProcedureName> = (request: Extract<ControlRequest, { procedure: P }>, mtu: number, nowS: number) => ControlResponse;
  const refuse = (procedure: ProcedureName, result: Exclude<ResultCode, 'success'>): ControlResponse => ({
    procedure,
    opCode: PROCEDURES[procedure].opCode,
    result,
  });

  const procedures: { readonly [P in ProcedureName]: Handler<P> } = {
    start({ procedure }, mtu, nowS) {
      if (stream !== null) return refuse(procedure, 'wrongState');
      if (mtu < MIN_MTU || frameBytes(rates, cellCount) > mtu - ATT_HEADER_BYTES) return refuse(procedure, 'mtuTooSmall');
      // Whole microseconds, so that the counter in the frames is exact.
      const startS = Math.ceil(clock.deviceS(nowS) * 1e6) / 1e6;
      originS ??= startS;
      dropped = 0;
      stream = rig.stream(startS, rates);
      return { procedure, result: 'success' };
    },
    stop({ procedure }) {
      if (stream === null) return refuse(procedure, 'wrongState');
      stream = null;
      return { procedure, result: 'success' };
    },
    tare({ procedure }, _mtu, nowS) {
      const deviceS = clock.deviceS(nowS);
      body.at(scenarioS(deviceS), now);
      if (now.forceN > TARE.loadedN) return refuse(procedure, 'loaded');
      if (Math.abs(now.vCmS) > TARE.movingCmS || now.lift > 0) return refuse(procedure, 'moving');
      rig.tare(deviceS + TARE.averagingS);
      return { procedure, result: 'success' };
    },
    setRate({ procedure, ...asked }) {
      if (stream !== null) return refuse(procedure, 'wrongState');
      rates = grantRates(asked, cellCount);
      return { ...rates, procedure, result: 'success' };
    },
    identify: ({ procedure }) => ({ procedure, result: 'success' }),
    haptic({ procedure, ...pattern }, _mtu, nowS) {
      motor.play(pattern, clock.deviceS(nowS));
      return { procedure, result: 'success' };
    },
  };

  const frameDueS = (): number => (stream === null ? Infinity : clock.nowS(stream.nextS()) + PROCESSING_S);
  const nextS = (): number => Math.min(outbox[0]?.dueS ?? Infinity, frameDueS(), connected ? statusDueS : Infinity);

  function produce(dueS: number): RollerOutput | null {
    if (outbox[0] !== undefined && outbox[0].dueS <= dueS) return outbox.shift()!;
    if (stream !== null && frameDueS() <= dueS) {
      const bytes = stream.frame();
      tellChanges(dueS);
      return { characteristic: 'stream', bytes, dueS };
    }
    tellStatus(dueS);
    return null;
  }

  const values: { readonly [C in CharacteristicName]?: () => Uint8Array } = {
    info: () => encodeInfo(infoOf(roller, identity.id, rates)),
    status: () => status(lastS),
    battery: () => Uint8Array.of(vitals(lastS).batteryPct),
    manufacturer: () => utf8.encode(MANUFACTURER),
    model: () => utf8.encode(MODEL),
    firmware: () => utf8.encode(FIRMWARE_VERSION),
  };
  /** Latest device time that was handed in. */
  let lastS = 0;
  const pass = (nowS: number): void => {
    lastS = Math.max(lastS, clock.deviceS(nowS));
  };

  return {
    name: identity.name,
    read: (characteristic) => values[characteristic]?.() ?? new Uint8Array(0),
    control(bytes, mtu, nowS) {
      pass(nowS);
      if (!connected) statusDueS = nowS + STATUS_PERIOD_S;
      connected = true;
      const request = decodeRequest(bytes);
      if (!request.ok) {
        const procedure = (Object.keys(PROCEDURES) as ProcedureName[]).find((name) => PROCEDURES[name].opCode === bytes[0]) ?? null;
        return encodeResponse({ procedure, opCode: bytes[0] ?? 0, result: resultOfFault(request.fault) });
      }
      const handler = procedures[request.value.procedure] as Handler<ProcedureName>;
      const response = encodeResponse(handler(request.value, mtu, nowS));
      tellChanges(nowS);
      return response;
    },
    disconnected() {
      stream = null;
      connected = false;
      told = null;
      outbox = [];
    },
    advance(nowS) {
      pass(nowS);
      const outputs: RollerOutput[] = [];
      for (let dueS = nextS(); dueS <= nowS; dueS = nextS()) {
        const output = produce(dueS);
        if (output !== null) outputs.push(output);
      }
      return outputs;
    },
    nextDueS() {
      const dueS = nextS();
      return dueS === Infinity ? null : dueS;
    },
    dropped({ characteristic }) {
      if (characteristic === 'stream') dropped++;
    },
  };
}
