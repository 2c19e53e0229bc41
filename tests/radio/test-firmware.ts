import { decodeRequest, encodeResponse, PROCEDURES, resultOfFault, type ControlResponse } from '../../firmware-protocol/control.ts';
import { MIN_MTU, type CharacteristicName } from '../../firmware-protocol/gatt.ts';
import { encodeInfo } from '../../firmware-protocol/info.ts';
import { encodeStatus } from '../../firmware-protocol/status.ts';
import { encodeStream } from '../../firmware-protocol/stream.ts';
import type { RollerFirmware, RollerOutput } from '../../simulators/roller/port.ts';

export interface TestFirmwareOptions {
  readonly name?: string;
  readonly deviceId?: string;
  /** Pressure cells in the info value: 32 of them make it 232 bytes long. */
  readonly cells?: number;
  readonly ratePerS?: number;
}

/** The least a roller does: 50 numbered frames a second once it is told to start. */
export interface TestFirmware extends RollerFirmware {
  readonly sent: number;
  readonly dropped_: number;
  readonly requests: string[];
  /** Ends the stream without a word, as a hung firmware does. */
  hang(): void;
}

export function createTestFirmware(options: TestFirmwareOptions = {}): TestFirmware {
  const { name = 'Test Roller', deviceId = '00112233445566aa', cells = 32, ratePerS = 50 } = options;
  const info = encodeInfo({
    tool: 'roller', texture: 'firm', axis: 'x', deviceId, radiusMm: 75, lengthMm: 330,
    imuRateMilliHz: Math.max(10_000, 2000 * ratePerS), gyroRangeDps: 2000, accelRangeG: 8, samplesPerFrame: 2, mountFirstMm: 0, mountSecondMm: 0,
    pressureRateMilliHz: 50_000, pressureUnit: 'pascal', pressureScalePa: 10,
    cells: Array.from({ length: cells }, (_, index) => ({ axialMm: index * 10 - 150, angleDeg: null, areaMm2: 400 })),
  });
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  let streaming = false;
  let startS = 0;
  let frames = 0;
  let sent = 0;
  let dropped = 0;
  const requests: string[] = [];

  const status = (): Uint8Array => encodeStatus({
    batteryPct: 80, faults: { imu: false, cells: false, lowBattery: false, overheated: false, clock: false }, temperatureC: 25,
    activity: { streaming, charging: false }, droppedFrames: dropped,
  });
  const values: Partial<Record<CharacteristicName, () => Uint8Array>> = {
    info: () => info,
    status,
    battery: () => Uint8Array.of(80),
    manufacturer: () => text('Test works'),
    model: () => text('T1'),
    firmware: () => text('1.2.3'),
  };

  const answerTo = (request: Uint8Array, mtu: number, nowS: number): ControlResponse => {
    const decoded = decodeRequest(request);
    if (!decoded.ok) return { procedure: null, opCode: request[0] ?? 0, result: resultOfFault(decoded.fault) };
    const { procedure } = decoded.value;
    const refused = (result: 'mtuTooSmall' | 'moving'): ControlResponse => ({ procedure, opCode: PROCEDURES[procedure].opCode, result });
    requests.push(procedure);
    if (procedure === 'start' && mtu < MIN_MTU) return refused('mtuTooSmall');
    if (procedure === 'tare') return refused('moving');
    if (procedure === 'start') [streaming, startS, frames] = [true, nowS, 0];
    if (procedure === 'stop') streaming = false;
    const { value } = decoded;
    return (value.procedure === 'setRate' ? { ...value, result: 'success' } : { procedure, result: 'success' }) as ControlResponse;
  };

  const dueS = (): number => startS + (frames + 1) / ratePerS;
  return {
    name,
    requests,
    get sent() { return sent; },
    get dropped_() { return dropped; },
    hang: () => (streaming = false),
    read: (characteristic) => values[characteristic]?.() ?? new Uint8Array(),
    control: (request, mtu, nowS) => encodeResponse(answerTo(request, mtu, nowS)),
    disconnected: () => (streaming = false),
    nextDueS: () => (streaming ? dueS() : null),
    dropped: () => dropped++,
    advance: (nowS) => {
      const outputs: RollerOutput[] = [];
      if (!streaming) return outputs;
      for (; dueS() <= nowS; frames++) {
        const bytes = encodeStream({
          flags: { hapticActive: false, tareActive: false }, sequence: frames & 0xffff, deviceTimeUs: Math.round(dueS() * 1e6) % 2 ** 32,
          imuCount: 2, readingCount: 1, cellCount: cells, imu: new Int16Array(12).fill(frames & 0x7fff), pressure: new Uint16Array(cells),
        });
        outputs.push({ characteristic: 'stream', bytes, dueS: dueS() });
        sent++;
      }
      return outputs;
    },
  };
}
