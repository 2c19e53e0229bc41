import { encodeRequest, PROCEDURES, type ProcedureName, type ResultCode } from '../../firmware-protocol/control.ts';
import type { RollerInfo } from '../../firmware-protocol/info.ts';

/** When a request is made. `again`: a second start; `end`: when that has been stopped, too. */
export const PHASES = ['stopped', 'start', 'streaming', 'stop', 'again', 'stop-again', 'end'] as const;
export type Phase = (typeof PHASES)[number];

/** A request on the bench, and what a roller may answer. */
export interface PlannedExchange {
  readonly name: string;
  readonly phase: Phase;
  readonly section: number;
  readonly request: (info: RollerInfo) => Uint8Array;
  readonly results: readonly ResultCode[];
  /** In their place where there are no cells. */
  readonly withoutCells?: readonly ResultCode[];
  /** Read the info value after it. */
  readonly thenInfo?: true;
}

const op = (procedure: ProcedureName, ...parameters: readonly number[]) => (): Uint8Array =>
  Uint8Array.of(PROCEDURES[procedure].opCode, ...parameters);

const rates = ({ imuRateMilliHz, pressureRateMilliHz, samplesPerFrame }: RollerInfo): Uint8Array =>
  encodeRequest({ procedure: 'setRate', imuRateMilliHz, pressureRateMilliHz, samplesPerFrame });

/** Half the rates: those a frame is made of keep their proportion. */
const otherRates = (info: RollerInfo): Uint8Array =>
  rates({
    ...info,
    imuRateMilliHz: Math.max(10_000, Math.round(info.imuRateMilliHz / 2)),
    pressureRateMilliHz: Math.round(info.pressureRateMilliHz / 2),
  });

/** Below the 10 Hz that may be asked for. */
const TOO_SLOW = [0x88, 0x13, 0, 0, 0x50, 0xc3, 0, 0, 2];

/** The pattern that is played once while streaming: two pulses of 150 ms, 100 ms between them, at 80 %. */
export const HAPTIC_PATTERN = { procedure: 'haptic', pulses: 2, pulseMs: 150, gapMs: 100, strengthPct: 80 } as const;

/** All but `start` and `stop` may be missing (SPEC.md, section 13). */
const OPTIONAL = 'opCodeNotSupported';

/** In the order in which they are made. Whatever bytes are written, there is one answer. */
export const EXCHANGES: readonly PlannedExchange[] = [
  // A `start` was written before indications were enabled: it must have had no effect.
  { name: 'start-unheard', phase: 'stopped', section: 7, request: op('stop'), results: ['wrongState'] },
  { name: 'stop-while-stopped', phase: 'stopped', section: 7, request: op('stop'), results: ['wrongState'] },
  { name: 'unknown-op-code', phase: 'stopped', section: 7, request: () => Uint8Array.of(0x2a), results: ['opCodeNotSupported'] },
  { name: 'unknown-op-code-with-parameters', phase: 'stopped', section: 7, request: () => Uint8Array.of(0xff, 1, 2), results: ['opCodeNotSupported'] },
  { name: 'no-bytes', phase: 'stopped', section: 7, request: () => new Uint8Array(), results: ['opCodeNotSupported'] },
  { name: 'start-too-long', phase: 'stopped', section: 7, request: op('start', 0), results: ['invalidParameter'] },
  { name: 'stop-too-long', phase: 'stopped', section: 7, request: op('stop', 0), results: ['invalidParameter'] },
  { name: 'tare-too-long', phase: 'stopped', section: 7, request: op('tare', 0), results: ['invalidParameter', OPTIONAL] },
  { name: 'set-rate-too-short', phase: 'stopped', section: 7, request: op('setRate'), results: ['invalidParameter', OPTIONAL] },
  { name: 'set-rate-out-of-range', phase: 'stopped', section: 7, request: op('setRate', ...TOO_SLOW), results: ['invalidParameter', OPTIONAL] },
  { name: 'identify-too-short', phase: 'stopped', section: 7, request: op('identify'), results: ['invalidParameter', OPTIONAL] },
  { name: 'identify-for-no-time', phase: 'stopped', section: 7, request: op('identify', 0), results: ['invalidParameter', OPTIONAL] },
  { name: 'haptic-without-pulses', phase: 'stopped', section: 7, request: op('haptic', 0, 15, 10, 80), results: ['invalidParameter', OPTIONAL] },
  { name: 'tare', phase: 'stopped', section: 7, request: op('tare'), results: ['success', 'loaded', 'moving', 'operationFailed', OPTIONAL], withoutCells: [OPTIONAL] },
  { name: 'set-rate', phase: 'stopped', section: 7, request: otherRates, results: ['success', OPTIONAL], thenInfo: true },
  { name: 'set-rate-back', phase: 'stopped', section: 7, request: rates, results: ['success', OPTIONAL], thenInfo: true },
  { name: 'start', phase: 'start', section: 7, request: op('start'), results: ['success', 'mtuTooSmall'] },
  { name: 'start-while-streaming', phase: 'streaming', section: 7, request: op('start'), results: ['wrongState'] },
  { name: 'set-rate-while-streaming', phase: 'streaming', section: 7, request: rates, results: ['wrongState', OPTIONAL] },
  { name: 'unknown-op-code-while-streaming', phase: 'streaming', section: 7, request: () => Uint8Array.of(0x2a), results: ['opCodeNotSupported'] },
  { name: 'haptic', phase: 'streaming', section: 7, request: () => encodeRequest(HAPTIC_PATTERN), results: ['success', 'wrongState', OPTIONAL] },
  { name: 'stop', phase: 'stop', section: 7, request: op('stop'), results: ['success'] },
  { name: 'start-again', phase: 'again', section: 7, request: op('start'), results: ['success'] },
  { name: 'stop-again', phase: 'stop-again', section: 7, request: op('stop'), results: ['success'] },
  { name: 'identify', phase: 'end', section: 7, request: op('identify', 1), results: ['success', OPTIONAL] },
];
