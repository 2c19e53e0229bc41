import { decodeInfo, type InfoCell, type RollerInfo } from '../../../firmware-protocol/info.ts';
import { decodeStatus, type RollerStatus } from '../../../firmware-protocol/status.ts';
import { FAULT_REASONS, type Result } from '../../../firmware-protocol/table.ts';
import type { Cell, DeviceBlock, RollerGeometry } from '../../motion/block.ts';
import type { FrameSource, LinkEvent } from '../port.ts';

export type FrameEvent = Extract<LinkEvent, { type: 'frame' }>;

/**
 * Why a frame was not used: what the codec says, and what only shows between frames. `look-alike`: frames of another kind of sensor that begin like
 * those that are known; `no-driver`: frames of a sensor that nothing here reads.
 */
export const DECODE_FAULTS = [...FAULT_REASONS, 'before-info', 'cell-count', 'look-alike', 'no-driver'] as const;
export type DecodeFault = (typeof DECODE_FAULTS)[number];

/** What is known of a roller from its frames so far, whatever its driver; some drivers keep more. Plain data. */
export interface DecoderState {
  /** Name of the driver that reads the frames. */
  readonly driver: string;
  info: RollerInfo | null;
  geometry: RollerGeometry | null;
  status: RollerStatus | null;
  /** The battery service, or the status value: whichever spoke last. */
  batteryPct: number | null;
  /** Notifications of samples that were used. */
  frames: number;
  faults: Record<DecodeFault, number>;
  /** A connection has begun of which no samples have come. */
  restarts: boolean;
  /** The last fault in a sentence. */
  lastFault: string | null;
  /** Where the samples of each block are written: arrays take longer to make than to fill. */
  arrays: Pick<DeviceBlock, 'gyroDps' | 'accelG' | 'cellKpa'>;
}

export function createReadings(driver: string): DecoderState {
  const faults = Object.fromEntries(DECODE_FAULTS.map((reason) => [reason, 0])) as Record<DecodeFault, number>;
  return { driver, info: null, geometry: null, status: null, batteryPct: null, frames: 0, restarts: false, faults, lastFault: null, arrays: arraysOf(0, 0) };
}

const arraysOf = (imuValues: number, cellValues: number): DecoderState['arrays'] => ({
  gyroDps: new Float32Array(imuValues), accelG: new Float32Array(imuValues), cellKpa: new Float32Array(cellValues),
});

/** Makes the arrays anew where the frame before had other counts. */
export function fit(state: DecoderState, imuValues: number, cellValues: number): void {
  const { gyroDps, cellKpa } = state.arrays;
  if (gyroDps.length !== imuValues || cellKpa.length !== cellValues) state.arrays = arraysOf(imuValues, cellValues);
}

/**
 * Reads a value that means the same of every sensor: info, status and battery. Gives null, as there is no motion in it; a fault is counted.
 * Device Information is the link's to read.
 */
export const readValue = (state: DecoderState, event: FrameEvent): null => VALUES[event.characteristic]?.(state, event.bytes) ?? null;

const VALUES: { readonly [C in FrameSource]?: (state: DecoderState, bytes: Uint8Array) => null } = {
  info(state, bytes) {
    const info = accept(state, decodeInfo(bytes));
    if (info) Object.assign(state, { info, geometry: geometryOf(info), restarts: state.frames > 0 });
    return null;
  },
  status(state, bytes) {
    const status = accept(state, decodeStatus(bytes));
    if (status) Object.assign(state, { status, batteryPct: status.batteryPct ?? state.batteryPct });
    return null;
  },
  battery(state, [percent]) {
    if (percent === undefined) return refuse(state, 'truncated', 'battery: no bytes');
    if (percent > 100) return refuse(state, 'out-of-range', `battery: ${percent} % is more than 100`);
    state.batteryPct = percent;
    return null;
  },
  sensor: (state) => refuse(state, 'no-driver', `sensor: the driver ${state.driver} does not read its frames`),
};

export function accept<T>(state: DecoderState, result: Result<T>): T | null {
  return result.ok ? result.value : refuse(state, result.fault.reason, result.fault.detail);
}

export function refuse(state: DecoderState, reason: DecodeFault, detail: string): null {
  state.faults[reason]++;
  state.lastFault = detail;
  return null;
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
