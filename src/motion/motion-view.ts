import { isPlausible, sensorFaultsEver, sensorFaultsOf, type SensorFault } from './cells.ts';
import { readGauge } from './gauge.ts';
import type { MotionState } from './motion.ts';

/** Below this the roller is shown at rest, cm/s. */
const STILL_CM_S = 0.5;

/** What a screen shows. */
export interface MotionView {
  readonly tS: number;
  readonly positionCm: number;
  /** 0.7 s mean of |v| in contact; null without contact. */
  readonly speedMeanCmS: number | null;
  readonly direction: -1 | 0 | 1;
  readonly contact: boolean;
  readonly contactAssumed: boolean;
  readonly forceN: number | null;
  readonly pressureKpa: number | null;
  readonly balance: number | null;
  /** What is wrong with the measuring of pressure, now and ever since the roller is known. */
  readonly sensorFaults: readonly SensorFault[];
  readonly sensorFaultsEver: readonly SensorFault[];
}

export function viewMotion(state: MotionState): MotionView {
  const { load, contact, contactAssumed, geometry, strokes } = state;
  const hasLoad = geometry.cells.length > 0 && !contactAssumed;
  const hasForce = hasLoad && geometry.pressureCalibrated && isPlausible(state.cells);
  return {
    tS: state.cursorS,
    positionCm: state.pathCm - state.originCm,
    speedMeanCmS: readGauge(state.gauge),
    direction: strokes.speedCmS > STILL_CM_S ? 1 : strokes.speedCmS < -STILL_CM_S ? -1 : 0,
    contact: contact.on,
    contactAssumed,
    forceN: hasForce ? load.forceN : null,
    pressureKpa: hasForce ? load.pressureKpa : null,
    balance: hasLoad ? load.balance : null,
    sensorFaults: sensorFaultsOf(state.cells),
    sensorFaultsEver: sensorFaultsEver(state.cells),
  };
}
