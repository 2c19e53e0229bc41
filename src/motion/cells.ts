import { SENSOR_FAULTS, type SensorFaultKind } from '../guide/calibration-words.ts';
import type { Cell, RollerGeometry } from './block.ts';
import { createCreep, residueKpa, type Creep } from './creep.ts';

/** A fault that stands now. */
export interface SensorFault {
  readonly kind: SensorFaultKind;
  /** Indexes of the cells it was found in; none where it is of all of them. */
  readonly cells: readonly number[];
}

/** The faults of a cell, a bit each. */
export const FAULT_BIT = { stuck: 1, 'stays-loaded': 2, saturated: 4, faulty: 8 } as const;
/** A cell with one of these says nothing of the load. A saturated one does: it carries at least what it reads. */
const OUT = FAULT_BIT.stuck | FAULT_BIT['stays-loaded'];

/** A cell under this carries nothing: the off threshold of contact. */
export const LOADED_KPA = 2;

/** What is known of the pressure cells, beside where they are. Plain data. */
export interface CellsState {
  /** What each cell reads unloaded, kPa: learned at rest. */
  readonly zeroKpa: Float32Array;
  /** Factor on what is read above the zero: 1, or as calibrated with a body's weight. */
  scale: number;
  /** `FAULT_BIT`s of each cell. */
  readonly faults: Uint8Array;
  /** Those that ever stood. */
  readonly faultsEver: Uint8Array;
  /** For how long the roller has been unloaded and still, s. */
  restS: number;
  /** When the cells were looked at last, s. */
  lookedS: number;
  /** Lowest and highest of the present pass of each cell under the body, which parts of the pass have been seen, and how far it turned, rad. */
  readonly lowKpa: Float32Array;
  readonly highKpa: Float32Array;
  readonly seen: Uint8Array;
  readonly turnedRad: Float32Array;
  /** Change over the last whole pass (NaN before the first), and passes in a row without any. */
  readonly changeKpa: Float32Array;
  readonly stillPasses: Uint8Array;
  /** For how long each has been loaded alone and unchanged, s, and at what it began. */
  readonly loneS: Float32Array;
  readonly loneKpa: Float32Array;
  /** For how long each has said that it is faulty, s; share of the loaded time at its end. */
  readonly silentS: Float32Array;
  readonly saturatedShare: Float32Array;
  /** What past loads leave in them. */
  readonly creep: Creep;
  /** The force now is more than a body has; for how long, s; and whether that is said. */
  tooHigh: boolean;
  tooHighS: number;
  implausible: boolean;
  implausibleEver: boolean;
}

export function createCells({ cells: { length } }: Pick<RollerGeometry, 'cells'>): CellsState {
  const zeros = (): Float32Array => new Float32Array(length);
  return {
    zeroKpa: zeros(),
    scale: 1,
    faults: new Uint8Array(length),
    faultsEver: new Uint8Array(length),
    restS: 0,
    lookedS: -Infinity,
    lowKpa: zeros().fill(Infinity),
    highKpa: zeros().fill(-Infinity),
    seen: new Uint8Array(length),
    turnedRad: zeros(),
    changeKpa: zeros().fill(Number.NaN),
    stillPasses: new Uint8Array(length),
    loneS: zeros(),
    loneKpa: zeros(),
    silentS: zeros(),
    saturatedShare: zeros(),
    creep: createCreep(length),
    tooHigh: false,
    tooHighS: 0,
    implausible: false,
    implausibleEver: false,
  };
}

/** What a cell carries, kPa; NaN where nothing is known of it. */
export function carriedKpa({ faults, zeroKpa, creep, scale }: CellsState, cell: number, readKpa: number): number {
  if ((faults[cell]! & OUT) !== 0) return Number.NaN;
  const kpa = readKpa - zeroKpa[cell]!;
  return (kpa - residueKpa(creep, cell, kpa)) * scale;
}

/** How far a cell is turned away from up, 0 to pi; 0 for one that is always under the body. */
export function awayFromUp({ angleRad }: Cell, phase: number): number {
  if (angleRad === null) return 0;
  const away = angleRad - phase;
  return Math.abs(away - 2 * Math.PI * Math.round(away / (2 * Math.PI)));
}

/** Whether the force can be that of a body. */
export const isPlausible = ({ tooHigh, implausible }: CellsState): boolean => !tooHigh && !implausible;

/** The faults that stand now, by kind. */
export const sensorFaultsOf = ({ faults, creep, implausible }: CellsState): readonly SensorFault[] =>
  byKind(faults, { creep: creep.stands, 'implausible-force': implausible });

/** The faults that ever stood. */
export const sensorFaultsEver = ({ faultsEver, creep, implausibleEver }: CellsState): readonly SensorFault[] =>
  byKind(faultsEver, { creep: creep.ever, 'implausible-force': implausibleEver });

/** Faults of all cells together. */
type Common = Exclude<SensorFaultKind, keyof typeof FAULT_BIT>;
const isCommon = (kind: SensorFaultKind): kind is Common => !(kind in FAULT_BIT);

function byKind(faults: Uint8Array, common: Readonly<Record<Common, boolean>>): readonly SensorFault[] {
  const found: SensorFault[] = [];
  for (const kind of Object.keys(SENSOR_FAULTS) as SensorFaultKind[]) {
    if (isCommon(kind)) {
      if (common[kind]) found.push({ kind, cells: [] });
      continue;
    }
    const cells = Array.from(faults.keys()).filter((cell) => (faults[cell]! & FAULT_BIT[kind]) !== 0);
    if (cells.length > 0) found.push({ kind, cells });
  }
  return found;
}
