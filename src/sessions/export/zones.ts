import type { RollerGeometry } from '../../motion/block.ts';

/**
 * The pressure cells as a logger with axial zones under the body would have them: a cell that is always under the body is a zone; the
 * cells around the same place of the axis are one, of which those that face away from the body are left out. The same limits hold as
 * where load is read: within 60 deg of up, over 2 kPa.
 */
export interface Zones {
  readonly geometry: RollerGeometry;
  /** Cells of each zone. */
  readonly cells: readonly (readonly number[])[];
  /** One area for all of them, cm2: pressure is the force of a zone over it. */
  readonly areaCm2: number;
}

const BODY_SIDE_RAD = Math.PI / 3;
const LOADED_KPA = 2;
/** Of a ring of cells about two are loaded: the patch is about 5 cm long. */
const LOADED_AROUND = 2;

/** `loadedCm2`: mean area that was loaded, all zones together; null: it never was. Of cells that give no kPa there are no zones. */
export function zonesOf(geometry: RollerGeometry, loadedCm2: number | null): Zones {
  const { cells, pressureCalibrated } = geometry;
  const rings = new Map<string, number[]>();
  for (const [index, { axialMm, angleRad }] of cells.entries()) {
    const ring = angleRad === null ? `cell ${index}` : `${axialMm} mm`;
    rings.set(ring, [...(rings.get(ring) ?? []), index]);
  }
  const zones = pressureCalibrated ? [...rings.values()].toSorted((a, b) => axialOf(geometry, a) - axialOf(geometry, b)) : [];
  const cellCm2 = cells[0]?.areaCm2 ?? 0;
  const isRings = cells.some(({ angleRad }) => angleRad !== null);
  return { geometry, cells: zones, areaCm2: !isRings ? cellCm2 : loadedCm2 === null ? LOADED_AROUND * cellCm2 : loadedCm2 / zones.length };
}

const axialOf = ({ cells }: RollerGeometry, [first = 0]: readonly number[]): number => cells[first]?.axialMm ?? 0;

/** Pressure of a zone in the reading that begins at `at`, kPa. A cell that says nothing carries nothing. */
export function zoneKpa({ geometry, cells, areaCm2 }: Zones, zone: number, cellKpa: Float32Array, at: number, upRad: number): number {
  let sum = 0;
  for (const index of cells[zone] ?? []) {
    const { angleRad, areaCm2: cellCm2 } = geometry.cells[index]!;
    const kpa = cellKpa[at + index]!;
    if (angleRad === null) sum += Number.isNaN(kpa) ? 0 : kpa * cellCm2;
    else if (kpa > LOADED_KPA && Math.cos(angleRad - upRad) >= Math.cos(BODY_SIDE_RAD)) sum += kpa * cellCm2;
  }
  return sum / areaCm2;
}
