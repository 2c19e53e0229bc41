/**
 * The grid of motion's ticks (TICK_HZ of src/motion/tick.ts, of which only types may be imported here).
 */
export const TICK_HZ = 10;
export const TICK_S = 1 / TICK_HZ;

/** Number of ticks in a time. */
export const ticksIn = (seconds: number): number => Math.round(seconds * TICK_HZ);
