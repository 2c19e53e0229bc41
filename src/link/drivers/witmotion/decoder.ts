import type { DeviceBlock } from '../../../motion/block.ts';
import { createReadings, readValue, refuse, type DecoderState, type FrameEvent } from '../decoder.ts';
import { ACCEL_RANGE_G, createFrameParser, GYRO_RANGE_DPS, parseFrames, VALUES, type FrameParser } from './frames.ts';
import { createPace, keepPace, type Pace } from './pace.ts';

const FULL_SCALE = 32_768;
const NO_CELLS = new Float32Array(0);

export const WITMOTION = 'witmotion';

/** Plain data. */
export interface WitMotionState extends DecoderState {
  readonly parser: FrameParser;
  readonly pace: Pace;
}

export const createWitMotionDecoder = (): WitMotionState => ({ ...createReadings(WITMOTION), parser: createFrameParser(), pace: createPace() });

/** Why frames of another sensor are of no use. */
export const strangerText = (stranger: string): string =>
  `it sends frames of 28 bytes, as the ${stranger} does, which is not known here: a WT901BLE or WT9011DCL sends 20`;

/** Reads a notification: its samples as a block without device time or count, once their rate is known. */
export function decodeWitMotion(state: WitMotionState, event: FrameEvent): DeviceBlock | null {
  if (event.characteristic === 'info') beginConnection(state);
  if (event.characteristic !== 'sensor') return readValue(state, event);
  const { parser, pace } = state;
  const { resynchronisations, implausible } = parser;
  const raw = parseFrames(parser, event.bytes);
  if (parser.stranger !== null) return refuse(state, 'look-alike', `sensor: ${strangerText(parser.stranger)}`);
  if (parser.resynchronisations > resynchronisations) refuse(state, 'unknown-frame', 'sensor: bytes between two frames were left out');
  if (parser.implausible > implausible) refuse(state, 'out-of-range', 'sensor: a frame has values that no sensor in a roller gives');
  if (state.info === null) return refuse(state, 'before-info', 'sensor: a frame came before the info value');
  const values = keepPace(pace, event.arrivalS, raw);
  if (values.length === 0) return null;
  const { restarts } = state;
  state.restarts = false;
  state.frames++;
  return toBlock(values, event.arrivalS, 1 / pace.rateHz!, restarts);
}

/** The info value comes first in a connection: what the one before has left of a frame is not gone on with. */
function beginConnection(state: WitMotionState): void {
  Object.assign(state.parser, { pending: new Uint8Array(0), locked: false, skipping: false });
}

function toBlock(values: readonly number[], arrivalS: number, imuPeriodS: number, restarts: boolean): DeviceBlock {
  const imuCount = values.length / VALUES;
  const gyroDps = new Float32Array(imuCount * 3);
  const accelG = new Float32Array(imuCount * 3);
  for (let sample = 0; sample < imuCount; sample++) {
    for (let axis = 0; axis < 3; axis++) {
      accelG[sample * 3 + axis] = (values[sample * VALUES + axis]! * ACCEL_RANGE_G) / FULL_SCALE;
      gyroDps[sample * 3 + axis] = (values[sample * VALUES + 3 + axis]! * GYRO_RANGE_DPS) / FULL_SCALE;
    }
  }
  return {
    arrivalS,
    deviceTimeUs: null,
    sequence: null,
    imuCount,
    imuPeriodS,
    gyroDps,
    accelG,
    readingCount: 0,
    readingPeriodS: 0,
    cellKpa: NO_CELLS,
    saturatedCells: 0,
    restarts,
    disturbed: false,
  };
}
