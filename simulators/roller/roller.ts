import { decodeRequest, encodeResponse, PROCEDURES, resultOfFault, type ControlRequest, type ControlResponse, type ProcedureName, type ResultCode } from '../../firmware-protocol/control.ts';
import { MIN_MTU, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { repeated } from '../body/body.ts';
import { personOf, type Scenario } from '../scenarios/scenario.ts';
import { cellCountOf, infoOf, ratesOf } from './build.ts';
import { createDeviceClock } from './device-clock.ts';
import { createHapticMotor } from './haptic.ts';
import { FIRMWARE_VERSION, identityOf, MANUFACTURER, MODEL } from './identity.ts';
import type { RollerFirmware, RollerOutput } from './port.ts';
import { frameBytes, grantRates } from './rates.ts';
import { createReporter, type Activity } from './reporter.ts';
import { createSensorRig, type StreamSource } from './sensor-rig.ts';
import { createVitals } from './vitals.ts';

export interface VirtualRollerOptions {
  readonly scenario: Scenario;
  readonly seed: number;
  /** Begin the scenario again after its end, instead of lying still for ever. */
  readonly loop?: boolean;
  /** How long before this power-on the scenario began, s; null: it begins with the first `start`. */
  readonly begunAgoS?: number | null;
}

/** From the last sample of a frame to its being ready to send. */
const PROCESSING_S = 0.001;
const ATT_HEADER_BYTES = 3;
/** Between two rounds of a scenario. */
export const LOOP_REST_S = 6;

type Handler<P extends ProcedureName> = (request: Extract<ControlRequest, { procedure: P }>, mtu: number, nowS: number) => ControlResponse;

const refuse = (procedure: ProcedureName, result: Exclude<ResultCode, 'success'>): ControlResponse => ({
  procedure,
  opCode: PROCEDURES[procedure].opCode,
  result,
});

/**
 * The firmware of a virtual roller: it samples a person at work and obeys the control point. The scenario begins with the
 * first `start` and goes on, streamed or not, as a person does who does not know that a radio link has dropped.
 */
export function createVirtualRoller({ scenario, seed, loop = false, begunAgoS = null }: VirtualRollerOptions): RollerFirmware {
  const { roller, sensors } = scenario;
  const once = personOf(scenario, seed);
  const body = loop ? repeated(once, LOOP_REST_S) : once;
  const cellCount = cellCountOf(roller);
  const identity = identityOf(seed);
  const clock = createDeviceClock(seed, sensors.clockPpm);
  const motor = createHapticMotor();
  const activity: Activity = { streaming: false, droppedFrames: 0, brokenCells: 0 };
  const reporter = createReporter(createVitals(seed), activity, clock);

  /** Device time at which the scenario began. */
  let originS: number | null = begunAgoS === null ? null : -begunAgoS;
  const scenarioS = (deviceS: number): number => (originS === null ? 0 : deviceS - originS);
  const rig = createSensorRig({ scenario, seed, body, clock, motor, scenarioS, brokenCells: () => activity.brokenCells });

  let rates = ratesOf(roller);
  let stream: StreamSource | null = null;
  /** Latest device time that was handed in: for values that are read. */
  let lastS = 0;

  function setStream(next: StreamSource | null): void {
    stream = next;
    activity.streaming = next !== null;
  }

  const procedures: { readonly [P in ProcedureName]: Handler<P> } = {
    start({ procedure }, mtu, nowS) {
      if (stream !== null) return refuse(procedure, 'wrongState');
      if (mtu < MIN_MTU || mtu < ATT_HEADER_BYTES + frameBytes(rates, cellCount)) return refuse(procedure, 'mtuTooSmall');
      // Whole microseconds, so that the counter in the frames is exact.
      const startS = Math.ceil(clock.deviceS(nowS) * 1e6) / 1e6;
      originS ??= startS;
      activity.droppedFrames = 0;
      setStream(rig.stream(startS, rates));
      return { procedure, result: 'success' };
    },
    stop({ procedure }) {
      if (stream === null) return refuse(procedure, 'wrongState');
      setStream(null);
      return { procedure, result: 'success' };
    },
    tare({ procedure }, _mtu, nowS) {
      if (cellCount === 0) return refuse(procedure, 'opCodeNotSupported');
      const deviceS = clock.deviceS(nowS);
      const unfit = rig.tare.unfit(deviceS);
      if (unfit !== null) return refuse(procedure, unfit);
      rig.tare.begin(deviceS);
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

  function respond(bytes: Uint8Array, mtu: number, nowS: number): ControlResponse {
    const request = decodeRequest(bytes);
    if (!request.ok) return { procedure: null, opCode: bytes[0] ?? 0, result: resultOfFault(request.fault) };
    return (procedures[request.value.procedure] as Handler<ProcedureName>)(request.value, mtu, nowS);
  }

  const frameDueS = (): number => (stream === null ? Infinity : clock.nowS(stream.nextS()) + PROCESSING_S);

  const utf8 = new TextEncoder();
  const values: { readonly [C in CharacteristicName]?: () => Uint8Array } = {
    info: () => encodeInfo(infoOf(roller, identity.id, rates)),
    status: () => reporter.status(lastS),
    battery: () => reporter.battery(lastS),
    manufacturer: () => utf8.encode(MANUFACTURER),
    model: () => utf8.encode(MODEL),
    firmware: () => utf8.encode(FIRMWARE_VERSION),
  };

  return {
    name: identity.name,
    read: (characteristic) => values[characteristic]?.() ?? new Uint8Array(0),
    control(request, mtu, nowS) {
      lastS = clock.deviceS(nowS);
      reporter.connected(nowS);
      const response = encodeResponse(respond(request, mtu, nowS));
      reporter.watch(nowS);
      return response;
    },
    disconnected() {
      setStream(null);
      reporter.disconnected();
    },
    advance(nowS) {
      lastS = clock.deviceS(nowS);
      const outputs: RollerOutput[] = [];
      for (;;) {
        const dueS = frameDueS();
        const reportDueS = reporter.dueS();
        if (Math.min(dueS, reportDueS) > nowS) return outputs;
        if (stream === null || reportDueS <= dueS) {
          outputs.push(reporter.take());
        } else {
          outputs.push({ characteristic: 'stream', bytes: stream.frame(), dueS });
          reporter.watch(dueS);
        }
      }
    },
    nextDueS() {
      const dueS = Math.min(frameDueS(), reporter.dueS());
      return dueS === Infinity ? null : dueS;
    },
    breakCells(count) {
      activity.brokenCells = Math.min(count, cellCount);
    },
    dropped({ characteristic }) {
      if (characteristic === 'stream') activity.droppedFrames++;
    },
  };
}
