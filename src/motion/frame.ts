import type { RollerGeometry } from './block.ts';

/** Sensor axes in the order of the roller frame: the two in the plane of rotation, then the axis. */
export type Axes = readonly [first: number, second: number, axis: number];

/** Cyclic, so that a right-hand turn about the axis raises atan2(first, second) of up. */
export const AXES: Readonly<Record<'x' | 'y' | 'z', Axes>> = { x: [1, 2, 0], y: [2, 0, 1], z: [0, 1, 2] };

/** Where nobody says which axis it is, x is taken until the turning shows better. */
export const axesOf = (axis: RollerGeometry['axis']): Axes => AXES[axis === 'unknown' ? 'x' : axis];
