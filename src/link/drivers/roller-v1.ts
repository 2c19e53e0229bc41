import { CELL_FAULTY, CELL_SATURATED, decodeStream, type StreamFrame } from '../../../firmware-protocol/stream.ts';
import type { DeviceBlock } from '../../motion/block.ts';
import { accept, createReadings, readValue, refuse, type DecoderState, type FrameEvent } from './decoder.ts';

/** The decoder of our own protocol. */
export const createRollerDecoder = (): DecoderState => createReadings('roller-v1');

/**
 * Reads one frame. A stream frame gives a block, whose `cellKpa` holds until the next one; everything else updates the state and gives
 * null, as does a fault, which is counted. Never throws.
 */
export function decodeEvent(state: DecoderState, event: FrameEvent): DeviceBlock | null {
  if (event.characteristic !== 'stream') return readValue(state, event);
  const frame = accept(state, decodeStream(event.bytes));
  return frame && toBlock(state, frame, event.arrivalS);
}

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
  const { pressure } = frame;
  if (state.cellKpa.length !== pressure.length) state.cellKpa = new Float32Array(pressure.length);
  const { cellKpa } = state;
  const kpaPerStep = info.pressureScalePa / 1000;
  let saturatedCells = 0;
  for (let i = 0; i < cellKpa.length; i++) {
    const raw = pressure[i]!;
    if (raw === CELL_SATURATED) saturatedCells++;
    cellKpa[i] = raw === CELL_FAULTY ? Number.NaN : raw * kpaPerStep;
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
