import { CELL_FAULTY, CELL_SATURATED, decodeStreamHead, IMU_VALUES, imuValue, pressureStart, pressureValue, type StreamHead } from '../../../firmware-protocol/stream.ts';
import type { DeviceBlock } from '../../motion/block.ts';
import { accept, createReadings, fit, readValue, refuse, type DecoderState, type FrameEvent } from './decoder.ts';

/** The decoder of our own protocol. */
export const createRollerDecoder = (): DecoderState => createReadings('roller-v1');

/**
 * Reads one frame. A stream frame gives a block, whose arrays hold until the next one; everything else updates the state and gives
 * null, as does a fault, which is counted. Never throws.
 */
export function decodeEvent(state: DecoderState, event: FrameEvent): DeviceBlock | null {
  if (event.characteristic !== 'stream') return readValue(state, event);
  const frame = accept(state, decodeStreamHead(event.bytes));
  return frame && toBlock(state, frame, event);
}

function toBlock(state: DecoderState, frame: StreamHead, { bytes, arrivalS }: FrameEvent): DeviceBlock | null {
  const { info } = state;
  if (!info) return refuse(state, 'before-info', 'stream: a frame came before the info value');
  if (frame.readingCount > 0 && frame.cellCount !== info.cells.length) {
    return refuse(state, 'cell-count', `stream: expected readings of ${info.cells.length} cells, found ${frame.cellCount}`);
  }
  const { restarts } = state;
  state.restarts = false;
  state.frames++;
  fit(state, frame.imuCount * 3, frame.readingCount * frame.cellCount);
  const { gyroDps, accelG, cellKpa } = state.arrays;
  const dpsPerStep = info.gyroRangeDps / 32_768;
  const gPerStep = info.accelRangeG / 32_768;
  for (let sample = 0; sample < frame.imuCount; sample++) {
    for (let axis = 0; axis < 3; axis++) {
      gyroDps[sample * 3 + axis] = imuValue(bytes, sample * IMU_VALUES + axis) * dpsPerStep;
      accelG[sample * 3 + axis] = imuValue(bytes, sample * IMU_VALUES + 3 + axis) * gPerStep;
    }
  }
  const start = pressureStart(frame);
  const kpaPerStep = info.pressureScalePa / 1000;
  let saturatedCells = 0;
  for (let i = 0; i < cellKpa.length; i++) {
    const raw = pressureValue(bytes, start, i);
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
    restarts,
    disturbed: frame.flags.hapticActive || frame.flags.tareActive,
  };
}
