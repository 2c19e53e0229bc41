import type { InfoCell } from '../../firmware-protocol/info.ts';

/** Two bands of cells around the roller, 22.5 degrees and 18 cm2 each, 30 mm either side of the middle. */
export const AROUND = 16;
export const AREA_CM2 = 18;
export const CELLS: readonly InfoCell[] = [-30, 30].flatMap((axialMm) =>
  Array.from({ length: AROUND }, (_, i) => ({ axialMm, angleDeg: (360 * i) / AROUND, areaMm2: AREA_CM2 * 100 })),
);
/** Raw steps of a pressure: 10 Pa each. */
export const rawKpa = (kpa: number): number => Math.round(kpa * 100);

const away = (a: number, b: number): number => Math.abs(a - b - 2 * Math.PI * Math.round((a - b) / (2 * Math.PI)));

export interface Pressed {
  readonly bodyKpa: number;
  readonly floorKpa?: number;
  /** Factor on the cells of the positive end. */
  readonly positive?: number;
}

/** Pressure on the cells nearest to up (the two within a cell's width of it, in each band) and nearest to down. */
export const pressed = ({ bodyKpa, floorKpa = 0, positive = 1 }: Pressed, phaseRad: number): number[] =>
  CELLS.map(({ angleDeg, axialMm }) => {
    const angle = (angleDeg! * Math.PI) / 180;
    const width = Math.PI / AROUND;
    const body = away(angle, phaseRad) < width ? bodyKpa : 0;
    const floor = away(angle, phaseRad + Math.PI) < width ? floorKpa : 0;
    return rawKpa((body + floor) * (axialMm > 0 ? positive : 1));
  });
