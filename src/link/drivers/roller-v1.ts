import type { CharacteristicName } from '../../../firmware-protocol/gatt.ts';
import { decodeInfo, type InfoCell, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { decodeStatus, type RollerStatus } from '../../../firmware-protocol/status.ts';
import { CELL_FAULTY, CELL_SATURATED, decodeStream, type StreamFrame } from '../../../firmware-protocol/stream.ts';
import { FAULT_REASONS, type Result } from '../../../firmware-protocol/table.ts';
import type { Cell, DeviceBlock, RollerGeometry } from '../../motion/block.ts';
import type { LinkEvent } from '../port.ts';

type FrameEvent = Extract<LinkEvent, { type: 'frame' }>;

/** Why a frame was not used: what the codec says, and two faults that only show between frames. */
export const DECODE_FAULTS = [...FAULT_REASONS, 'before-info', 'cell-count'] as const;
export type DecodeFault = (typeof DECODE_FAULTS)[number];

/** What is known of a roller from its frames so far. Plain data. */
export interface DecoderState {
  info: RollerInfo | null;
  geometry: RollerGeometry | null;
  status: RollerStatus | null;
  /** The battery service, or the status value: whichever spoke last. */
  batteryPct: number | null;
  /** Stream frames that became blocks. */
  frames: number;
  faults: Record<DecodeFault, number>;
  /** The last fault in a sentence. */
  lastFault: string | null;
}

export function createRollerDecoder(): DecoderState {
  const faults = Object.fromEntries(DECODE_FAULTS.map((reason) => [reason, 0])) as Record<DecodeFault, number>;
  return { info: null, geometry: null, status: null, batteryPct: null, frames: 0, faults, lastFault: null };
}

/**
 * Reads one frame. A stream frame gives a block; everything else updates the state and gives null, as does a fault, which is
 * counted. Never throws.
 */
export const decodeEvent = (state: DecoderState, event: FrameEvent): DeviceBlock | null =>
  READERS[event.characteristic]?.(state, event) ?? null;

type Reader = (state: DecoderState, event: FrameEvent) => DeviceBlock | null;

/** What is read of each characteristic; Device Information is the link's to read. */
const READERS: { readonly [C in CharacteristicName]?: Reader } = {
  info(state, { bytes }) {
    const info = accept(state, decodeInfo(bytes));
    if (info) Object.assign(state, { info, geometry: geometryOf(info) });
    return null;
  },
  status(state, { bytes }) {
    const status = accept(state, decodeStatus(bytes));
    if (status) Object.assign(state, { status, batteryPct: status.batteryPct ?? state.batteryPct });
    return null;
  },
  battery(state, { bytes: [percent] }) {
    if (percent === undefined) return refuse(state, 'truncated', 'battery: no bytes');
    if (percent > 100) return refuse(state, 'out-of-range', `battery: ${percent} % is more than 100`);
    state.batteryPct = percent;
    return null;
  },
  stream(state, { bytes, arrivalS }) {
    const frame = accept(state, decodeStream(bytes));
    return frame && toBlock(state, frame, arrivalS);
  },
};

function toBlock(state: DecoderState, frame: StreamFrame, arrivalS: number): DeviceBlock | null {
  const { info } = state;
  if (!info) return refuse(state, 'before-info', 'stream: a frame came before the info value');
  if (frame.readingCount > 0 && frame.cellCount !== info.cells.length) {
    return refuse(state, 'cell-count', `stream: expected readings of ${info.cells.length} cells, found ${frame.cellCount}`);
  }
  state.frames++;
  const gyroDps = new Float32Array(frame.imuCount * 3);
  const accelG = new Float32Array(frame.imuCount * 3);
  const dpsPerStep = info.gyroRangeDps / 32_768;
  const gPerStep = info.accelRangeG / 32_768;
  for (let sample = 0; sample < frame.imuCount; sample++) {
    for (let axis = 0; axis < 3; axis++) {
      gyroDps[sample * 3 + axis] = frame.imu[sample * 6 + axis]! * dpsPerStep;
      accelG[sample * 3 + axis] = frame.imu[sample * 6 + 3 + axis]! * gPerStep;
    }
  }
  const cellKpa = new Float32Array(frame.pressure.length);
  let saturatedCells = 0;
  for (let i = 0; i < cellKpa.length; i++) {
    const raw = frame.pressure[i]!;
    if (raw === CELL_SATURATED) saturatedCells++;
    cellKpa[i] = raw === CELL_FAULTY ? Number.NaN : (raw * info.pressureScalePa) / 1000;
  }
  return {
    arrivalS,
    deviceTimeUs: frame.deviceTimeUs,
    sequence: frame.sequence,
    imuCount: frame.imuCount,
    imuPeriodS: 1000 / info.imuRateMilliHz,
    gyroDps,
    accelG,
    readingCount: frame.readingCount,
    readingPeriodS: info.pressureRateMilliHz > 0 ? 1000 / info.pressureRateMilliHz : 0,
    cellKpa,
    saturatedCells,
    disturbed: frame.flags.hapticActive || frame.flags.tareActive,
  };
}

/** What motion has to know of a roller, in its own units. Where the axis is unknown, directions across it mean nothing. */
export function geometryOf(info: RollerInfo): RollerGeometry {
  const { mountFirstMm, mountSecondMm } = info;
  const isAxisKnown = info.axis !== 'unknown';
  return {
    tool: info.tool,
    texture: info.texture,
    radiusCm: info.radiusMm / 10,
    axis: info.axis,
    mountCm: !isAxisKnown || mountFirstMm === null || mountSecondMm === null ? null : [mountFirstMm / 10, mountSecondMm / 10],
    cells: info.cells.map((cell) => cellOf(cell, isAxisKnown)),
    pressureCalibrated: info.pressureUnit === 'pascal',
    gyroRangeDps: info.gyroRangeDps,
    accelRangeG: info.accelRangeG,
  };
}

const cellOf = (cell: InfoCell, isAxisKnown: boolean): Cell => ({
  axialMm: cell.axialMm,
  angleRad: !isAxisKnown || cell.angleDeg === null ? null : (cell.angleDeg * Math.PI) / 180,
  areaCm2: cell.areaMm2 / 100,
});

function accept<T>(state: DecoderState, result: Result<T>): T | null {
  return result.ok ? result.value : refuse(state, result.fault.reason, result.fault.detail);
}

function refuse(state: DecoderState, reason: DecodeFault, detail: string): null {
  state.faults[reason]++;
  state.lastFault = detail;
  return null;
}
